"""The chance of single genes: by hand, monotone, calibrated, and blind to its own cluster."""

import json
from itertools import pairwise

import numpy as np
import pytest

from badger_core.errors import SettingError
from badger_core.evaluation.gene_probability import (
    GeneProbability,
    gene_calibration_error,
    ranked_positions,
)
from badger_core.evaluation.ranking import precision_at_k

N_GENES = 978


@pytest.fixture
def rng():
    return np.random.default_rng(8)


@pytest.fixture
def study(rng):
    """600 predictions that share more or less with their truth, and the share as confidence."""
    confidence = rng.uniform(0, 0.9, 600)
    truth = rng.normal(size=(600, N_GENES))
    noise = rng.normal(size=truth.shape)
    share = confidence[:, None]
    return truth, share * truth + np.sqrt(1 - share**2) * noise, confidence


@pytest.fixture
def table(study):
    return GeneProbability.fit(*study, "up")


def test_positions_by_hand():
    assert ranked_positions([3.0, 1.0, 2.0, 0.0], "up").tolist() == [0.125, 0.625, 0.375, 0.875]
    assert ranked_positions([3.0, 1.0, 2.0, 0.0], "down").tolist() == [0.875, 0.375, 0.625, 0.125]
    assert ranked_positions([[1.0, 1.0], [0.0, 1.0]], "up").tolist() == [[0.5, 0.5], [0.75, 0.25]]


def test_counts_by_hand():
    # Places 1 to 100 in 15 bins; of the true 20, 10 are predicted first and 10 last.
    score = np.arange(100.0)[::-1]
    truth = np.zeros(100)
    truth[:10] = truth[-10:] = 1
    found = GeneProbability.fit(truth[None], score[None], [0.5], "up", relevant=20)
    assert found.n == (1,)
    # The middle has none and the end many, which a falling chance levels out at their mean.
    first = found.probability([0.005, 0.05], 0.5)
    assert first == pytest.approx([1, 1])
    assert found.probability([0.3, 0.99], 0.5) == pytest.approx([10 / 90, 10 / 90], abs=0.01)


def test_places_are_finest_where_people_look(rng):
    edges = [0, 10, 25, 50, 75, 100, 150, 200, 300, 400, 500, 600, 700, 800, 900, N_GENES]
    truth, score = rng.normal(size=(2, 1, N_GENES))
    found = GeneProbability.fit(truth, score, [0.5], "up")
    middles = [(a + b) / 2 / N_GENES for a, b in pairwise(edges)]
    assert found.positions == pytest.approx(middles)


def test_between_bins_in_proportion_and_constant_beyond():
    found = GeneProbability((0.1, 0.5), (0.2, 0.6), ((0.4, 0.2), (0.8, 0.0)), (120, 140))
    assert found.probability([0.0, 0.1, 0.3, 0.5, 1.0], 0.2) == pytest.approx(
        [0.4, 0.4, 0.3, 0.2, 0.2]
    )
    assert found.probability([0.1, 0.5], 0.3) == pytest.approx([0.5, 0.15])
    assert found.probability([0.1, 0.5], 0.99) == pytest.approx([0.8, 0.0])
    assert [found.alike(c) for c in (0.0, 0.3, 0.5, 1.0)] == [120, 120, 140, 140]


def test_the_chance_falls_along_the_ranking_and_rises_with_confidence_at_its_head(table):
    position = np.linspace(0, 1, 500)
    for confidence in np.linspace(-0.1, 1, 23):
        assert (np.diff(table.probability(position, confidence)) <= 1e-12).all()
    head = [table.probability([0.01], c)[0] for c in np.linspace(0, 0.9, 10)]
    assert (np.diff(head) > -0.01).all()
    assert 200 / 978 < head[0] < 0.3
    assert head[-1] > 0.9


def test_the_chances_of_a_prediction_sum_to_the_genes_there_are(table, study):
    place = ranked_positions(study[1][0], "up")
    for confidence in (0.1, 0.4, 0.8):
        assert table.probability(place, confidence).sum() == pytest.approx(200, rel=0.02)


def test_the_mean_chance_of_the_head_is_its_precision(study, table):
    truth, predicted, confidence = study
    place = ranked_positions(predicted, "up")
    promised = [
        table.probability(p[p < 50 / N_GENES], c).mean()
        for p, c in zip(place, confidence, strict=True)
    ]
    came = precision_at_k(truth, predicted, 50, "up")
    assert np.mean(promised) == pytest.approx(came.mean(), abs=0.01)
    assert np.corrcoef(promised, came)[0, 1] > 0.9


def test_down_is_up_upside_down(study, table):
    truth, predicted, confidence = study
    assert GeneProbability.fit(-truth, -predicted, confidence, "down") == table
    assert GeneProbability.fit(truth, predicted, confidence, "down") != table


def test_down_is_judged_as_up_upside_down(study):
    truth, predicted, confidence = (part[:200] for part in study)
    up = gene_calibration_error(truth, predicted, confidence, np.arange(200), "up", first=50)
    turned = gene_calibration_error(-truth, -predicted, confidence, np.arange(200), "down", 50)
    assert turned == pytest.approx(up)


def test_a_ranking_that_is_upside_down_promises_no_more_than_chance(study):
    truth, _, confidence = study
    found = GeneProbability.fit(truth, -truth, confidence, "up")
    assert found.probability([0.0, 0.5, 1.0], 0.4) == pytest.approx([200 / 978] * 3)


def test_unmeasured_genes_count_for_nothing(study, table, rng):
    truth, predicted, confidence = study
    holes = np.where(rng.random(truth.shape) < 0.01, np.nan, truth)
    found = GeneProbability.fit(holes, predicted, confidence, "up")
    assert np.array(found.chance) == pytest.approx(np.array(table.chance), abs=0.03)


def test_a_constant_confidence_makes_one_row(study):
    found = GeneProbability.fit(*study[:2], np.full(600, 0.4), "up")
    assert found.n == (600,)
    assert (found.probability([0.1], 0.1) == found.probability([0.1], 0.9)).all()


@pytest.mark.parametrize("first", [None, 50])
def test_the_honest_error_is_small_where_clusters_are_alike(study, first):
    assert gene_calibration_error(*study, np.arange(600) // 4, "up", first=first) < 0.02


def test_a_cluster_is_judged_by_a_table_that_never_saw_it(rng):
    # Each of two compounds has its own truth, predicted from itself: alone, all would be certain.
    truth = rng.normal(size=(2, N_GENES))[[0] * 20 + [1] * 20]
    predicted = np.where(np.arange(40)[:, None] < 20, truth, -truth)
    confidence, clusters = np.full(40, 0.5), ["a"] * 20 + ["b"] * 20
    found = gene_calibration_error(truth, predicted, confidence, clusters, "up", 50, folds=2)
    assert found > 0.5
    mixed = gene_calibration_error(truth, predicted, confidence, np.arange(40) % 2, "up", 50, 2)
    assert mixed < 0.1


def test_a_record_comes_back_from_json_equal(table):
    record = table.to_dict()
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert GeneProbability.from_dict(json.loads(json.dumps(record))) == table


@pytest.mark.parametrize("record", [{}, {"chance": [[1]], "m": []}, {"chance": 2}, []])
def test_another_record_is_refused(record):
    with pytest.raises(SettingError, match="Count them anew"):
        GeneProbability.from_dict(record)


def test_what_makes_no_sense_is_refused(study):
    truth, predicted, confidence = (part[:5] for part in study)
    with pytest.raises(SettingError, match="one finite confidence"):
        GeneProbability.fit(truth, predicted, confidence[:4], "up")
    with pytest.raises(SettingError, match="one finite confidence"):
        GeneProbability.fit(truth, predicted, np.full(5, np.nan), "up")
    with pytest.raises(SettingError, match="Choose 'up' or 'down'"):
        GeneProbability.fit(truth, predicted, confidence, "sideways")
    with pytest.raises(SettingError, match="cannot make 5 folds"):
        gene_calibration_error(truth, predicted, confidence, list("aabbc"), "up")
