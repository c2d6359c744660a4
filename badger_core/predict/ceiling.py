"""How well any predictor could agree with what was measured of a pair, by how its repeats agree."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.evaluation.replicates import SAME_FILED_TWICE, bound
from badger_core.predict.baseline import tied_ranks
from badger_core.predict.measured import Measured, weights_in_mean

MOST = 200
"""Signatures that are compared with each other; a plate control has hundreds."""
_COLUMNS = {"sources", "stratum", "metric", "agreement"}


@dataclass(frozen=True)
class Ceiling:
    """What the noise of a measurement leaves for a predictor.

    Attributes:
        agreement: Spearman correlation of two single signatures.
        n_signatures: distinct ones behind the measured mean.
        n_alike: how many signatures of equal weight the mean is worth.
        bound: correlation with the measured mean that a predictor without error would reach.
        own: True where the pair's own signatures tell, False where the benchmark's mean is quoted.
    """

    agreement: float
    n_signatures: int
    n_alike: float
    bound: float
    own: bool


def ceiling(measured: Measured, typical: float | None) -> Ceiling | None:
    """The ceiling of a pair: by its own signatures where there are two, else by what is typical.

    Signatures of all doses and times are taken as repeats, for a prediction knows neither. One
    that was filed twice counts once. A mean of n alike is worth 1 / sum of squared weights.

    Args:
        measured: of the pair.
        typical: agreement of two signatures of other pairs, None where it is not at hand.
    """
    alike = agreements(measured.each[:MOST])
    first = first_filings(alike)
    kept = np.unique(first)
    weights = np.bincount(first, weights_in_mean(measured.sources[:MOST]))[kept]
    n_alike = float(1 / (weights**2).sum())
    own = len(kept) > 1
    if own:
        typical = float(alike[np.ix_(kept, kept)][np.triu_indices(len(kept), 1)].mean())
    if typical is None:
        return None
    return Ceiling(typical, len(kept), n_alike, float(bound(typical, n_alike)), own)


def agreements(ranks: np.ndarray) -> np.ndarray:
    """(N, N) Spearman correlations of N signatures, over the genes that all of them have."""
    ranks = tied_ranks(ranks[:, ~np.isnan(ranks).any(axis=0)])
    ranks -= ranks.mean(axis=1, keepdims=True)
    length = np.linalg.norm(ranks, axis=1, keepdims=True)
    ranks = ranks / np.where(length > 0, length, 1)
    return ranks @ ranks.T


def first_filings(alike: np.ndarray) -> np.ndarray:
    """(N,) position of the first signature that is the same measurement; mostly its own.

    Args:
        alike: (N, N) correlations of the signatures.
    """
    first = np.arange(len(alike))
    for row in range(len(alike)):
        earlier = np.unique(first[:row])
        same = earlier[alike[row, earlier] > SAME_FILED_TWICE]
        if len(same):
            first[row] = same[0]
    return first


def typical_agreement(path: Path, active: bool) -> float | None:
    """Spearman of two measurements of one condition within a source, from the benchmark's table.

    Args:
        path: `replicates.csv`.
        active: whether the signature in question is in the strongest third of its source.

    Returns:
        None where the table is not at hand or has another shape.
    """
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError):
        return None
    if not _COLUMNS.issubset(table):
        return None
    rows = table.set_index(["sources", "stratum", "metric"])["agreement"]
    wanted = ("same", "active" if active else "all", "spearman")
    return float(rows[wanted]) if wanted in rows.index else None
