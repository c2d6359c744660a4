"""Scores of the benchmark as rows, with paired intervals. N cells, T targets, G genes."""

from collections.abc import Callable

import numpy as np

from badger_core.perturbation.recovery import areas

TOP = 20
"""Genes of a target with the largest effect in the unread cells (Baek et al. 2025)."""
DRAWS = 1000
LEAD = ", lead"
"""End of the name of a difference to a rival."""

OURS = "GPO-VAE"

Row = dict[str, object]
Report = Callable[[str], None]
NAN = float("nan")


def row(contender: str, metric: str, value: float, low: float = NAN, high: float = NAN) -> Row:
    """One figure of the tables."""
    return {
        "contender": contender,
        "metric": metric,
        "value": float(value),
        "low": float(low),
        "high": float(high),
    }


def pearson(one: np.ndarray, two: np.ndarray) -> float:
    """Pearson correlation of two vectors; NaN if one does not vary."""
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(two) == 0:
        return NAN
    return float(np.corrcoef(one, two)[0, 1])


def top_pairs(measured: np.ndarray, judged: np.ndarray, top: int = TOP) -> np.ndarray:
    """(T, G) truths, the judged genes of each target with the largest measured effect."""
    size = np.where(judged, np.abs(measured), -1.0)
    rank = np.argsort(np.argsort(-size, axis=1, kind="stable"), axis=1)
    return (rank < top) & judged


def effect_rows(
    predicted: dict[str, np.ndarray], measured: np.ndarray, judged: np.ndarray, against: str
) -> list[Row]:
    """Correlations of predicted with measured effects, and each contender's less that of one.

    Three ways: over all pairs, over each target's top genes together, and as the mean over targets
    of their own. Intervals of the differences (95%) draw targets.

    Args:
        predicted: contender to (T, G).
        measured: (T, G) of unread cells; targets without cells are NaN and are left out.
        judged: (T, G) truths.
        against: the contender that the others are compared with.
    """
    kept = np.isfinite(measured).all(axis=1)
    measured, judged = measured[kept], judged[kept]
    predicted = {name: values[kept] for name, values in predicted.items()}
    chosen = {"pearson": judged, f"pearson top {TOP}": top_pairs(measured, judged)}
    found = []
    for metric, pairs in chosen.items():
        for name, values in predicted.items():
            found.append(row(name, metric, pearson(values[pairs], measured[pairs])))
            if name != against:
                found.append(_lead(name, metric, values, predicted[against], measured, pairs))
    for name, values in predicted.items():
        own = _each(values, measured, judged)
        found.append(row(name, "pearson by target", np.nanmean(own)))
        if name != against:
            apart = own - _each(predicted[against], measured, judged)
            rng = np.random.default_rng(0)
            drawn = [np.nanmean(rng.choice(apart, len(apart))) for _ in range(DRAWS)]
            ends = np.nanquantile(drawn, [0.025, 0.975])
            found.append(row(name, f"pearson by target{LEAD}", np.nanmean(apart), *ends))
    return found


def edge_rows(
    scores: dict[str, np.ndarray], truth: dict[str, np.ndarray], judged: np.ndarray
) -> list[Row]:
    """Areas of each contender's score for each kind of truth, and the share of true pairs."""
    found = []
    for kind, actual in truth.items():
        for name, score in scores.items():
            area = areas(np.abs(score), actual, judged)
            found.append(row(name, f"AUPRC {kind}", area.auprc))
            found.append(row(name, f"AUROC {kind}", area.auroc))
        found.append(row("chance", f"AUPRC {kind}", area.base))
    return found


def likelihood_rows(found: dict[str, np.ndarray], ours: str, against: str) -> list[Row]:
    """Mean log-likelihood per cell (nats), and the difference paired over cells with 95%."""
    rows = []
    for name, values in found.items():
        rows.append(row(name, "log-likelihood per cell", values.mean()))
    apart = found[ours] - found[against]
    reach = 1.96 * apart.std(ddof=1) / np.sqrt(len(apart))
    middle = apart.mean()
    rows.append(row(ours, f"log-likelihood per cell{LEAD}", middle, middle - reach, middle + reach))
    return rows


def _lead(
    name: str,
    metric: str,
    values: np.ndarray,
    against: np.ndarray,
    measured: np.ndarray,
    pairs: np.ndarray,
) -> Row:
    """Difference of two correlations over the same pairs, with an interval that draws targets."""
    rng = np.random.default_rng(0)
    sums = [_sums(one, measured, pairs) for one in (values, against)]
    drawn = []
    for number in range(DRAWS + 1):
        rows = np.arange(len(measured))
        if number:
            rows = rng.integers(0, len(measured), len(measured))
        one, two = (_from_sums(part[rows].sum(axis=0)) for part in sums)
        drawn.append(one - two)
    return row(name, f"{metric}{LEAD}", drawn[0], *np.nanquantile(drawn[1:], [0.025, 0.975]))


def _sums(one: np.ndarray, two: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """(T, 6) of each target: count, x, y, xx, yy, xy."""
    x, y = (np.where(pairs, part, 0.0).astype(float) for part in (one, two))
    parts = (pairs, x, y, x * x, y * y, x * y)
    return np.stack([part.sum(axis=1) for part in parts], axis=1)


def _from_sums(sums: np.ndarray) -> float:
    n, x, y, xx, yy, xy = sums
    below = (n * xx - x * x) * (n * yy - y * y)
    return float((n * xy - x * y) / np.sqrt(below)) if below > 0 else NAN


def _each(values: np.ndarray, measured: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """(T,) correlation of each target over its judged genes."""
    parts = zip(values, measured, judged, strict=True)
    return np.array([pearson(v[j], m[j]) for v, m, j in parts])
