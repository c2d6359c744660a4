"""One line of the report: a mean over compounds, its interval, and what chance gives."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from badger_core.evaluation.compare import cluster_interval


@dataclass(frozen=True)
class Finding:
    """One measure of one check; NaN where something does not exist.

    Attributes:
        check: deletion, enrichment or agreement.
        measure: what was measured, in words.
        member: a network's name, or 'all'.
        value: mean over compounds.
        ci_low, ci_high: 95% interval, bootstrap of compounds.
        null: what chance gives, mean over the draws.
        p: share of the draws at least as large as the value (the value itself counts as one).
        n: compounds.
    """

    check: str
    measure: str
    member: str
    value: float
    ci_low: float
    ci_high: float
    null: float
    p: float
    n: int


def finding(
    check: str,
    measure: str,
    member: str,
    scores: np.ndarray,
    compounds: Sequence[str],
    null: np.ndarray | float = float("nan"),
) -> Finding:
    """Sum up one score per compound.

    Args:
        check: see `Finding`.
        measure: see `Finding`.
        member: see `Finding`.
        scores: (B,) one per compound.
        compounds: (B,) ik14 of each.
        null: (draws,) means that chance gives, or a number where chance is known.
    """
    low = high = float("nan")
    if len(set(compounds)) > 1:
        _, low, high = cluster_interval(scores, clusters=[np.asarray(compounds)])
    value, drawn = float(np.mean(scores)), np.asarray(null, np.float64)
    p = p_value(value, drawn) if drawn.ndim else float("nan")
    return Finding(
        check, measure, member, value, float(low), float(high), float(drawn.mean()), p, len(scores)
    )


def p_value(value: float, null: np.ndarray) -> float:
    """(1 + draws at least as large) / (1 + draws), one-sided; never 0.

    Source: Phipson and Smyth 2010, doi 10.2202/1544-6115.1585.
    """
    return float((1 + np.sum(null >= value - 1e-12)) / (1 + len(null)))
