"""Bins of confidence and of places: how many, where they end, and what is in each, by hand."""

from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.evaluation.calibration import _bins, cross_calibrated
from badger_core.evaluation.compare import row_weights
from badger_core.evaluation.gene_probability import (
    EDGES,
    GeneProbability,
    gene_calibration_error,
    ranked_positions,
)
from badger_core.evaluation.reliability import equal_count, rank_correlation, reliability


def test_a_value_in_the_middle_belongs_to_the_upper_bin():
    assert equal_count([1, 2, 3], 2).tolist() == [0, 1, 1]
    assert equal_count([1, 2, 3, 4], 2).tolist() == [0, 0, 1, 1]
    assert equal_count([5, 5, 5], 3).tolist() == [0, 0, 0]


def test_the_table_of_reliability_by_hand():
    found = reliability([0.2, 0.4, 0.6, 0.8], [0, 1, 1, 1], bins=2)
    expected = {"mean_confidence": [0.3, 0.7], "mean_outcome": [0.5, 1.0], "n": [2, 2]}
    pd.testing.assert_frame_equal(found, pd.DataFrame(expected))


@pytest.mark.parametrize(("rows", "bins"), [(40, 1), (99, 1), (100, 2), (1000, 20), (1200, 20)])
def test_there_is_a_bin_for_fifty_and_twenty_at_most(rows, bins):
    score = np.arange(rows) / rows
    found = _bins(score, score)
    assert len(found) == bins
    assert sum(b.n for b in found) == rows
    last = found[-1]
    assert last.up_to == score[-1]
    assert last.score == pytest.approx(score[-last.n :].mean())
    assert last.confidence == pytest.approx(score[-last.n :].mean())
    if bins > 1:
        assert found[0].up_to == score[found[0].n - 1]


def test_bins_of_unequal_count_keep_their_own_mean():
    score, outcome = np.repeat([-1.0, 2.0], [70, 50]), np.repeat([0.5, 0.6], [70, 50])
    assert [astuple(b) for b in _bins(score, outcome)] == [
        pytest.approx((-1.0, -1.0, 0.5, 70)),
        pytest.approx((2.0, 2.0, 0.6, 50)),
    ]


def test_bins_whose_outcome_falls_are_pooled():
    score, outcome = np.repeat([0.0, 1.0], [60, 60]), np.repeat([0.6, 0.5], [60, 60])
    assert [astuple(b) for b in _bins(score, outcome)] == [pytest.approx((0.5, 1.0, 0.55, 120))]


def test_labels_may_come_as_a_list():
    rng = np.random.default_rng(3)
    features, outcome = pd.DataFrame({"x": rng.random(60)}), rng.random(60)
    clusters = [f"c{at // 6}" for at in range(60)]
    found = cross_calibrated(features, outcome, clusters)
    np.testing.assert_array_equal(found, cross_calibrated(features, outcome, np.array(clusters)))


def falling(n_rows: int, n_genes: int = 978) -> np.ndarray:
    """The same order of genes in every row: the first one first."""
    return np.tile(np.linspace(1, -1, n_genes), (n_rows, 1))


def test_places_are_those_between_the_edges():
    score = falling(3)
    found = GeneProbability.fit(score, score, [0.1, 0.2, 0.3], "up")
    middles = (EDGES[1:] + EDGES[:-1]) / 2 / EDGES[-1]
    assert found.positions == pytest.approx(middles)
    assert found.chance == (pytest.approx(np.repeat([1.0, 0.0], [7, 8])),)
    assert found.n == (3,)


def test_a_place_on_an_edge_belongs_to_what_follows():
    score = falling(1)[0]
    score[9] = score[10]  # places 10 and 11 share the edge at 10
    assert ranked_positions(score, "up")[9] * 978 == pytest.approx(10)
    found = GeneProbability.fit(score[None], score[None], [0.1], "up")
    assert found.positions[0] * 978 == pytest.approx(np.mean(np.arange(9) + 0.5))


def test_places_without_a_gene_are_left_out():
    score = falling(2, 20)
    found = GeneProbability.fit(score, score, [0.1, 0.9], "up", relevant=5)
    assert np.isfinite(found.positions).all()
    assert len(found.positions) < len(EDGES) - 1


@pytest.mark.parametrize(("rows", "levels"), [(40, 1), (199, 1), (200, 2), (900, 8)])
def test_there_is_a_level_for_a_hundred_and_eight_at_most(rows, levels):
    score = falling(rows, 30)
    found = GeneProbability.fit(score, score, np.arange(rows) / rows, "up", relevant=5)
    assert len(found.n) == len(found.chance) == len(found.confidences) == levels
    assert sum(found.n) == rows


def test_a_place_that_was_never_measured_moves_no_other():
    truth = falling(200)
    score = truth.copy()
    truth[:100, :10] = np.nan  # the less confident half lacks the head
    confidence = np.arange(200) / 200
    found = GeneProbability.fit(truth, score, confidence, "up")
    assert np.isfinite(found.chance).all()
    assert found.chance[0][1] == pytest.approx(1)
    assert found.chance[0] == pytest.approx([1] * 7 + [10 / 100] + [0] * 7)
    assert found.chance[1] == pytest.approx([1] * 7 + [0] * 8)


@pytest.mark.parametrize("confidence", [[0.1, np.nan], [0.1], [[0.1, 0.2]]])
def test_every_prediction_has_a_finite_confidence(confidence):
    with pytest.raises(SettingError, match="one finite confidence"):
        GeneProbability.fit(falling(2, 30), falling(2, 30), confidence, "up")


def test_the_error_over_genes_takes_lists_and_what_was_not_measured():
    rng = np.random.default_rng(2)
    truth, score = rng.normal(size=(2, 12, 300))
    score = score + truth
    truth[:, :40] = np.nan
    clusters = np.arange(12) // 2
    found = gene_calibration_error(truth, score, np.full(12, 0.5), clusters, "up")
    lists = (truth.tolist(), score.tolist(), [0.5] * 12, clusters.tolist())
    assert gene_calibration_error(*lists, "up") == found
    kept = gene_calibration_error(truth[:, 40:], score[:, 40:], np.full(12, 0.5), clusters, "up")
    assert found == pytest.approx(kept, abs=0.02)


def test_few_ranks_correlate_by_hand():
    found = rank_correlation([0.1, 0.2, 0.3, 0.4], [1, 3, 2, 4], list("abcd"), draws=20)
    assert found.mean == pytest.approx(0.8)


def test_outcomes_and_confidences_are_single_columns():
    with pytest.raises(SettingError, match="Give both as"):
        rank_correlation(np.ones((2, 2)), np.ones((2, 2)), ["a", "b"])


def test_draws_without_an_order_have_no_part_in_the_interval():
    """Of two clusters some draws take one twice: nothing differs there."""
    confidence, outcome, clusters = [0.1, 0.9, 0.2, 0.8], [0, 1, 0, 1], ["a", "b", "a", "b"]
    found = rank_correlation(confidence, outcome, clusters, draws=50)
    assert found.low <= found.mean <= found.high
    assert found.mean == pytest.approx(0.894, abs=0.001)
    seed = next(
        seed
        for seed in range(99)
        if next(row_weights(clusters, 4, 1, seed))[0].tolist() == [2, 0, 2, 0]
    )
    alone = rank_correlation(confidence, outcome, clusters, draws=1, seed=seed)
    assert alone.mean == found.mean
    assert np.isnan([alone.low, alone.high]).all()
