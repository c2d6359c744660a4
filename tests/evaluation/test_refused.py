"""What the metrics refuse, and the least that they take."""

import numpy as np
import pytest

from badger_core.errors import SettingError
from badger_core.evaluation.calibration import folds_of
from badger_core.evaluation.compare import cluster_codes, cluster_interval, row_weights
from badger_core.evaluation.gene_sets import auroc_sets
from badger_core.evaluation.metrics import METRICS
from badger_core.evaluation.ranking import (
    average_precision,
    expected_ndcg_at_k,
    mean_average_precision,
    ndcg_at_k,
    precision_at_k,
    precision_chance,
)
from badger_core.evaluation.rows import as_rows

TRUTH, SCORE = [3.0, 1.0, -2.0], [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (lambda n: ndcg_at_k(TRUTH, SCORE, n, "up"), "k is 0"),
        (lambda n: expected_ndcg_at_k(TRUTH, n, "up"), "k is 0"),
        (lambda n: precision_at_k(TRUTH, SCORE, n, "up"), "k is 0"),
        (lambda n: precision_at_k(TRUTH, SCORE, 1, "up", relevant=n), "relevant is 0"),
        (lambda n: average_precision(TRUTH, SCORE, "up", relevant=n), "relevant is 0"),
        (precision_chance, "n_genes is 0"),
    ],
    ids=["ndcg", "expected ndcg", "precision", "relevant", "average precision", "chance"],
)
def test_a_number_of_genes_is_one_at_least(ask, name):
    with pytest.raises(SettingError, match=name):
        ask(0)
    assert np.isfinite(ask(1)).all()


def test_a_row_without_a_measured_gene_has_no_part_in_a_mean():
    truth = np.array([[3.0, 1.0, -2.0], [np.nan] * 3])
    score = np.array([SCORE, SCORE])
    alone = average_precision(TRUTH, SCORE, "up", relevant=1)[0]
    assert np.isnan(average_precision(truth, score, "up", relevant=1)[1])
    assert mean_average_precision(truth, score, "up", relevant=1) == pytest.approx(alone)


def test_down_is_up_with_other_signs_and_in_the_same_unit():
    down = as_rows(TRUTH, SCORE, "down")
    assert down.truth.tolist() == [[-3.0, -1.0, 2.0]]
    assert down.score.tolist() == [[-1.0, -2.0, -3.0]]


def test_equal_values_are_not_better():
    for metric in METRICS.values():
        assert not metric.better(0.5, 0.5)
        assert metric.better(0.6, 0.5) is metric.larger_is_better
        assert metric.better(0.5, 0.6) is not metric.larger_is_better


@pytest.mark.parametrize("score", [[[1.0, 2.0]], [1.0, np.nan], [np.inf, 1.0]])
def test_lists_are_judged_by_the_finite_scores_of_one_signature(score):
    with pytest.raises(SettingError, match="one signature"):
        auroc_sets(score, [0], [1])


@pytest.mark.parametrize("up", [[0, 3], [-1, 1], [3]])
def test_a_list_is_of_genes_that_have_a_score(up):
    with pytest.raises(SettingError, match="do not fit 3 scores"):
        auroc_sets(SCORE, up, [2])


@pytest.mark.parametrize("level", [0, 1, 1.5, -0.5])
def test_an_interval_holds_a_share_of_the_draws(level):
    with pytest.raises(SettingError, match="Give a share between 0 and 1"):
        cluster_interval([1.0, 2.0], ["a", "b"], draws=5, level=level)


@pytest.mark.parametrize("scores", [np.ones((2, 1, 1)), np.empty((0, 2))])
def test_scores_of_an_interval_are_rows(scores):
    with pytest.raises(SettingError, match="at least one row"):
        cluster_interval(scores, ["a", "b"], draws=5)


@pytest.mark.parametrize("draws", [1, 2, 250, 251, 600])
def test_all_draws_that_are_asked_for_are_made(draws):
    blocks = list(row_weights(["a", "b", "b"], 3, draws, seed=1))
    assert sum(len(block) for block in blocks) == draws
    whole = np.concatenate(blocks)
    assert (whole[:, 1] == whole[:, 2]).all()
    assert (whole[:, 0] + whole[:, 1] == 2).all()
    with pytest.raises(SettingError, match="at least one"):
        next(row_weights(["a", "b", "b"], 3, 0, seed=1))


@pytest.mark.parametrize("clusters", [[], [["a", "b"], ["x"]], [["a"], ["x", "y"]], ["a"]])
def test_clusters_fit_the_rows(clusters):
    with pytest.raises(SettingError, match="do not fit 2 rows"):
        cluster_codes(clusters, 2)


@pytest.mark.parametrize("folds", [0, 1, 4])
def test_folds_are_two_at_least_and_no_more_than_clusters(folds):
    with pytest.raises(SettingError, match="at least 2 folds"):
        list(folds_of(["a", "b", "c"], 3, folds))
    parts = list(folds_of(["a", "b", "c"], 3, 3))
    assert sorted(int(test[0]) for _, test in parts) == [0, 1, 2]
