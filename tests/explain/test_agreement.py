"""Agreement of members on one prediction, by hand."""

import numpy as np
import pytest

from badger_core.explain.agreement import agreement, following


def test_agreement_is_the_mean_spearman_of_all_pairs():
    values = np.array([[1, 2, 3, 4], [1, 2, 3, 4], [4, 3, 2, 1]])
    found = agreement(values)
    assert found.mean == pytest.approx((1 - 1 - 1) / 3)
    assert (found.lowest, found.highest, found.members) == (-1, 1, 3)
    assert found.words == "hardly agree"
    assert agreement(values[:2]).words == "agree well"


@pytest.mark.parametrize(
    "values",
    [np.ones((1, 5)), np.eye(2), np.full((3, 4), np.nan)],
    ids=["one member", "two things", "nothing known"],
)
def test_what_cannot_be_compared_says_so(values):
    found = agreement(values)
    assert np.isnan(found.mean)
    assert found.words == "cannot be told"


def test_following_is_the_spearman_of_each_member():
    share = np.array([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
    effect = np.array([[3.0, 2.0, 1.0], [3.0, 2.0, 1.0]])
    assert following(share, effect) == pytest.approx([1, -1])
    assert np.isnan(following(share[:, :2], effect[:, :2])).all()
    assert np.isnan(following(share, effect * np.nan)).all()
