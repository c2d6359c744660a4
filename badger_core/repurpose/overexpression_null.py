"""What the library's drugs score against each over-expression: the null that a match is held to.

Why not permuted genes: landmarks move together, and every compound shares a large part of its
prediction with all others in the line, so against permuted genes most drugs would match most
over-expressions. The library's own predictions in the same lines have both, so a small p says that
the drug does more of it than other drugs do. S compounds of the library, M over-expressed genes,
G landmarks, L lines.
"""

from typing import NamedTuple

import numpy as np

from badger_core.repurpose.overexpression import Gains, likeness
from badger_core.repurpose.predictions import Predictions

LEAST = 1000
"""Compounds that a null needs: p is 1 / (1 + this many) at least, and M tests are corrected for."""
_SLACK = np.float32(1e-5)  # rounding is not a difference


class LibraryNull(NamedTuple):
    """The library's scores.

    Attributes:
        gains: what it was scored against.
        lines: names of the L lines.
        ik14: (S,) structures.
        centre: (L, G) mean prediction of the library, which is taken off every drug.
        middle, spread: (L, M) mean and standard deviation of the library's cosines.
        z: (S, M) float32 standardised cosines, mean over the lines.
        score: (S, M) float32 cosines, mean over the lines.
    """

    gains: Gains
    lines: tuple[str, ...]
    ik14: np.ndarray
    centre: np.ndarray
    middle: np.ndarray
    spread: np.ndarray
    z: np.ndarray
    score: np.ndarray


class Scored(NamedTuple):
    """Drugs against over-expressions, both (S, M): z and cosine, mean over the lines."""

    z: np.ndarray
    score: np.ndarray


def library_null(predictions: Predictions, gains: Gains) -> LibraryNull:
    """Score a library in its lines.

    Args:
        predictions: of S compounds in L lines, `LEAST` compounds or more for small p.
        gains: on the same G genes.
    """
    changes = predictions.changes
    shape = (len(changes), len(gains.table))
    middle, spread = np.zeros(shape), np.zeros(shape)
    centre = changes.mean(axis=1, dtype=np.float64)
    total = np.zeros((2, changes.shape[1], len(gains.table)))
    for at, values in enumerate(changes):
        score = likeness(values - centre[at], gains)
        middle[at], spread[at] = np.nanmean(score, axis=0), np.nanstd(score, axis=0)
        total += standard(score, middle[at], spread[at]), score
    z, score = (total / max(len(changes), 1)).astype(np.float32)
    keys = predictions.compounds["ik14"].to_numpy(str)
    return LibraryNull(gains, predictions.lines, keys, centre, middle, spread, z, score)


def scored(changes: np.ndarray, null: LibraryNull) -> Scored:
    """Score drugs like the library.

    Args:
        changes: (L, S, G) predicted changes of any S drugs, lines in the order of the null's.
        null: of the library in these lines.
    """
    each = [likeness(v - c, null.gains) for v, c in zip(changes, null.centre, strict=True)]
    parts = [standard(s, m, w) for s, m, w in zip(each, null.middle, null.spread, strict=True)]
    return Scored(np.mean(parts, axis=0), np.mean(each, axis=0))


def standard(score: np.ndarray, middle: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """(S, M) scores less the library's mean over its standard deviation; 0 where that is 0."""
    away = score - middle
    return np.divide(away, spread, out=np.zeros_like(away), where=spread > 0)


def chance(z: np.ndarray, keys: np.ndarray, null: LibraryNull) -> np.ndarray:
    """(S, M) two-sided p: compounds of the library as far from their mean, the drug not counted.

    (1 + as far) / (1 + library), after Phipson and Smyth (Stat. Appl. Genet. Mol. Biol. 9:39,
    2010). Exact where the drug is one of the library's kind.

    Args:
        z: (S, M) of `Scored`.
        keys: (S,) ik14; a drug of the library is not set against itself.
        null: the library's.
    """
    library, size = np.abs(null.z), np.abs(z).astype(np.float32) - _SLACK
    row = {key: at for at, key in enumerate(null.ik14.tolist())}
    at = np.array([row.get(str(key), -1) for key in keys], int)
    inside = at >= 0
    p = np.full(z.shape, np.nan)
    for gene in range(z.shape[1]):
        ordered = np.sort(library[:, gene])
        as_far = len(ordered) - np.searchsorted(ordered, size[:, gene], side="left")
        itself = inside & (library[at, gene] >= size[:, gene])
        p[:, gene] = (1 + as_far - itself) / (1 + len(ordered) - inside)
    return np.where(np.isnan(z), np.nan, p)
