"""The literal pass against the network, and the figures of the race by hand."""

import numpy as np
import pytest
import torch

from badger_core.benchmark.speed import is_linear, max_rank_change, race
from badger_core.benchmark.speed_bound import Rates, Work, work_of
from badger_core.benchmark.speed_case import Case
from badger_core.benchmark.speed_goals import goals_of
from badger_core.benchmark.speed_reference import literal_change
from tests.conftest import N_GENES, N_PATHWAYS
from tests.model.conftest import WAYS, build


@pytest.mark.parametrize("way", WAYS)
@torch.inference_mode()
def test_the_literal_pass_and_the_own_one_are_equal(world, batch, way):
    network = build(world, *way)
    expected = literal_change(network, batch)
    assert torch.allclose(network.without_maps(batch).change, expected, atol=1e-5)
    assert torch.allclose(network(batch).change, expected, atol=1e-5)


def test_rank_changes_count_at_both_ends():
    expected = np.array([[5.0, 4, 3, 2, 1, 0]])
    assert max_rank_change(expected, expected, 2) == 0
    assert max_rank_change(np.array([[4.0, 5, 3, 2, 1, 0]]), expected, 2) == 1
    assert max_rank_change(np.array([[0.0, 4, 3, 2, 1, 5]]), expected, 2) == 5
    assert max_rank_change(np.array([[5.0, 4, 2, 3, 1, 0]]), expected, 2) == 0  # in the middle


@pytest.mark.parametrize(
    ("growth", "linear"), [(2.0, True), (1.5, True), (2.5, True), (4.0, False), (1.0, False)]
)
def test_linear_is_twice_the_time_for_twice_the_pairs(growth, linear):
    assert is_linear(growth) == linear


def test_the_bound_adds_both_kinds_of_work():
    assert Rates(100.0, 50.0).pairs_per_s(Work(10.0, 20.0)) == pytest.approx(1 / (0.1 + 0.4))


def test_divisions_are_counted_by_hand(world, batch):
    work = work_of(build(world, "additive", "dense", True), batch)
    fragments = batch.fragments.shape[1]
    of_pathways = N_PATHWAYS * (fragments + 1) * 16
    of_genes = N_GENES * (N_PATHWAYS + 1) * 16
    assert work.divisions == of_pathways + of_genes
    assert work.flop > 0
    assert work_of(build(world), batch).divisions == 0


def test_a_race_reports_both(world, batch):
    network = build(world, "additive", "dense", True)
    found = race(Case(network, batch), 2, 1, 2)
    assert (found.batch, found.threads, found.max_rank_change_top100) == (2, 1, 0)
    assert found.score_difference < 1e-5
    assert min(found.pairs_per_s, found.reference_pairs_per_s, found.bound_pairs_per_s) > 0


def record(**changes):
    row = {"max_rank_change_top100": 0, "score_difference": 1e-6}
    return {
        "published": [row],
        "shipped": [row],
        "all_threads": None,
        "ratio": 6.0,
        "memory_share": 0.5,
        "linear": {"growth": 2.0, "linear": True},
        "compiled": {**row, "ratio": 9.0},
    } | changes


def test_goals_are_met_and_missed():
    assert all(goal.met for goal in goals_of(record()))
    missed = [goal.name for goal in goals_of(record(ratio=4.9, memory_share=0.7)) if not goal.met]
    assert missed == ["pairs per second", "peak memory"]
    worse = [{"max_rank_change_top100": 1, "score_difference": 1e-3}]
    assert [goal.met for goal in goals_of(record(shipped=worse))][:2] == [False, False]


def test_without_a_compiler_its_goal_is_left_out():
    nothing = {"ratio": None, "note": "There is no C++ compiler on this machine."}
    names = [goal.name for goal in goals_of(record(compiled=nothing))]
    assert "pairs per second, compiled" not in names
    assert len(names) == len(goals_of(record())) - 1
