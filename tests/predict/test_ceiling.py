"""Ceilings of measured pairs, by hand."""

from pathlib import Path

import numpy as np
import pytest

from badger_core.predict.ceiling import agreements, ceiling, first_filings, typical_agreement
from badger_core.predict.measured import Measured, mean_ranks, unit_ranks

REPLICATES = (
    "sources,stratum,metric,agreement\nsame,all,spearman,0.16\nsame,active,spearman,0.36\n"
    "any,all,spearman,0.5\nsame,all,precision_up_50,0.3\n"
)


def measured(values: list[list[float]], sources: str) -> Measured:
    each, names = unit_ranks(np.array(values, float)), np.array(list(sources))
    ranks = mean_ranks(each, names)
    return Measured(len(values), len(set(sources)), ranks, each, names, False)


def test_one_signature_quotes_what_is_typical() -> None:
    found = ceiling(measured([[1, 2, 3, 4]], "a"), 0.16)
    assert (found.own, found.n_signatures) == (False, 1)
    assert found.bound == pytest.approx(0.4)
    assert ceiling(measured([[1, 2, 3, 4]], "a"), None) is None


def test_two_signatures_speak_for_themselves() -> None:
    found = ceiling(measured([[1, 2, 3, 4], [1, 2, 4, 3]], "aa"), 0.16)
    assert found.own
    assert found.agreement == pytest.approx(0.8)
    assert found.n_alike == pytest.approx(2)
    assert found.bound == pytest.approx((1.6 / 1.8) ** 0.5)  # Spearman-Brown, then the root


def test_what_was_filed_twice_counts_once() -> None:
    found = ceiling(measured([[1, 2, 3, 4], [10, 20, 30, 40]], "ab"), 0.16)
    assert (found.own, found.n_signatures) == (False, 1)
    assert found.n_alike == pytest.approx(1)
    assert first_filings(np.array([[1, 0.1, 0.99], [0.1, 1, 0], [0.99, 0, 1]])).tolist() == [
        0,
        1,
        0,
    ]


def test_a_source_with_many_signatures_does_not_make_many() -> None:
    values = [[1, 2, 3, 4], [1, 2, 4, 3], [1, 3, 2, 4], [2, 1, 3, 4]]
    assert ceiling(measured(values, "aaab"), None).n_alike == pytest.approx(1 / (3 / 36 + 1 / 4))


def test_signatures_that_contradict_leave_nothing() -> None:
    assert ceiling(measured([[1, 2, 3, 4], [4, 3, 2, 1]], "aa"), 0.16).bound == 0


def test_genes_that_one_signature_lacks_are_left_out() -> None:
    ranks = unit_ranks(np.array([[1, 2, 3, np.nan], [1, 2, 3, 0]]))
    np.testing.assert_allclose(agreements(ranks), 1)


def test_the_typical_agreement_is_read_from_the_table(tmp_path: Path) -> None:
    path = tmp_path / "replicates.csv"
    assert typical_agreement(path, True) is None
    path.write_text(REPLICATES)
    assert typical_agreement(path, False) == 0.16
    assert typical_agreement(path, True) == 0.36
    path.write_text("nothing")
    assert typical_agreement(path, True) is None
