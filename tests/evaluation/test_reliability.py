"""Reliability, calibration error and rank correlation by hand, in theory and against SciPy."""

import numpy as np
import pytest
from scipy.stats import spearmanr
from sklearn.calibration import calibration_curve

from badger_core.errors import SettingError
from badger_core.evaluation.compare import row_weights
from badger_core.evaluation.reliability import (
    equal_count,
    expected_calibration_error,
    rank_correlation,
    reliability,
)


@pytest.fixture
def rng():
    return np.random.default_rng(6)


def test_bins_by_hand():
    table = reliability([0.1, 0.9, 0.3, 0.7], [0.0, 1.0, 0.2, 0.4], bins=2)
    assert table["mean_confidence"].tolist() == pytest.approx([0.2, 0.8])
    assert table["mean_outcome"].tolist() == pytest.approx([0.1, 0.7])
    assert table["n"].tolist() == [2, 2]


def test_calibration_error_by_hand():
    found = expected_calibration_error([0.1, 0.9, 0.3, 0.7, 0.8], [0.0, 1.0, 0.2, 0.4, 0.1], bins=2)
    # 0.1, 0.3 and 0.7 make the lower bin: the middle one of five is rounded down to it.
    low = abs((0.1 + 0.3 + 0.7) / 3 - (0.0 + 0.2 + 0.4) / 3)
    assert found == pytest.approx((3 * low + 2 * abs(0.85 - 0.55)) / 5)


def test_bins_agree_with_scikit_learn(rng):
    confidence = rng.random(1000)
    outcome = (rng.random(1000) < confidence**2).astype(float)
    table = reliability(confidence, outcome)
    true, promised = calibration_curve(outcome, confidence, n_bins=10, strategy="quantile")
    assert table["mean_outcome"].to_numpy() == pytest.approx(true)
    assert table["mean_confidence"].to_numpy() == pytest.approx(promised)
    assert (table["n"] == 100).all()


def test_equal_confidences_share_a_bin():
    assert equal_count([5, 5, 5, 5], 3).tolist() == [0, 0, 0, 0]
    assert equal_count([0, 0, 0, 1], 2).tolist() == [0, 0, 0, 1]
    assert equal_count([3, 1, 2, 0], 4).tolist() == [3, 1, 2, 0]


def test_a_calibrated_confidence_has_a_small_error_and_a_boastful_one_its_boast(rng):
    confidence = rng.uniform(0.2, 0.7, 20_000)
    outcome = (rng.random(20_000) < confidence).astype(float)
    assert expected_calibration_error(confidence, outcome) < 0.015
    assert expected_calibration_error(confidence + 0.2, outcome) == pytest.approx(0.2, abs=0.01)


def test_a_constant_confidence_is_calibrated_and_worth_nothing(rng):
    outcome = rng.random(100)
    constant = np.full(100, outcome.mean())
    assert expected_calibration_error(constant, outcome) == pytest.approx(0, abs=1e-12)
    assert rank_correlation(constant, outcome, np.arange(100)) == (0, 0, 0)


def test_nothing_correlates_with_a_constant_outcome(rng):
    assert np.isnan(rank_correlation(rng.random(20), np.ones(20), np.arange(20))).all()


def test_rows_without_an_outcome_are_left_out(rng):
    confidence, outcome, clusters = rng.random(30), rng.random(30), np.arange(30) % 7
    less = np.where(np.arange(30) < 10, np.nan, outcome)
    assert reliability(confidence, less, 3).equals(reliability(confidence[10:], outcome[10:], 3))
    found = rank_correlation(confidence, less, clusters)
    assert found == pytest.approx(rank_correlation(confidence[10:], outcome[10:], clusters[10:]))


@pytest.mark.parametrize("two", [False, True])
def test_rank_correlation_agrees_with_scipy_on_copied_rows(rng, two):
    confidence = rng.integers(0, 6, 50).astype(float)  # with ties
    outcome = confidence + rng.integers(0, 9, 50)
    clusters = [rng.integers(0, 12, 50), rng.integers(0, 9, 50)][: 1 + two]
    found = rank_correlation(confidence, outcome, clusters, draws=200, seed=2)
    assert found.mean == pytest.approx(spearmanr(confidence, outcome).statistic)
    each = [
        spearmanr(*(np.repeat(v, weight.astype(int)) for v in (confidence, outcome))).statistic
        for weight in np.concatenate(list(row_weights(clusters, 50, 200, 2)))
    ]
    assert [found.low, found.high] == pytest.approx(np.quantile(each, [0.025, 0.975]))


def test_copies_of_rows_narrow_nothing(rng):
    confidence, outcome, clusters = rng.random(40), rng.random(40), np.arange(40) % 10
    once = rank_correlation(confidence, outcome, clusters)
    often = rank_correlation(*(np.tile(v, 9) for v in (confidence, outcome, clusters)))
    assert often == pytest.approx(once, abs=1e-2)
    alone = rank_correlation(np.tile(confidence, 9), np.tile(outcome, 9), np.arange(360))
    assert alone.high - alone.low < (often.high - often.low) / 2


@pytest.mark.parametrize(
    ("confidence", "outcome", "bins", "said"),
    [
        ([0.1, 0.2], [1.0], 10, "same predictions"),
        ([], [], 10, "at least one"),
        ([np.nan], [1.0], 10, "at least one"),
        ([0.5], [1.0], 0, "at least one is needed"),
    ],
)
def test_what_makes_no_sense_is_refused(confidence, outcome, bins, said):
    with pytest.raises(SettingError, match=said):
        reliability(confidence, outcome, bins)
