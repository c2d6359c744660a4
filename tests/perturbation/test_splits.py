"""Splits: no cell twice, shares kept in every group, unseen targets unseen."""

import numpy as np
import pytest

from badger_core.data.perturbation import CONTROL
from badger_core.errors import SplitError
from badger_core.perturbation.splits import by_cell, by_target


def assert_parts(split, n):
    assert np.stack(split).sum(axis=0).tolist() == [1] * n


def test_each_cell_is_in_one_part(screen):
    assert_parts(by_cell(screen, 0), len(screen.target))
    for split in by_target(screen, 5, 0):
        assert_parts(split, len(screen.target))


def test_shares_hold_for_each_target_in_each_replicate(screen):
    split = by_cell(screen, 0)
    for target in np.unique(screen.target):
        for replicate in np.unique(screen.replicate):
            group = (screen.target == target) & (screen.replicate == replicate)
            n = group.sum()
            assert abs(split.test[group].sum() - 0.2 * n) <= 0.5
            assert abs(split.valid[group].sum() - 0.16 * n) <= 0.5


def test_a_seed_gives_one_split_and_another_seed_another(screen):
    first, again, other = by_cell(screen, 1), by_cell(screen, 1), by_cell(screen, 2)
    assert (first.test == again.test).all()
    assert (first.test != other.test).any()


def test_one_cell_trains(small_screen):
    assert by_cell(small_screen.take(np.array([0])), 0).train.all()


def test_an_unseen_target_is_tested_once_and_never_trained_on(screen):
    tested = []
    for split in by_target(screen, 5, 0):
        own = set(screen.target[split.test]) - {CONTROL}
        assert not own & set(screen.target[split.train | split.valid])
        assert len(own) == 5
        assert CONTROL in screen.target[split.train]
        assert CONTROL in screen.target[split.test]
        tested += sorted(own)
    assert sorted(tested) == screen.targets()


def test_a_fifth_of_what_other_targets_train_with_validates(screen):
    for split in by_target(screen, 5, 0):
        for target in set(screen.target[split.train]) - {CONTROL}:
            for replicate in np.unique(screen.replicate):
                group = (screen.target == target) & (screen.replicate == replicate)
                assert abs(split.valid[group].sum() - 0.2 * group.sum()) <= 0.5


@pytest.mark.parametrize("folds", [2, 25])
def test_the_fewest_and_the_most_folds(screen, folds):
    tested = [set(screen.target[s.test]) - {CONTROL} for s in by_target(screen, folds, 0)]
    assert sorted(len(own) for own in tested) == ([12, 13] if folds == 2 else [1] * 25)


def test_targets_of_one_cell_are_dealt(screen):
    first = [int(np.flatnonzero(screen.target == name)[0]) for name in screen.targets()]
    for split in by_target(screen.take(np.array(first)), 5, 0):
        assert split.test.sum() == 5


@pytest.mark.parametrize("folds", [1, 26])
def test_an_impossible_number_of_folds_is_refused(screen, folds):
    with pytest.raises(SplitError, match="from 2 to 25"):
        by_target(screen, folds, 0)
