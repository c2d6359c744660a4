"""Ranks and the scores that go with them, beside scipy."""

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from badger_core.ranks import average_ranks, van_der_waerden


def test_ties_share_their_mean_rank_and_a_gap_has_none() -> None:
    assert average_ranks(np.array([3.0, 1.0, 3.0, 0.0])).tolist() == [3.5, 2.0, 3.5, 1.0]
    found = average_ranks(np.array([[2.0, np.nan, 1.0]]))
    assert np.array_equal(found, [[2.0, np.nan, 1.0]], equal_nan=True)


def test_scores_are_the_normal_quantiles() -> None:
    values = np.random.default_rng(0).integers(0, 300, (5, 978))
    ranks = rankdata(values, axis=1)
    assert np.allclose(van_der_waerden(ranks, 978), ndtri(ranks / 979), rtol=0, atol=1e-12)


def test_the_middle_rank_scores_nothing() -> None:
    assert van_der_waerden(np.array([1.0, 2.0, 3.0]), 3)[1] == 0
