"""Mixes predictions of several models, with the weight that does best on validation pairs."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from badger_core.response.contract import CLASS
from badger_core.response.judge import goodness

WEIGHTS = tuple(np.round(np.linspace(0.0, 1.0, 21), 2).tolist())
_EDGE = 1e-4


class Part(Protocol):
    """Predictions of one member: `predicted` (N,) of test pairs, `inner` (M,) of validation."""

    predicted: np.ndarray
    inner: np.ndarray
    seconds: float


def blend(kind: str, left: np.ndarray, right: np.ndarray, weight: float) -> np.ndarray:
    """Weighted mean of two predictions: of log odds for classes, of the AUC itself otherwise.

    Args:
        kind: of the labels.
        left: of any shape.
        right: of the same.
        weight: of the right one, 0 to 1.
    """
    if kind != CLASS:
        return (1 - weight) * left + weight * right
    return 1 / (1 + np.exp(-((1 - weight) * log_odds(left) + weight * log_odds(right))))


def log_odds(chance: np.ndarray) -> np.ndarray:
    """Of probabilities, kept away from 0 and 1."""
    kept = np.clip(chance, _EDGE, 1 - _EDGE)
    return np.log(kept / (1 - kept))


def best_weight(
    kind: str, labels: np.ndarray, valid: np.ndarray, left: np.ndarray, right: np.ndarray
) -> float:
    """The weight of the right member that does best on the validation pairs; of equals the least.

    Args:
        kind: of the labels.
        labels: (D, L).
        valid: (D, L) bool with M pairs.
        left: (M,) predictions of a member that did not learn from those pairs.
        right: (M,) of another.
    """
    grid = np.full(labels.shape, np.nan)
    scores = []
    for weight in WEIGHTS:
        grid[valid] = blend(kind, left, right, weight)
        scores.append(goodness(kind, labels, grid, valid))
    return WEIGHTS[int(np.argmax(scores))]


def mixed(
    kind: str, labels: np.ndarray, valid: np.ndarray, parts: Sequence[Part]
) -> tuple[np.ndarray, np.ndarray, float, str]:
    """Test and validation predictions of two members mixed, their seconds and the weight."""
    left, right = parts
    weight = best_weight(kind, labels, valid, left.inner, right.inner)
    return (
        blend(kind, left.predicted, right.predicted, weight),
        blend(kind, left.inner, right.inner, weight),
        left.seconds + right.seconds,
        f"weight of the second {weight:.2f}",
    )
