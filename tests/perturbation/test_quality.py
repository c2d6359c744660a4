"""Each rule of quality rejects the cell that breaks it, and what cannot be judged is said."""

import numpy as np
import pytest

from badger_core.data.perturbation import CONTROL
from badger_core.errors import PerturbationError
from badger_core.perturbation.quality import CANNOT_BE_HAD, assess, robust_z


def with_cell(screen, row, counts=None, umi=None):
    new = screen._replace(counts=screen.counts.copy(), guide_umi=screen.guide_umi.copy())
    if counts is not None:
        new.counts[row] = counts
    if umi is not None:
        new.guide_umi[row] = umi
    return new


def rejected(screen, row):
    verdict = assess(screen)
    assert not verdict.keep[row]
    return verdict


@pytest.fixture
def good(screen):
    """A hundred good cells of JAK2 and of control in one replicate, all genes."""
    kept = assess(screen).keep & (screen.replicate == "rep_1")
    rows = [np.flatnonzero(kept & (screen.target == t))[:100] for t in ("JAK2", CONTROL)]
    return screen.take(np.concatenate(rows))


def test_robust_deviations_by_hand():
    numbers = np.exp([1.0, 2.0, 3.0, 4.0, 9.0]) - 1
    found = robust_z(numbers, np.array(["a"] * 5))
    np.testing.assert_allclose(found, np.array([-2, -1, 0, 1, 6]) / 1.4826, rtol=1e-9)


def test_each_group_has_its_own_median_and_equal_numbers_do_not_deviate():
    found = robust_z(np.array([1, 2, 3, 100, 200, 300, 5, 5]), np.array(list("aaabbbcc")))
    assert found[1] == found[4] == 0
    assert (found[6:] == 0).all()


@pytest.mark.parametrize(
    ("counts", "umi", "rule"),
    [
        (None, (10, 21), "top guide"),
        (0, None, "no transcript"),
        ([1] + [0] * 298, None, "too few transcripts"),
        (200, None, "too many transcripts"),
        ([200] + [0] * 298, None, "too few genes"),
    ],
)
def test_a_rule_rejects_the_cell_that_breaks_it(good, counts, umi, rule):
    verdict = rejected(with_cell(good, 7, counts, umi), 7)
    row = verdict.reasons.set_index("rule").filter(like=rule, axis=0)
    assert row["cells"].item() >= 1


def test_half_of_the_guide_transcripts_are_enough(good):
    assert assess(with_cell(good, 7, umi=(10, 20))).keep[7]


def test_unknown_guide_transcripts_reject_nobody_and_are_said(good):
    bare = good._replace(guide_umi=np.zeros_like(good.guide_umi))
    verdict = assess(bare)
    assert len(verdict.cannot) == 2
    assert verdict.reasons["cells"].iloc[0] == 0


def test_a_target_with_too_few_good_cells_is_left_out(good):
    few = good.take(np.r_[0:19, 100:200])
    verdict = assess(few)
    assert verdict.small_targets == ["JAK2"]
    assert not verdict.keep[:19].any()
    assert assess(few, least_cells=10).small_targets == []


def test_without_control_there_is_no_verdict(good):
    with pytest.raises(PerturbationError, match="No control cell"):
        assess(good.take(good.target != CONTROL))


def test_the_real_screen_keeps_most_cells_and_says_what_cannot_be_had(screen):
    verdict = assess(screen)
    assert 0.90 < verdict.keep.mean() < 0.97
    assert verdict.reasons["cells"].iloc[0] == 966
    assert verdict.cannot == [CANNOT_BE_HAD]
    assert verdict.small_targets == []
    alone = verdict.reasons["alone"].sum()
    assert alone <= (~verdict.keep).sum() <= verdict.reasons["cells"].sum()
