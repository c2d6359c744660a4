"""What is known of compounds becomes 0/1 terms, by hand and on the real library."""

import numpy as np
import pytest

from badger_core.chem.library import CompoundLibrary
from badger_core.data.featurise import prediction_batch
from badger_core.data.knowledge import MECHANISM, TARGET, Knowledge, terms_of, vocabulary
from badger_core.data.loader import Loader

KNOWN = {
    "A": (["BRAF inhibitor", "RAF inhibitor"], [673]),
    "B": (["HDAC inhibitor"], [3065, 673]),
    "C": ([], []),
    "D": (["kinase inhibitor"], [25]),
}


@pytest.fixture(scope="module")
def library(bundle):
    """Four structures whose mechanisms and targets are written by hand."""
    table = bundle.library.table.head(4)
    moa, targets = zip(*KNOWN.values(), strict=True)
    return CompoundLibrary(table.assign(ik14=list(KNOWN), moa=moa, target_entrez=targets))


def test_terms_are_mechanisms_and_targets_by_name(library):
    assert terms_of(library.by_structure("A")) == (
        "moa: BRAF inhibitor",
        "moa: RAF inhibitor",
        "target: 673",
    )
    assert terms_of(library.by_structure("C")) == ()


def test_the_vocabulary_is_what_is_known_of_these_compounds_mechanisms_first(library):
    expected = (
        "moa: BRAF inhibitor",
        "moa: HDAC inhibitor",
        "moa: RAF inhibitor",
        "target: 3065",
        "target: 673",
    )
    assert vocabulary(library, "ABC") == expected
    assert vocabulary(library, "CBAAB") == expected
    assert vocabulary(library, "C") == ()
    assert vocabulary(library, ["no such compound"]) == ()


def test_rows_by_hand(library):
    knowledge = Knowledge(library, vocabulary(library, "ABC"))
    assert knowledge.of("A").tolist() == [1, 0, 1, 0, 1]
    assert knowledge.of("B").tolist() == [0, 1, 0, 1, 1]
    assert knowledge.of("C").tolist() == [0, 0, 0, 0, 0]
    assert knowledge.of("D").tolist() == [0, 0, 0, 0, 0]  # its terms are not in the vocabulary
    assert knowledge.of("no such compound").tolist() == [0, 0, 0, 0, 0]
    assert knowledge.of("A").dtype == np.uint8


def test_a_row_follows_the_order_of_the_terms(library):
    terms = vocabulary(library, "ABC")
    turned = Knowledge(library, terms[::-1])
    assert turned.of("B").tolist() == Knowledge(library, terms).of("B")[::-1].tolist()


def test_without_a_vocabulary_rows_are_empty(library):
    assert Knowledge(library, ()).of("A").shape == (0,)


def test_the_real_library(bundle, conditions):
    terms = vocabulary(bundle.library, conditions.table["ik14"])
    assert len(terms) > 1000
    kinds = [term.startswith(MECHANISM) for term in terms]
    assert kinds == sorted(kinds, reverse=True)
    assert all(term.startswith((MECHANISM, TARGET)) for term in terms)
    vemurafenib = bundle.library.find("vemurafenib").ik14
    row = Knowledge(bundle.library, terms).of(vemurafenib)
    known = {term for term, mark in zip(terms, row, strict=True) if mark}
    assert {"moa: RAF inhibitor", "target: 673"} <= known


def test_training_and_prediction_are_told_the_same(bundle, conditions, five_lines, vemurafenib):
    mine = np.flatnonzero(conditions.table["ik14"] == vemurafenib.ik14)[:2]
    served = conditions.take(mine)
    knowledge = Knowledge(bundle.library, vocabulary(bundle.library, [vemurafenib.ik14]))
    row = knowledge.of(vemurafenib.ik14)
    loader = Loader(
        served, {vemurafenib.ik14: vemurafenib}, five_lines, {}, (), 6, knowledge=knowledge
    )
    (batch,) = loader.ordered(2)
    asked = prediction_batch([vemurafenib] * 2, [None] * 2, 5, 3, knowledge=np.stack([row, row]))
    assert batch.knowledge.tolist() == asked.knowledge.tolist() == [row.tolist()] * 2
    assert row.all()
    without = Loader(served, {vemurafenib.ik14: vemurafenib}, five_lines, {}, (), 6)
    assert next(without.ordered(2)).knowledge.shape == (2, 0)
    assert prediction_batch([vemurafenib], [None], 5, 3).knowledge.shape == (1, 0)
