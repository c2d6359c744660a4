"""Tests of edges: honest where nothing happens, rare genes too, sharp where something does."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.perturbation.edges import edge_evidence, null_z, pooled_p
from badger_core.perturbation.effects import depth_of, lognorm
from badger_core.perturbation.simulate import simulate


def test_pooled_p_by_hand() -> None:
    null = np.array([[[1.0, 9.0]], [[2.0, 8.0]], [[3.0, 7.0]]])
    found = pooled_p(np.array([[2.5, 10.0]]), null, np.array([[0, 1]]))
    assert found.tolist() == [[2 / 4, 1 / 4]]
    together = pooled_p(np.array([[2.5, 10.0]]), null, np.zeros((1, 2), int))
    assert together.tolist() == [[5 / 7, 1 / 7]]


def test_t1_null_worlds_have_no_edges_and_nothing_follows_the_spread() -> None:
    """Four worlds, 960 pairs each: five in a hundred worlds may have one edge."""
    counted, wide, small = [], [], []
    for seed in range(4):
        screen = simulate(50 + seed, 40, 24, 80, 500, effect=0.0).screen
        found = edge_evidence(screen, None, 25)
        counted.append(np.nansum(found.fdr <= 0.05, axis=0))
        wide.append(lognorm(screen.counts, depth_of(screen)).std(axis=0))
        small.append((found.p < 0.05).mean(axis=0))
        assert 0.025 < np.nanmean(found.p < 0.05) < 0.085
    assert np.concatenate(counted).sum() <= 2
    assert abs(spearmanr(np.concatenate(wide), np.concatenate(small))[0]) < 0.25


def test_rare_genes_and_few_cells_are_not_found_by_chance(screen: CellScreen) -> None:
    """48 control cells called a target: a t finds p below .001 five times too often among these."""
    control = screen.take(screen.target == CONTROL)
    rare = np.argsort(control.counts.sum(axis=0))[:100]
    control = control._replace(counts=control.counts[:, rare], genes=control.genes[rare])
    rng = np.random.default_rng(0)
    small = []
    for draw in range(2):
        target = control.target.copy()
        target[rng.choice(len(target), 48, replace=False)] = "null"
        found = edge_evidence(control._replace(target=target), None, 60, draw)
        assert np.nansum(found.fdr <= 0.05) == 0
        small.append(found.p[np.isfinite(found.p)])
    assert (np.concatenate(small) < 0.01).mean() < 0.03


def test_true_edges_are_found_and_what_is_found_is_on_a_path() -> None:
    world = simulate(3, 30, 14, 100, 600)
    found = edge_evidence(world.screen, None, 25)
    drawn = np.nan_to_num(found.fdr, nan=1) <= 0.05
    assert drawn[world.direct != 0].mean() > 0.6
    assert world.reach[drawn].mean() > 0.85
    at = [list(world.screen.genes).index(name) for name in world.screen.targets()]
    assert np.isnan(found.p[np.arange(len(at)), at]).all()


def test_same_seed_same_p_and_a_mask_is_a_part_of_the_cells() -> None:
    screen = simulate(3, 12, 4, 40, 150).screen
    half = np.arange(len(screen.target)) % 2 == 0
    one, two = edge_evidence(screen, half, 5, 1), edge_evidence(screen.take(half), None, 5, 1)
    assert np.array_equal(one.p, two.p, equal_nan=True)
    assert not np.array_equal(one.p, edge_evidence(screen, half, 5, 2).p, equal_nan=True)


def test_labels_are_dealt_within_replicates() -> None:
    """A replicate of its own level, in which the target has most of its cells, is no effect."""
    screen = simulate(1, 12, 1, 150, 300, effect=0.0).screen
    counts, first = screen.counts.copy(), screen.replicate == "rep_1"
    counts[first, 0] += 20
    kept = screen._replace(counts=counts).take((screen.target == CONTROL) | first)
    found = null_z(kept, kept.targets()[0], 40, np.random.default_rng(0))
    assert np.abs(found[:, 0]).mean() < 2
    assert found[:, 0].mean() == pytest.approx(0.0, abs=0.8)
