"""Explanations in words: they say what the numbers say."""

from dataclasses import replace

import numpy as np
import pytest

from badger_core.explain.prediction import explain_prediction
from badger_core.explain.prediction_quoted import Quoted, quoted
from badger_core.explain.prediction_words import (
    agreement_words,
    deletion_words,
    part_words,
    pathway_check_words,
    reading,
    supervision_words,
)


@pytest.fixture(scope="module")
def explained(predictor, imatinib, mcf7, bundle):
    return explain_prediction(predictor.ensemble, imatinib, mcf7, bundle)


def test_the_reading_names_the_strongest_fragment_and_pathway(explained):
    said = reading(explained)
    top = explained.attention.mean(axis=0).argmax()
    assert f"fragment F{top + 1} ({explained.fragments[top].smiles})" in said
    first = explained.pathways["name"].iloc[explained.order_by("through")[0]]
    assert first[:30] in said
    worst = explained.order.mean(axis=0).argmax()
    assert ("deleting it also" in said) == (worst == top)


def test_the_share_of_the_cascade_is_said(explained):
    assert f"{100 * explained.parts['cascade']:.0f}%" in part_words(explained)
    assert "whole prediction" in part_words(replace(explained, parts={}))


def test_supervision_is_told_in_its_three_cases(explained):
    assert "were taught to let these" in supervision_words(explained)
    unseen = replace(explained, shown=(False,) * 5)
    assert "it was inferred" in supervision_words(unseen)
    unknown = explained.pathways.assign(targets=[()] * len(explained.pathways))
    assert "all attention on pathways is inferred" in supervision_words(
        replace(unseen, pathways=unknown)
    )


def test_missing_benchmark_figures_are_said_to_be_missing(explained, tmp_path):
    assert quoted(tmp_path) == {}
    assert "was not measured" in deletion_words(explained, {})
    assert "was not measured" in pathway_check_words({})
    assert "benchmark" not in agreement_words(explained, {})


def test_the_quoted_figures_are_those_of_the_table():
    found = quoted()
    assert found["deletion"].value == pytest.approx(0.558, abs=0.2)
    assert found["deletion"].low < found["deletion"].value < found["deletion"].high


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.5, "no better than"), (0.55, "a little better than"), (0.7, "targets better than")],
)
def test_words_follow_the_figures(value, said):
    figure = Quoted(value, value, value, 0.5, 10)
    assert said in pathway_check_words({"mass": figure, "use": figure})


def test_an_order_that_hardly_changes_is_called_so(explained):
    assert "hardly changes the order" in deletion_words(explained, {})
    more = replace(explained, order=np.full_like(explained.order, 0.4))
    assert "one fragment changes the order" in deletion_words(more, {})


def test_one_fragment_and_one_member_are_told(explained):
    single = {
        name: getattr(explained, name)[:1, :1] for name in ("attention", "used", "order", "size")
    }
    one = replace(
        explained,
        members=("a",),
        fragments=explained.fragments[:1],
        to_pathway=explained.to_pathway[:1, :, -2:],
        to_gene=explained.to_gene[:1],
        **single,
    )
    assert "is one fragment" in reading(one)
    assert "nothing to delete" in deletion_words(one, {})
    assert "One member alone" in agreement_words(one, {})
