"""Classes among the most reversing: agreement with SciPy, and what is counted."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import mannwhitneyu, rankdata

from badger_core.repurpose.classes import auroc, classes


def test_the_rank_test_agrees_with_scipy():
    random = np.random.default_rng(0)
    scores = np.round(random.normal(size=60), 1)  # with ties
    members = np.arange(9)
    got = auroc(rankdata(scores), members)
    expected = mannwhitneyu(scores[members], scores[9:], alternative="less", method="asymptotic")
    assert got[0] == pytest.approx(1 - expected.statistic / (9 * 51))
    assert got[1] == pytest.approx(expected.pvalue)


def test_a_class_by_hand():
    table = pd.DataFrame(
        {"ik14": list("abcdef"), "name": list("ABCDEF"), "score": [-3, -2, -1, 0, 1, np.nan]}
    )
    moa = [["x"], ["x", "x"], ["x", "y"], ["y"], [], ["y"]]
    found = classes(table, moa, [[]] * 6, top=2)
    assert found["class"].tolist() == ["x"]  # y has two members with a score
    row = found.iloc[0]
    assert (row["kind"], row["members"], row["in_top"], row["best"]) == ("mechanism", 3, 2, "A | B")
    assert row["auroc"] == 1
    assert row["expected_in_top"] == pytest.approx(3 * 2 / 5)


def test_no_class_at_all():
    table = pd.DataFrame({"ik14": ["a"], "name": ["A"], "score": [0.0]})
    assert classes(table, [[]], [[]], top=1).empty
