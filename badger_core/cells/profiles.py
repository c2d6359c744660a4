"""Samples on any genes to profiles on the 978, and which of them are fit to be asked about."""

from typing import NamedTuple

import numpy as np

from badger_core.cells.orientation import Oriented
from badger_core.genes.gene_ids import ALIAS, FOUND
from badger_core.genes.panel import GenePanel

LEAST_SHARE = 0.5
"""Landmarks a sample must have, of 978.

Measured on the 13 lines that NCI-60 shares with L1000: without a random half of the genes, and with
noise of 20% of the range of ranks, all 13 still find themselves first; with 80% missing and noise
of 30%, 12. Without the half that is expressed least, the likeness to the 165 lines correlates at
.91 with that of the whole profile: below a half, features rather than identity suffer.
"""
LEAST_VALUES = 10
"""Different values a sample must have: ranks of fewer say next to nothing."""
_SIGNED = 0.25
"""Share of negative values, and of positive ones, from which a sample looks like differences."""


class Aligned(NamedTuple):
    """Samples on the panel.

    Attributes:
        profiles: (S, G) values, NaN where a sample lacks a gene.
        used: (N,) whether an identifier was used.
        duplicates: Entrez ids that several identifiers gave; the mean of their values was taken.
    """

    profiles: np.ndarray
    used: np.ndarray
    duplicates: tuple[int, ...]


def align(oriented: Oriented, panel: GenePanel) -> Aligned:
    """(S, G) profiles. A gene's own name or id beats its aliases; what is left is averaged.

    In a file of the whole genome another gene may be called what a landmark once was: its row is
    left out where the landmark has a row under its own name.
    """
    genes = oriented.genes
    used = np.isin(genes.how, FOUND)
    own = set(genes.entrez[used & (genes.how != ALIAS)].tolist())
    used &= ~((genes.how == ALIAS) & np.isin(genes.entrez, list(own)))
    profiles = np.full((len(oriented.samples), len(panel)), np.nan)
    columns: dict[int, list[int]] = {}
    for at in np.flatnonzero(used):
        columns.setdefault(int(genes.entrez[at]), []).append(int(at))
    for entrez, several in columns.items():
        values = oriented.values[:, several]
        profiles[:, panel.index[entrez]] = values[:, 0] if len(several) == 1 else _mean(values)
    repeated = tuple(sorted(entrez for entrez, several in columns.items() if len(several) > 1))
    return Aligned(profiles, used, repeated)


def why_refused(profile: np.ndarray) -> str:
    """Why a (G,) profile cannot be asked about, with what to do; '' where it can."""
    known = profile[~np.isnan(profile)]
    least = int(np.ceil(LEAST_SHARE * len(profile)))
    if not len(known):
        return "no number for any landmark gene: check the column and its decimal signs"
    if np.isinf(known).any():
        return (
            f"{int(np.isinf(known).sum())} infinite values (or beyond 1e38), as the logarithm of 0 "
            "gives: add a small number before the logarithm, or upload values without it"
        )
    if len(known) < least:
        return (
            f"{len(known)} of {len(profile)} landmark genes, and {least} are needed: upload the "
            "whole profile, not a selection of genes"
        )
    if known.max() <= 0:
        return "no value above 0: upload expression, not p-values or losses"
    if known.max() == known.min():
        return "all values are equal: upload measured expression"
    if len(np.unique(known)) < LEAST_VALUES:
        return (
            f"only {len(np.unique(known))} different values: upload measured expression, not "
            "classes or calls"
        )
    return ""


def looks_like_differences(profile: np.ndarray) -> bool:
    """Whether a (G,) profile has so many values of both signs that it is no basal expression."""
    known = profile[np.isfinite(profile)]
    return bool(min((known < 0).mean(), (known > 0).mean()) >= _SIGNED)


def _mean(values: np.ndarray) -> np.ndarray:
    """(S,) mean over the identifiers of one gene, gaps left out."""
    known = ~np.isnan(values)
    total = np.where(known, values, 0.0).sum(axis=1)
    count = known.sum(axis=1)
    return np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)
