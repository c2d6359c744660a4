"""The rivals, by hand and against other implementations."""

import numpy as np
import pytest
from scipy import stats

from badger_core.data.perturbation import CONTROL
from badger_core.perturbation.baselines import (
    correlation,
    from_neighbours,
    global_mean,
    pseudobulk_t,
    shrunken_mean,
    train_mean,
)
from badger_core.perturbation.effects import ate, depth_of, lognorm
from badger_core.perturbation.simulate import simulate

SCREEN = simulate(4, 10, 3, 40, 200).screen


def test_train_mean_reads_training_cells_alone() -> None:
    train = np.arange(len(SCREEN.target)) % 3 > 0
    changed = SCREEN.counts.copy()
    changed[~train] = changed[~train][:, ::-1]
    found = train_mean(SCREEN, train)
    assert np.array_equal(found, ate(SCREEN, train))
    depth = depth_of(SCREEN)
    moved = SCREEN._replace(counts=changed)
    assert depth_of(moved) == depth
    assert np.array_equal(found, train_mean(moved, train))


def test_global_mean_is_the_same_for_all_and_leaves_out_whom_it_does_not_know() -> None:
    names = SCREEN.targets()
    train = SCREEN.target != names[0]
    found = global_mean(SCREEN, train)
    known = train_mean(SCREEN, train)[1:]
    assert np.allclose(found, known.mean(axis=0))
    assert found.shape == (3, 10)


def test_shrunken_mean_is_nearer_to_nothing_and_keeps_its_sign() -> None:
    train = np.arange(len(SCREEN.target)) % 3 > 0
    plain, found = train_mean(SCREEN, train), shrunken_mean(SCREEN, train)
    assert (np.abs(found) <= np.abs(plain) + 1e-4).all()
    assert np.abs(found).sum() < 0.95 * np.abs(plain).sum()
    large = np.abs(plain) > 1
    assert (np.sign(found[large]) == np.sign(plain[large])).all()


def test_pseudobulk_t_equals_scipy() -> None:
    level = lognorm(SCREEN.counts, depth_of(SCREEN))
    name = SCREEN.targets()[1]
    apart = []
    for replicate in np.unique(SCREEN.replicate):
        here = SCREEN.replicate == replicate
        own, control = here & (SCREEN.target == name), here & (SCREEN.target == CONTROL)
        apart.append(level[own].mean(0) - level[control].mean(0))
    expected = stats.ttest_1samp(np.array(apart), 0).statistic
    assert np.allclose(pseudobulk_t(SCREEN)[1], expected, rtol=1e-4)


def test_pseudobulk_t_of_one_replicate_is_unknown() -> None:
    assert np.isnan(pseudobulk_t(SCREEN, SCREEN.replicate == "rep_1")).all()


def test_correlation_equals_numpy_and_is_nothing_for_a_target_that_was_not_measured() -> None:
    control = SCREEN.target == CONTROL
    level = lognorm(SCREEN.counts[control], depth_of(SCREEN))
    place = list(SCREEN.genes).index(SCREEN.targets()[0])
    expected = np.corrcoef(level[:, place], level[:, 3])[0, 1]
    assert correlation(SCREEN)[0, 3] == pytest.approx(expected, abs=1e-5)
    target = np.where(SCREEN.target == SCREEN.targets()[0], "ELSEWHERE", SCREEN.target)
    assert (correlation(SCREEN._replace(target=target))[0] == 0).all()


def test_neighbours_by_hand() -> None:
    known = np.array([[1.0, 0.0], [0.0, 2.0]])
    features = np.array([[1.0, 0.0], [0.0, 5.0]])
    asked = np.array([[3.0, 0.0], [1.0, 1.0], [0.0, 0.0], [-1.0, -1.0]])
    found = from_neighbours(known, features, asked)
    assert np.allclose(found, [[1.0, 0.0], [0.5, 1.0], [0.5, 1.0], [0.5, 1.0]])
