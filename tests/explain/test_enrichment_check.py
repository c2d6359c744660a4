"""Planted targets are found; popularity alone and noise are not taken for them."""

import numpy as np
import pytest

from badger_core.explain.enrichment_check import enrichment_findings, popularity

MASS = "AUROC of mass on fragments, unseen"
POPULAR = "AUROC of popularity in training, unseen"
LESS = "AUROC of mass on fragments less that of popularity, unseen"
TOP = "share of labelled pathways in the top 10 by mass on fragments, unseen"
PREVALENCE = np.linspace(0.6, 0.05, 20)


@pytest.fixture
def labels(keys):
    """60 unseen and 60 trained compounds; the first pathways are the popular ones."""
    generator = np.random.default_rng(5)
    names = [*keys, *(f"T{i:03}" for i in range(60))]
    marked = generator.random((120, 20)) < PREVALENCE
    marked[:, 7] = True
    marked[:, 19] = False
    return dict(zip(names, marked, strict=True))


@pytest.fixture
def trained(labels):
    own = tuple(key for key in labels if key.startswith("T"))
    return {"one": own, "two": own}


def check(readings, trained, labels, member="one"):
    found = enrichment_findings(readings, trained, labels, 400, 88, "unseen")
    return {f.measure: f for f in found if f.member == member}


def test_planted_targets_are_found(reading, keys, labels, trained):
    noise = np.random.default_rng(6).random((60, 20))
    planted = np.stack([labels[key] for key in keys]) * 0.5 + noise
    found = check([reading(keys, mass=planted)], trained, labels)
    assert found[MASS].value > 0.8
    assert found[MASS].p == pytest.approx(1 / 401)
    assert found[MASS].ci_low > found[MASS].null
    assert found[TOP].p < 0.01
    assert found[LESS].ci_low > 0


def test_noise_is_not_found(reading, keys, labels, trained):
    noise = np.random.default_rng(6).random((60, 20))
    found = check([reading(keys, mass=noise)], trained, labels)
    assert found[MASS].p > 0.05
    assert found[MASS].value == pytest.approx(0.5, abs=0.05)
    assert found[LESS].ci_high < 0


def test_popularity_alone_is_above_a_half_but_not_above_the_null(reading, keys, labels, trained):
    noise = np.random.default_rng(6).random((60, 20))
    found = check([reading(keys, mass=PREVALENCE + 0.2 * noise)], trained, labels)
    assert found[MASS].value > 0.65
    assert found[MASS].null == pytest.approx(found[MASS].value, abs=0.03)
    assert found[MASS].p > 0.05
    assert found[POPULAR].p == 1  # it says the same of every compound


def test_a_compound_of_two_members_and_two_lines_counts_once(reading, keys, labels, trained):
    one = reading([*keys[:5], *keys[:5]], "one")
    two = reading(keys[3:8], "two")
    found = check([one, two], trained, labels, "all")
    assert found[MASS].n == 8


def test_compounds_without_known_targets_take_no_part(reading, keys, labels, trained):
    found = check([reading([*keys[:5], "unknown"])], trained, labels)
    assert found[MASS].n == 5
    assert check([reading(["unknown", "other"])], trained, labels) == {}


def test_popularity_by_hand():
    labels = {"A": np.array([True, False]), "B": np.array([True, True])}
    assert popularity(labels, ["A", "B", "C"]).tolist() == [1, 0.5]
    assert popularity(labels, ["C"]).tolist() == [0, 0]
