"""How far the members of an ensemble agree on what they attend to, for one prediction."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from badger_core.evaluation.correlation import spearman
from badger_core.explain.following import LEAST_FRAGMENTS

WELL, IN_PART = 0.8, 0.5
"""Bounds of Spearman for the words used here: a convention, not calibrated."""


class Agreement(NamedTuple):
    """Rank correlation of all pairs of members; NaN where it cannot be told."""

    mean: float
    lowest: float
    highest: float
    members: int

    @property
    def words(self) -> str:
        """The mean in words."""
        if np.isnan(self.mean):
            return "cannot be told"
        if self.mean >= WELL:
            return "agree well"
        return "agree in part" if self.mean >= IN_PART else "hardly agree"


def agreement(values: np.ndarray) -> Agreement:
    """Agreement of members on an order of things.

    Args:
        values: (M, K), one row per member; fewer than two members or three things, or a member
            to whom all is alike, cannot be compared.
    """
    m, k = values.shape
    nothing = Agreement(np.nan, np.nan, np.nan, m)
    if m < 2 or k < LEAST_FRAGMENTS or np.isnan(values).any():
        return nothing
    pairs = list(combinations(range(m), 2))
    rho = spearman(values[[a for a, _ in pairs]], values[[b for _, b in pairs]])
    if np.isnan(rho).any():
        return nothing
    return Agreement(float(rho.mean()), float(rho.min()), float(rho.max()), m)


def following(share: np.ndarray, effect: np.ndarray) -> np.ndarray:
    """(M,) Spearman over fragments of attention share and effect of deletion, by member.

    Args:
        share: (M, F).
        effect: (M, F), NaN where there is nothing to delete.

    Returns:
        NaN with fewer than three fragments.
    """
    if share.shape[1] < LEAST_FRAGMENTS or np.isnan(effect).any():
        return np.full(len(share), np.nan)
    return spearman(effect, share)
