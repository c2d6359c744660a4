"""Scores that compare a drug's and a disease's values gene by gene, on the genes both have.

Negative scores mean reversal throughout.
"""

import numpy as np

from badger_core.ranks import average_ranks
from badger_core.repurpose.changes import Changes


def cosine(drugs: Changes, disease: np.ndarray) -> np.ndarray:
    """(S,) cosine of the angle between a drug's changes and a disease's, not centred.

    Args:
        drugs: S drugs on G genes.
        disease: (G,) values; NaN takes no part.

    Returns:
        From -1 to 1; NaN where either has no change other than 0 on the shared genes.
    """
    known = ~np.isnan(disease)
    target = np.where(known, disease, 0.0)
    drug_size = (drugs.filled**2) @ known.astype(float)
    disease_size = drugs.known @ target**2
    return _ratio(drugs.filled @ target, np.sqrt(drug_size * disease_size))


def spearman(drugs: Changes, disease: np.ndarray) -> np.ndarray:
    """(S,) Spearman's rank correlation (1904), ties sharing their mean rank.

    Args:
        drugs: S drugs on G genes.
        disease: (G,) values; NaN takes no part.

    Returns:
        From -1 to 1; NaN where either has the same value on all shared genes.
    """
    known = ~np.isnan(disease)
    shared, target = drugs.subset(known), disease[known]
    if not len(target):
        return np.full(len(drugs.values), np.nan)
    ranks = shared.ranks
    if shared.complete:
        goal = average_ranks(target)
        goal = goal - goal.mean()
        middle = (len(target) + 1) / 2  # ties do not move the mean of ranks
        size = np.sqrt(((ranks - middle) ** 2).sum(axis=1) * (goal**2).sum())
        return _ratio(ranks @ goal, size)
    goals = average_ranks(np.where(shared.known, target, np.nan))
    first, second = (_centred(each, shared.known) for each in (ranks, goals))
    size = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    return _ratio((first * second).sum(axis=1), size)


def _centred(ranks: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(S, G) ranks minus the row's mean, 0 where missing."""
    middle = (known.sum(axis=1, keepdims=True) + 1) / 2
    return np.where(known, ranks - middle, 0.0)


def _ratio(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    """(S,) quotient within -1 and 1, NaN where there is nothing to divide by."""
    quotient = np.divide(over, under, out=np.full(len(over), np.nan), where=under > 0)
    return np.clip(quotient, -1.0, 1.0)
