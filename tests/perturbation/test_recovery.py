"""Measures of a network: they read the network, self loops are none of their business."""

import numpy as np
import pytest
from scipy.stats import hypergeom
from sklearn.metrics import average_precision_score, roc_auc_score

from badger_core.perturbation.benchmark_scores import edge_rows, effect_rows
from badger_core.perturbation.effects import cell_t
from badger_core.perturbation.recovery import areas, omission_rate, overlap, paths
from badger_core.perturbation.simulate import Simulated
from badger_core.perturbation.total_effects import not_itself, places


def test_areas_equal_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    truth, judged = rng.random((6, 9)) < 0.3, rng.random((6, 9)) < 0.8
    score = np.round(rng.random((6, 9)) + truth, 1)
    found = areas(score, truth, judged)
    assert found.auprc == pytest.approx(average_precision_score(truth[judged], score[judged]))
    assert found.auroc == pytest.approx(roc_auc_score(truth[judged], score[judged]))
    assert found.base == truth[judged].mean()


def test_paths_go_through_measured_targets_alone() -> None:
    edges = np.zeros((3, 4), bool)
    edges[0, 1] = edges[1, 2] = edges[2, 3] = True
    assert paths(edges, np.array([0, 1, -1])).tolist() == [
        [False, True, True, False],
        [False, False, True, False],
        [False, False, False, True],
    ]
    assert paths(edges, np.array([0, 1, 2]))[0].tolist() == [False, True, True, True]


def test_paths_of_a_cycle_end() -> None:
    edges = np.array([[False, True], [True, False]])
    assert paths(edges, np.array([0, 1])).all()


def test_omission_rate_by_hand() -> None:
    edges = np.array([[False, True, False]])
    responds, judged = np.array([[True, True, True]]), np.array([[False, True, True]])
    assert omission_rate(edges, responds, judged, np.array([0])) == 1.0
    assert np.isnan(omission_rate(~edges | edges, responds, judged, np.array([0])))


def test_t3_omission_follows_the_network(simulated: Simulated) -> None:
    screen = simulated.screen
    names = screen.targets()
    judged, at = not_itself(names, screen.genes), places(names, screen.genes)
    responds, true = cell_t(screen).p < 0.05, simulated.direct != 0
    half = true & (np.arange(len(names)) % 2 == 0)[:, None]
    perfect, part, empty = (
        omission_rate(edges, responds, judged, at) for edges in (true, half, np.zeros_like(true))
    )
    assert perfect < part < empty
    assert empty == pytest.approx(responds[judged].mean())
    assert omission_rate(simulated.reach, responds, judged, at) < 0.1 < perfect


def test_t4_self_loops_change_no_score(simulated: Simulated) -> None:
    screen = simulated.screen
    names = screen.targets()
    judged, at = not_itself(names, screen.genes), places(names, screen.genes)
    itself = ~judged
    true = simulated.direct != 0
    score = np.abs(cell_t(screen).t)
    responds = cell_t(screen).p < 0.05
    looped = np.where(itself, 1e6, score)
    assert areas(score, true, judged) == areas(looped, true | itself, judged)
    assert edge_rows({"a": score}, {"d": true}, judged) == edge_rows(
        {"a": looped}, {"d": true | itself}, judged
    )
    both = [omission_rate(edges, responds, judged, at) for edges in (true, true | itself)]
    assert both[0] == both[1]
    measured = simulated.total + np.random.default_rng(0).normal(0, 0.2, score.shape)
    plain = effect_rows({"a": score, "b": true + score}, measured, judged, "b")
    with_loops = effect_rows(
        {"a": looped, "b": np.where(itself, -9.0, true + score)},
        np.where(itself, 77.0, measured),
        judged,
        "b",
    )
    assert plain == with_loops


def test_overlap_equals_the_hypergeometric_and_the_deals_come_near() -> None:
    rng = np.random.default_rng(1)
    known = rng.random(300) < 0.2
    chosen = rng.random(300) < np.where(known, 0.3, 0.1)
    found = overlap(chosen, known, np.zeros(300, int))
    assert found.both == (chosen & known).sum()
    assert found.p == pytest.approx(hypergeom.sf(found.both - 1, 300, known.sum(), chosen.sum()))
    assert found.p_dealt == pytest.approx(found.p, abs=0.01)


def test_overlap_by_abundance_alone_is_seen_through() -> None:
    """Where all of the abundant are chosen and known, dealing within abundance finds nothing."""
    part = np.repeat([0, 1], 100)
    rng = np.random.default_rng(0)
    known, chosen = (rng.random((2, 200)) < np.where(part, 0.5, 0.02)).astype(bool)
    found = overlap(chosen, known, part)
    assert found.p < 0.01
    assert found.p_dealt > 0.05


def test_nothing_chosen_is_no_evidence() -> None:
    found = overlap(np.zeros(9, bool), np.arange(9) < 3, np.zeros(9, int))
    assert found.p == 1
    assert found.p_dealt == 1
