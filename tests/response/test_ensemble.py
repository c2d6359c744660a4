"""Mixing by hand, and that the weight follows validation."""

import numpy as np
import pytest

from badger_core.response.ensemble import best_weight, blend, log_odds
from badger_core.response.judge import goodness
from badger_core.response.platt import Platt


def test_blend_by_hand() -> None:
    assert blend("auc", np.array([2.0]), np.array([6.0]), 0.25)[0] == pytest.approx(3.0)
    half = blend("class", np.array([0.8]), np.array([0.5]), 0.5)[0]
    assert half == pytest.approx(1 / (1 + np.sqrt(0.25)))  # odds 4 and 1: their mean is 2
    assert np.isfinite(log_odds(np.array([0.0, 1.0]))).all()


def test_the_better_member_gets_the_weight() -> None:
    rng = np.random.default_rng(0)
    labels = rng.normal(size=(20, 10))
    valid = rng.random(labels.shape) < 0.5
    noise = rng.normal(size=valid.sum())
    assert best_weight("auc", labels, valid, noise, labels[valid]) == 1.0
    assert best_weight("auc", labels, valid, labels[valid], noise) == 0.0


def test_goodness_by_hand() -> None:
    labels = np.array([[1.0, 3.0], [2.0, 6.0]])
    pairs = np.ones((2, 2), bool)
    assert goodness("auc", labels, labels, pairs) == 1.0
    assert goodness("auc", labels, np.full((2, 2), 3.0), pairs) == pytest.approx(0.0)
    classes = np.array([[1.0, 0.0], [1.0, 0.0]])
    predicted = np.array([[0.9, 0.2], [0.4, 0.5]])  # three of four pairs of pairs in order
    assert goodness("class", classes, predicted, pairs) == pytest.approx(0.75)
    assert goodness("class", np.ones((2, 2)), predicted, pairs) == -np.inf
    assert goodness("class", classes, predicted, ~pairs) == -np.inf


def test_platt_recovers_the_curve_that_drew_the_labels() -> None:
    rng = np.random.default_rng(1)
    score = rng.normal(3, 2, size=20_000)
    label = rng.random(20_000) < 1 / (1 + np.exp(-(1.5 * score - 4)))
    curve = Platt.fit(score, label.astype(float))
    assert curve.slope == pytest.approx(1.5, abs=0.1)
    assert curve.shift == pytest.approx(-4, abs=0.3)


def test_platt_stays_finite_where_classes_part() -> None:
    score = np.array([0.0, 1.0, 2.0, 3.0])
    chance = Platt.fit(score, np.array([0.0, 0.0, 1.0, 1.0])).apply(score)
    assert ((chance > 0) & (chance < 1)).all()
    assert (np.diff(chance) > 0).all()
