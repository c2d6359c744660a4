"""Explained variance, correlation and error for many segments and weights at once.

All but ranks follow from seven sums per segment. R draws, N rows, C clusters, S segments.
"""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from badger_core.evaluation.rows import Floats, divide

_EVEN = 1e-9
"""Share of the mean square below which a variance is a rounding error."""


class Sums(NamedTuple):
    """Weighted sums over the rows of each segment, (R, S) each."""

    weight: Floats
    true: Floats
    predicted: Floats
    true_2: Floats
    predicted_2: Floats
    product: Floats
    error: Floats


class Moments:
    """The sums of N rows by cluster and segment, to be weighted by how often a cluster counts.

    Args:
        truth: (N,).
        predicted: (N,).
        cluster: (N,) from 0.
        segment: (N,) from 0.
    """

    def __init__(
        self, truth: Floats, predicted: Floats, cluster: np.ndarray, segment: np.ndarray
    ) -> None:
        shape = (int(cluster.max()) + 1, int(segment.max()) + 1)
        level = truth.mean()  # one shift for both: differences of large squares would lose digits
        true, guess = truth - level, predicted - level
        values = (
            np.ones(len(true)),
            true,
            guess,
            true**2,
            guess**2,
            true * guess,
            np.abs(true - guess),
        )
        self._tables = [csr_matrix((value, (cluster, segment)), shape=shape) for value in values]

    def sums(self, counts: Floats) -> Sums:
        """Sums over the segments where cluster c counts `counts[r, c]` times."""
        return Sums(*((table.T @ counts.T).T for table in self._tables))


def squares(sums: Sums) -> tuple[Floats, Floats]:
    """(R, S) squared errors of the prediction and of the segment's own weighted mean."""
    residual = sums.true_2 - 2 * sums.product + sums.predicted_2
    return np.maximum(residual, 0.0), _about_mean(sums.weight, sums.true, sums.true_2)


def correlations(sums: Sums) -> Floats:
    """(R, S) Pearson correlations; 0 for a constant prediction, NaN for a constant truth."""
    along = _about_mean(sums.weight, sums.true, sums.true_2)
    across = _about_mean(sums.weight, sums.predicted, sums.predicted_2)
    together = sums.product - np.nan_to_num(divide(sums.true * sums.predicted, sums.weight))
    found = np.nan_to_num(divide(together, np.sqrt(along * across)))
    return np.where(along > 0, np.clip(found, -1.0, 1.0), np.nan)


class Ranked:
    """N pairs whose rank correlation is asked for under many weights; sorted once.

    Args:
        truth: (N,).
        predicted: (N,).
    """

    def __init__(self, truth: Floats, predicted: Floats) -> None:
        self._at = [np.unique(values, return_inverse=True)[1] for values in (truth, predicted)]

    def spearman(self, weights: Floats) -> Floats:
        """(R,) correlation of the ranks where row n stands there `weights[r, n]` times, (R, N)."""
        found = np.empty(len(weights))
        for row, weight in enumerate(weights):
            ranks = [_middle_ranks(at, weight) for at in self._at]
            found[row] = correlations(_plain_sums(*ranks, weight))[0, 0]
        return found


def _middle_ranks(at: np.ndarray, weight: Floats) -> Floats:
    """Mid-ranks by cumulated weight, about 0, of rows whose distinct values are numbered `at`."""
    heavy = np.bincount(at, weight)
    return (np.cumsum(heavy) - heavy / 2 - weight.sum() / 2)[at]


def _plain_sums(true: Floats, predicted: Floats, weight: Floats) -> Sums:
    values = (np.ones(len(true)), true, predicted, true**2, predicted**2, true * predicted, true)
    return Sums(*((weight @ value).reshape(1, 1) for value in values))


def _about_mean(weight: Floats, first: Floats, second: Floats) -> Floats:
    """Weighted sum of squares about the mean, 0 where only rounding is left of it."""
    left = second - np.nan_to_num(divide(first**2, weight))
    return np.where(left > _EVEN * second, left, 0.0)
