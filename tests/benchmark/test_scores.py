"""One row of scores per test condition: every metric under its name, and the drug-specific one."""

import numpy as np
import pandas as pd
import pytest

from badger_core.benchmark.scores import CENTRED, REPORTED, score_rows
from badger_core.data.conditions import Conditions
from badger_core.evaluation.centred import LEAST, centred_spearman
from badger_core.evaluation.metrics import METRICS


@pytest.fixture(scope="module")
def truth():
    """Ten compounds of one batch, and two conditions of other batches."""
    chance = np.random.default_rng(88)
    change = chance.normal(size=(12, 60)) + chance.normal(size=60)
    table = pd.DataFrame(
        {
            "source": ["one"] * 11 + ["two"],
            "cell": ["A375"] * 10 + ["MCF7", "A375"],
            "ik14": [f"C{i}" for i in range(12)],
            "time_h": 24.0,
        }
    )
    return Conditions(table, change.astype(np.float32))


@pytest.fixture(scope="module")
def predicted(truth):
    return truth.change + np.random.default_rng(89).normal(size=truth.change.shape)


def test_every_metric_but_the_error_and_the_drug_specific_score_are_reported(truth, predicted):
    scores = score_rows(truth, predicted)
    assert tuple(scores.columns) == (*REPORTED, CENTRED)
    assert set(REPORTED) == set(METRICS) - {"rmse"}  # sources differ in unit
    assert len(scores) == len(truth)
    assert (scores.dtypes == np.float32).all()


def test_all_reported_metrics_are_the_larger_the_better():
    """The best baseline is the one with the largest mean."""
    assert all(METRICS[name].larger_is_better for name in REPORTED)


def test_scores_are_those_of_the_metrics(truth, predicted):
    scores = score_rows(truth, predicted)
    for name in ("spearman", "ndcg_corrected_up_100", "precision_down_50", "ap_up"):
        expected = METRICS[name].function(truth.change, predicted)
        assert scores[name].to_numpy() == pytest.approx(expected, abs=1e-6), name


def test_a_perfect_prediction_gets_one_everywhere(truth):
    scores = score_rows(truth, truth.change)
    assert scores[CENTRED].to_numpy()[:10] == pytest.approx(1)
    for name in ("spearman", "ndcg_up_100", "ndcg_corrected_down_100", "precision_up_10"):
        assert scores[name].to_numpy() == pytest.approx(1), name


def test_a_batch_is_a_source_line_and_time(truth, predicted):
    scores = score_rows(truth, predicted)
    assert scores[CENTRED].notna().tolist() == [True] * 10 + [False] * 2  # alone in their batches
    groups = ["a"] * 10 + ["b", "c"]
    expected = centred_spearman(truth.change, predicted, groups, truth.table["ik14"])
    assert scores[CENTRED].to_numpy() == pytest.approx(expected, abs=1e-6, nan_ok=True)
    times = truth.table["time_h"].where(np.arange(12) >= LEAST, 6.0)
    parted = score_rows(Conditions(truth.table.assign(time_h=times), truth.change), predicted)
    assert parted[CENTRED].isna().all()  # five compounds each have four others only


def test_what_is_the_same_for_all_compounds_says_nothing_specific(truth):
    shared = np.tile(truth.change.mean(axis=0), (12, 1))
    scores = score_rows(truth, shared)
    assert scores[CENTRED].to_numpy()[:10] == pytest.approx(0)
    assert scores["spearman"].mean() > 0.2
