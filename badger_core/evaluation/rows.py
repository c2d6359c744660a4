"""Signatures and scores as checked rows, and the exact average over random orders of tied genes.

A tie in a score must favour no gene. Instead of breaking it at random, the metrics give each gene
the mean of what it would get over all orders of its tied group: a constant score then earns exactly
its chance level, and no seed is needed.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from badger_core.errors import SettingError

Direction = Literal["up", "down"]
Floats = NDArray[np.float64]


class Rows(NamedTuple):
    """Measured and predicted values of the same genes, NaN in both where nothing was measured."""

    truth: Floats  # (S, G)
    score: Floats  # (S, G)
    n_measured: NDArray[np.int64]  # (S,)


def as_rows(truth: ArrayLike, score: ArrayLike, direction: Direction = "up") -> Rows:
    """Check a pair of arrays and bring it to rows; "down" turns both upside down.

    Args:
        truth: (G,) or (S, G) measured change, any unit; NaN where a gene was not measured.
        score: predicted change of the same shape; every value finite.
        direction: "up" puts the most raised gene first, "down" the most lowered.

    Raises:
        SettingError: shapes differ, a score is not finite, a truth is infinite, or the direction
            is neither "up" nor "down".
    """
    truth = np.atleast_2d(np.asarray(truth, dtype=np.float64))
    score = np.atleast_2d(np.asarray(score, dtype=np.float64))
    if truth.shape != score.shape or truth.ndim != 2 or not truth.shape[1]:
        raise SettingError(
            f"The measured values have the shape {truth.shape} and the predicted ones "
            f"{score.shape}. Give both as (G,) or (S, G), with the genes in the same order."
        )
    if not np.isfinite(score).all():
        raise SettingError(
            f"{int((~np.isfinite(score)).sum())} predicted values are not finite numbers, so they "
            "have no rank. Look for a diverged model or a missing input."
        )
    if np.isinf(truth).any():
        raise SettingError(
            "A measured value is infinite. Mark genes that were not measured with NaN instead."
        )
    if direction not in ("up", "down"):
        raise SettingError(f"The direction '{direction}' is not known. Choose 'up' or 'down'.")
    sign = 1.0 if direction == "up" else -1.0
    unmeasured = np.isnan(truth)
    return Rows(
        truth=sign * truth,
        score=np.where(unmeasured, np.nan, sign * score),
        n_measured=(~unmeasured).sum(axis=1),
    )


def check_count(name: str, value: int) -> None:
    """Refuse a number of genes that is not at least one.

    Raises:
        SettingError: the value is below 1.
    """
    if value < 1:
        raise SettingError(f"{name} is {value}; at least one gene is needed.")


class Places(NamedTuple):
    """Descending order of each row and, per gene, the places its tied group takes up, from 0."""

    order: NDArray[np.intp]  # (S, G) gene at each place, NaN last
    first: NDArray[np.intp]  # (S, G) first place of the gene's group
    end: NDArray[np.intp]  # (S, G) one past the last place of the gene's group


def places(values: Floats) -> Places:
    """Places of all genes in each row of `values` (S, G), largest value first."""
    order = np.argsort(-values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    n_genes = values.shape[1]
    index = np.arange(n_genes)
    # A NaN differs from everything, so unmeasured genes stand alone and last.
    starts = np.ones(values.shape, dtype=bool)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    ends = np.roll(starts, -1, axis=1)  # a group ends where the next one starts
    first_at = np.maximum.accumulate(np.where(starts, index, 0), axis=1)
    end_at = np.minimum.accumulate(np.where(ends, index + 1, n_genes)[:, ::-1], axis=1)[:, ::-1]
    first, end = np.empty_like(order), np.empty_like(order)
    np.put_along_axis(first, order, first_at, axis=1)
    np.put_along_axis(end, order, end_at, axis=1)
    return Places(order, first, end)


def mean_weight(values: Floats, weights: Floats) -> Floats:
    """What each gene gets if place i is worth `weights[i]` (G,), averaged over orders of ties.

    Returns (S, G); an unmeasured gene (NaN in `values`) gets nothing.
    """
    where = places(values)
    total = np.concatenate([[0.0], np.cumsum(weights)])
    mean = (total[where.end] - total[where.first]) / (where.end - where.first)
    return np.where(np.isnan(values), 0.0, mean)


def membership(values: Floats, k: int) -> Floats:
    """How far each gene belongs to the k largest: 1, 0, or a share where a tie crosses the cut."""
    return mean_weight(values, (np.arange(values.shape[1]) < k).astype(np.float64))


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Quotient per row, NaN where the denominator is 0: the metric is not defined there."""
    quotient = np.full(np.shape(numerator), np.nan)
    return np.divide(numerator, denominator, out=quotient, where=np.asarray(denominator) != 0)
