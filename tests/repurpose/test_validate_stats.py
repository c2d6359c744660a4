"""AUROC, enrichment and intervals: by hand, and against scikit-learn and the plain definition."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from badger_core.repurpose.validate_stats import (
    auroc,
    bounds,
    delong,
    enrichment_factor,
    mean_with_interval,
    redrawn_aurocs,
    redrawn_mean,
)

CHANCE = np.random.default_rng(5)
GOOD, BAD = np.round(CHANCE.normal(0.4, 1, 23), 1), np.round(CHANCE.normal(0, 1, 140), 1)


def test_auroc_by_hand() -> None:
    # 3 beats both, 1 beats neither of 2 and ties 1: (2 + .5) / 4
    assert auroc(np.array([3.0, 1.0]), np.array([2.0, 1.0])) == pytest.approx(0.625)
    assert auroc(np.array([1.0]), np.array([])) != auroc(np.array([1.0]), np.array([]))  # NaN


def test_auroc_is_that_of_scikit_learn_with_ties_and_weights() -> None:
    truth = np.repeat([1, 0], [len(GOOD), len(BAD)])
    scores = np.concatenate([GOOD, BAD])
    weights = CHANCE.uniform(0.1, 2, len(scores))
    assert auroc(GOOD, BAD) == pytest.approx(roc_auc_score(truth, scores))
    ours = auroc(GOOD, BAD, weights[: len(GOOD)], weights[len(GOOD) :])
    assert ours == pytest.approx(roc_auc_score(truth, scores, sample_weight=weights))


def test_turned_scores_give_the_other_side() -> None:
    assert auroc(-GOOD, -BAD) == pytest.approx(1 - auroc(GOOD, BAD))


def test_delong_is_near_the_bootstrap() -> None:
    found = delong(GOOD, BAD)
    drawn = [
        auroc(CHANCE.choice(GOOD, len(GOOD)), CHANCE.choice(BAD, len(BAD))) for _ in range(2000)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    assert found.low == pytest.approx(low, abs=0.02)
    assert found.high == pytest.approx(high, abs=0.02)


def test_delong_by_hand_is_the_variance_of_the_shares_won() -> None:
    positive, negative = np.array([3.0, 1.0, 2.5]), np.array([2.0, 0.5])
    # shares won: 1, .5, 1 (sd^2 1/12); beaten by: 2 of 3 and 3 of 3 (sd^2 1/18)
    error = 1.959964 * np.sqrt(1 / 12 / 3 + 1 / 18 / 2)
    assert delong(positive, negative).low == pytest.approx(5 / 6 - error)
    assert delong(positive, negative).high == 1.0


def test_enrichment_by_hand() -> None:
    positive, negative = np.array([9.0, 1.0]), [*range(2, 9), 0]
    # 10 drugs, the first is a known one: half of them in a tenth
    assert enrichment_factor(positive, np.array(negative), 0.1) == pytest.approx(5.0)
    assert enrichment_factor(positive, np.array(negative), 1.0) == pytest.approx(1.0)
    tied = enrichment_factor(np.zeros(2), np.zeros(18), 0.05)
    assert tied == pytest.approx(1.0)  # nothing told apart is chance


def test_means_and_bounds() -> None:
    found = mean_with_interval([0.4, 0.5, 0.6, np.nan], 0)
    assert found.value == pytest.approx(0.5)
    assert 0.4 <= found.low < 0.5 < found.high <= 0.6
    assert np.isnan(mean_with_interval([0.4, 0.5], 0).low)
    assert np.isnan(mean_with_interval([], 0).value)
    assert bounds(0.5, np.linspace(0, 1, 1001)).low == pytest.approx(0.025)


def test_drugs_drawn_anew_give_what_drawing_by_hand_gives() -> None:
    scores = np.stack([np.concatenate([GOOD, BAD])] * 2)
    first, others = np.arange(len(GOOD)), np.arange(len(GOOD), scores.shape[1])
    drawn = redrawn_aurocs([(first, others), (first[:9], others)], scores, 3, 400)
    assert drawn.shape == (400, 2)
    assert drawn[:, 0].mean() == pytest.approx(auroc(GOOD, BAD), abs=0.01)
    assert drawn[:, 0].std() == pytest.approx(
        (delong(GOOD, BAD).high - delong(GOOD, BAD).low) / 2 / 1.96, rel=0.15
    )
    weights = np.random.default_rng(3).multinomial(
        scores.shape[1], np.full(scores.shape[1], 1 / scores.shape[1]), 400
    )
    by_hand = auroc(GOOD, BAD, weights[7, first], weights[7, others])
    assert drawn[7, 0] == pytest.approx(by_hand, abs=1e-6)
    assert redrawn_mean(drawn, 1).std() < drawn[:, 1].std() * 1.2
