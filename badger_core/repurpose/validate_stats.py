"""How well scores put one group above another: AUROC, enrichment at the top, and intervals.

Higher scores are better here; `NaN` takes no part.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

DRAWS = 2000
_Z = 1.959964  # of a 95% interval


class Estimate(NamedTuple):
    """A value with the bounds of its 95% interval, NaN where there is none."""

    value: float
    low: float
    high: float


def wins(above: np.ndarray, below: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """(M,) weighted share of `below` (N,) that each of `above` (M,) exceeds; ties count half."""
    order = np.argsort(below, kind="stable")
    ordered = below[order]
    weight = np.ones(len(below)) if weights is None else np.asarray(weights, float)[order]
    total = np.concatenate([[0.0], np.cumsum(weight)])
    less = total[np.searchsorted(ordered, above, side="left")]
    through = total[np.searchsorted(ordered, above, side="right")]
    return (less + through) / (2 * total[-1])


def auroc(
    positive: np.ndarray,
    negative: np.ndarray,
    positive_weights: np.ndarray | None = None,
    negative_weights: np.ndarray | None = None,
) -> float:
    """Chance that a random positive scores above a random negative; ties count half.

    Args:
        positive: (M,) scores without NaN.
        negative: (N,) likewise.
        positive_weights: (M,); equal if not given.
        negative_weights: (N,) likewise.
    """
    if not len(positive) or not len(negative):
        return float("nan")
    return float(np.average(wins(positive, negative, negative_weights), weights=positive_weights))


def delong(positive: np.ndarray, negative: np.ndarray) -> Estimate:
    """AUROC with the interval of DeLong et al. (Biometrics 44:837, 1988), cut at 0 and 1.

    The interval is symmetric, so it is too short on the outer side where the AUROC is near 0 or 1;
    with fewer than 2 on a side there is none.
    """
    value = auroc(positive, negative)
    if len(positive) < 2 or len(negative) < 2:
        return Estimate(value, float("nan"), float("nan"))
    first, second = wins(positive, negative), 1 - wins(negative, positive)
    error = np.sqrt(first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second))
    return Estimate(value, max(0.0, value - _Z * error), min(1.0, value + _Z * error))


def enrichment_factor(positive: np.ndarray, negative: np.ndarray, share: float) -> float:
    """How many times more positives are in the top `share` of all than chance puts there.

    At least one place counts. Those tied at the border share its places.
    """
    everything = np.concatenate([positive, negative])
    if not len(positive) or not len(negative):
        return float("nan")
    places = max(1, round(share * len(everything)))
    border = np.partition(everything, -places)[-places]
    sure, tied = (everything > border).sum(), (everything == border).sum()
    found = (positive > border).sum() + (positive == border).sum() * (places - sure) / tied
    return float(found / len(positive) / (places / len(everything)))


def mean_with_interval(values: Sequence[float], seed: int, draws: int = DRAWS) -> Estimate:
    """Mean of D values and its percentile bootstrap over them; no interval for fewer than 3."""
    known = np.asarray(values, float)
    known = known[~np.isnan(known)]
    if len(known) < 3:
        mean = float(known.mean()) if len(known) else float("nan")
        return Estimate(mean, float("nan"), float("nan"))
    drawn = np.random.default_rng(seed).integers(0, len(known), (draws, len(known)))
    return bounds(float(known.mean()), known[drawn].mean(axis=1))


def bounds(value: float, drawn: np.ndarray) -> Estimate:
    """A value with the 2.5 and 97.5 percentiles of bootstrap draws."""
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Estimate(value, float(low), float(high))


def redrawn_aurocs(
    cases: Sequence[tuple[np.ndarray, np.ndarray]], scores: np.ndarray, seed: int, draws: int
) -> np.ndarray:
    """(T, D) AUROCs with the drugs drawn anew, the same draw for all diseases.

    A drug that is indicated for several diseases is drawn, or not, for all of them at once, so
    that diseases treated by the same drugs do not count as independent. A draw without a positive
    or a negative gives NaN.

    Args:
        cases: per disease the positions of its positives and of its negatives among S drugs.
        scores: (D, S) without NaN at these positions.
        seed: of the draws; the same seed draws the same drugs for other scores.
        draws: T.
    """
    used = np.unique(np.concatenate([np.concatenate(case) for case in cases]))
    weights = np.zeros((draws, scores.shape[1]), np.float32)
    random = np.random.default_rng(seed)
    weights[:, used] = random.multinomial(len(used), np.full(len(used), 1 / len(used)), draws)
    out = np.full((draws, len(cases)), np.nan)
    for at, (positive, negative) in enumerate(cases):
        first, second = scores[at, positive][:, None], scores[at, negative][None]
        won = (first > second) + 0.5 * (first == second)  # (M, N)
        more, less = weights[:, positive], weights[:, negative]
        pairs = more.sum(axis=1) * less.sum(axis=1)
        total = ((more @ won.astype(np.float32)) * less).sum(axis=1)
        np.divide(total, pairs, out=out[:, at], where=pairs > 0)
    return out


def redrawn_mean(drawn: np.ndarray, seed: int) -> np.ndarray:
    """(T,) means over diseases that are drawn anew too, from (T, D) of `redrawn_aurocs`."""
    count, size = drawn.shape
    chosen = np.random.default_rng(seed).integers(0, size, (count, size))
    taken = np.take_along_axis(drawn, chosen, axis=1)
    known = ~np.isnan(taken)
    total, number = np.where(known, taken, 0.0).sum(axis=1), known.sum(axis=1)
    return np.divide(total, number, out=np.full(count, np.nan), where=number > 0)
