"""Means and differences of scores, with intervals that keep rows of one compound or line together.

Rows of one compound, or of one line, succeed and fail together: an interval that takes them for
independent is too narrow. A bootstrap that draws whole compounds (or lines) is not.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from badger_core.errors import SettingError
from badger_core.evaluation.rows import Floats, divide

SEED, DRAWS, LEVEL = 88, 2000, 0.95
_CHUNK = 250  # draws whose row weights are held in memory at once
Clusters = ArrayLike | Sequence[ArrayLike]


class Interval(NamedTuple):
    """A mean and its interval: numbers for scores (P,), arrays (M,) for scores (P, M)."""

    mean: Floats
    low: Floats
    high: Floats


def cluster_interval(
    scores: ArrayLike,
    clusters: Clusters,
    draws: int = DRAWS,
    seed: int = SEED,
    level: float = LEVEL,
) -> Interval:
    """Mean of the scores and its percentile interval over a bootstrap of whole clusters.

    The draws depend on the clusters and the seed alone, so that intervals of different scores over
    the same rows belong together. A drawn mean is the weighted sum over the summed weights.

    Args:
        scores: (P,) or (P, M), one row per line x compound pair; NaN is left out of its column.
        clusters: labels (P,), or a list of one or two such arrays. With two (compound and line),
            the weight of a row is the product of how often its two clusters were drawn (pigeonhole
            bootstrap, Owen 2007, doi 10.1214/07-AOAS122; never too narrow, somewhat too wide).
        draws: bootstrap draws.
        seed: of the draws.
        level: share of the drawn means inside the interval.

    Returns:
        NaN bounds in a column whose scores lie in one cluster, and a NaN mean in an empty one.

    Raises:
        SettingError: shapes do not fit, a label is missing, a setting is out of range, a score is
            infinite, or no column has scores in two clusters of each kind.
    """
    given = np.asarray(scores, dtype=np.float64)
    if given.ndim not in (1, 2) or not given.size:
        raise SettingError(
            f"The scores have the shape {given.shape}. Give at least one row, as (P,) or (P, M)."
        )
    if not 0 < level < 1:
        raise SettingError(f"The level is {level}. Give a share between 0 and 1, such as 0.95.")
    columns = given.reshape(len(given), -1)
    if np.isinf(columns).any():
        raise SettingError("A score is infinite. Mark scores that do not exist with NaN instead.")
    measured = ~np.isnan(columns)
    filled = np.where(measured, columns, 0.0)
    spread = _spread_out(measured, clusters)
    means = np.concatenate(
        [
            divide(weight @ filled, weight @ measured)
            for weight in row_weights(clusters, len(given), draws, seed)
        ]
    )
    bounds = np.full((2, columns.shape[1]), np.nan)
    bounds[:, spread] = np.nanquantile(means[:, spread], [(1 - level) / 2, (1 + level) / 2], axis=0)
    mean = divide(filled.sum(axis=0), measured.sum(axis=0))
    shape = given.shape[1:]
    return Interval(mean.reshape(shape)[()], *(b.reshape(shape)[()] for b in bounds))


def paired_difference(
    ours: ArrayLike,
    other: ArrayLike,
    clusters: Clusters,
    draws: int = DRAWS,
    seed: int = SEED,
    level: float = LEVEL,
) -> Interval:
    """Mean of ours - other and its interval, over rows where both have a score.

    Arguments, draws and errors as in `cluster_interval`. Above 0 throughout: ours is better, where
    larger is better.

    Raises:
        SettingError: also if the two shapes differ.
    """
    ours, other = np.asarray(ours, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if ours.shape != other.shape:
        raise SettingError(
            f"The scores to compare have the shapes {ours.shape} and {other.shape}. "
            "Give both for the same rows, in the same order."
        )
    return cluster_interval(ours - other, clusters, draws, seed, level)


def row_weights(clusters: Clusters, n_rows: int, draws: int, seed: int) -> Iterator[Floats]:
    """How often each row is drawn when whole clusters are, in blocks of draws (D, P).

    Raises:
        SettingError: if the clusters do not fit the rows, or there are no draws.
    """
    if draws < 1:
        raise SettingError(f"{draws} draws were asked for; at least one is needed.")
    rng = np.random.default_rng(seed)
    codes = cluster_codes(clusters, n_rows)
    counts = []
    for code in codes:
        n = code.max() + 1
        counts.append(rng.multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64))
    for start in range(0, draws, _CHUNK):
        weight = np.ones((1, 1))
        for count, code in zip(counts, codes, strict=True):
            weight = weight * count[start : start + _CHUNK, code]
        yield weight


def cluster_codes(clusters: Clusters, n_rows: int) -> list[np.ndarray]:
    """Each label array as numbers from 0, in sorted order of its labels.

    Raises:
        SettingError: if there are not one or two arrays of `n_rows` labels, all of them given.
    """
    listed = list(clusters)
    arrays = [clusters] if listed and np.ndim(listed[0]) == 0 else listed
    if len(arrays) not in (1, 2) or any(np.shape(array) != (n_rows,) for array in arrays):
        raise SettingError(
            f"The clusters do not fit {n_rows} rows. Give one array of a label per row, or a list "
            "of two such arrays (compound and line)."
        )
    codes = [pd.factorize(np.asarray(array), sort=True)[0] for array in arrays]
    if any((code < 0).any() for code in codes):
        raise SettingError("A cluster label is missing. Leave out its row, or give it a label.")
    return codes


def _spread_out(measured: np.ndarray, clusters: Clusters) -> np.ndarray:
    """(M,) bool: columns with scores in at least two clusters of each kind."""
    codes = cluster_codes(clusters, len(measured))
    spread = np.array([all(len(np.unique(c[m])) > 1 for c in codes) for m in measured.T])
    if not spread.any():
        raise SettingError(
            "No score, or scores in a single cluster only: their mean has no interval. Give rows "
            "of at least two compounds (or lines), or cluster by the other label alone."
        )
    return spread
