"""Whether a stated confidence is borne out: bins, calibration error and rank correlation.

Confidence and outcome are (S,), both in the same unit (a share between 0 and 1); rows in which one
of them is NaN are left out. Predictions of equal confidence always fall into one bin, so a constant
confidence makes one bin and is calibrated wherever it equals the mean outcome: look at the rank
correlation beside it.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from badger_core.errors import SettingError
from badger_core.evaluation.compare import LEVEL, SEED, Clusters, Interval, row_weights
from badger_core.evaluation.rows import Floats, divide
from badger_core.ranks import average_ranks


def reliability(confidence: ArrayLike, outcome: ArrayLike, bins: int = 10) -> pd.DataFrame:
    """What was promised and what came, in bins of about equal count from low to high confidence.

    Returns:
        Columns mean_confidence, mean_outcome and n; fewer rows than `bins` where confidences tie.

    Raises:
        SettingError: the shapes differ, nothing is left, or `bins` is below 1.
    """
    confidence, outcome, _ = _paired(confidence, outcome)
    table = pd.DataFrame({"mean_confidence": confidence, "mean_outcome": outcome, "n": 1})
    means = {"mean_confidence": "mean", "mean_outcome": "mean", "n": "sum"}
    return table.groupby(equal_count(confidence, bins)).agg(means).reset_index(drop=True)


def expected_calibration_error(confidence: ArrayLike, outcome: ArrayLike, bins: int = 10) -> float:
    """Mean gap |confidence - outcome| over the bins of `reliability`, weighted by count.

    Noise alone leaves about 0.8 sd / sqrt(n of a bin). (Naeini, Cooper & Hauskrecht 2015)
    """
    table = reliability(confidence, outcome, bins)
    gap = (table["mean_confidence"] - table["mean_outcome"]).abs()
    return float((gap * table["n"]).sum() / table["n"].sum())


def rank_correlation(
    confidence: ArrayLike,
    outcome: ArrayLike,
    clusters: Clusters,
    draws: int = 500,
    seed: int = SEED,
    level: float = LEVEL,
) -> Interval:
    """Spearman correlation of confidence and outcome, bootstrapped over whole clusters.

    Each draw ranks anew. A constant confidence says nothing and gets 0; a constant outcome NaN.

    Args:
        confidence: (S,) any scale.
        outcome: (S,) any scale.
        clusters: labels as in `compare.cluster_interval`.
        draws: bootstrap draws.
        seed: of the draws.
        level: share of the draws inside the interval.

    Raises:
        SettingError: the shapes differ, nothing is left, or the clusters do not fit.
    """
    confidence, outcome, kept = _paired(confidence, outcome)
    found = np.concatenate(
        [
            _weighted_spearman(confidence, outcome, weight[:, kept])
            for weight in row_weights(clusters, len(kept), draws, seed)
        ]
    )
    mean = _weighted_spearman(confidence, outcome, np.ones((1, len(confidence))))[0]
    if np.isnan(found).all():
        return Interval(mean, np.float64(np.nan), np.float64(np.nan))
    return Interval(mean, *np.nanquantile(found, [(1 - level) / 2, (1 + level) / 2]))


def equal_count(values: ArrayLike, bins: int) -> NDArray[np.intp]:
    """(S,) bin of each value from 0, about equally many in each; equal values share a bin.

    Raises:
        SettingError: if `bins` is below 1.
    """
    if bins < 1:
        raise SettingError(f"{bins} bins were asked for; at least one is needed.")
    share = (average_ranks(values) - 0.5) / len(np.asarray(values))
    return np.unique(np.floor(share * bins), return_inverse=True)[1]


def _paired(confidence: ArrayLike, outcome: ArrayLike) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    confidence = np.asarray(confidence, dtype=np.float64)
    outcome = np.asarray(outcome, dtype=np.float64)
    if confidence.shape != outcome.shape or confidence.ndim != 1:
        raise SettingError(
            f"Confidences of the shape {confidence.shape} came with outcomes of the shape "
            f"{outcome.shape}. Give both as (S,), for the same predictions."
        )
    kept = ~np.isnan(confidence) & ~np.isnan(outcome)
    if not kept.any():
        raise SettingError("No prediction has both a confidence and an outcome. Give at least one.")
    return confidence[kept], outcome[kept], kept


def _weighted_spearman(one: Floats, other: Floats, weight: Floats) -> Floats:
    """(D,) Spearman of samples in which row s stands weight[d, s] times."""
    total = weight.sum(axis=1, keepdims=True)
    a, b = (_weighted_ranks(v, weight) - (total + 1) / 2 for v in (one, other))
    spread_a, spread_b = (weight * a * a).sum(axis=1), (weight * b * b).sum(axis=1)
    nothing = 1e-9 * total[:, 0] ** 2  # ranks that differ at all spread far more than rounding
    correlation = divide(
        (weight * a * b).sum(axis=1),
        np.where(np.minimum(spread_a, spread_b) > nothing, np.sqrt(spread_a * spread_b), 0.0),
    )
    said_nothing = (spread_a <= nothing) & (spread_b > nothing)
    return np.where(said_nothing, 0.0, correlation)


def _weighted_ranks(values: Floats, weight: Floats) -> Floats:
    """(D, S) mean rank of each value among the repeated rows of a draw, from 1."""
    distinct, code = np.unique(values, return_inverse=True)
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], np.arange(len(distinct)))
    count = np.add.reduceat(weight[:, order], starts, axis=1)
    return (np.cumsum(count, axis=1) - count + (count + 1) / 2)[:, code]
