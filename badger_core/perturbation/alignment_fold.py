"""What losing a target does to each gene, measured on pooled cells: log-fold change and its error.

The counts of a group are pooled, so that empty cells and depth need no transformation. Control
cells are weighted to the group's mix of replicates. Errors come from the scatter of the cells
(sandwich), and the common inflation from the middle of all |z|, which no effect is to move:
errors are never made smaller than they were measured.

N cells, T targets, G genes.
"""

from typing import NamedTuple

import numpy as np

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.errors import PerturbationError

_PSEUDO = 0.5
_MIDDLE_OF_NORMAL = 0.6745
_STEADY = 0.75


class Fold(NamedTuple):
    """Both (T, G), natural logarithm of fold change against control, and its standard error."""

    change: np.ndarray
    error: np.ndarray


def fold_changes(screen: CellScreen, targets: list[str]) -> Fold:
    """Pooled log-fold changes of each target against control.

    The middle gene of each target is set to zero: counts only tell shares. A change is natural
    logarithm; 0 and an infinite error where a gene has no count in either group.

    Raises:
        PerturbationError: if there is no control cell, or none of a target.
    """
    control = screen.target == CONTROL
    if not control.any():
        raise PerturbationError(f"The screen has no control cells ('{CONTROL}'): add some.")
    totals = screen.counts.sum(1, dtype=np.int64).astype(float)
    changes, errors = [], []
    for name in targets:
        rows = screen.target == name
        if not rows.any():
            raise PerturbationError(f"The screen has no cell of target '{name}'.")
        weight = _weight(screen.replicate, rows, control)
        level, scatter, seen = _pooled(screen.counts[rows], totals[rows], np.ones(rows.sum()))
        beside = _pooled(screen.counts[control], totals[control], weight)
        change = level - beside[0]
        error = np.sqrt(scatter + beside[1])
        steady = error <= np.quantile(error, _STEADY)
        change = change - np.median(change[steady])
        there = (seen + beside[2]) > 0
        changes.append(np.where(there, change, 0.0))
        errors.append(np.where(there, error, np.inf))
    change, error = np.array(changes), np.array(errors)
    finite = np.isfinite(error)
    middle = np.median(np.abs(change[finite] / error[finite])) / _MIDDLE_OF_NORMAL
    return Fold(change, error * max(1.0, float(middle)))


def _weight(replicate: np.ndarray, rows: np.ndarray, control: np.ndarray) -> np.ndarray:
    """(control cells,) that mixes their replicates as in `rows`; ones where it cannot."""
    weight = np.ones(int(control.sum()))
    names = replicate[control]
    for name in np.unique(replicate[rows]):
        there = names == name
        if there.any():
            weight[there] = np.mean(replicate[rows] == name) / there.mean()
    for name in np.setdiff1d(names, replicate[rows]):
        weight[names == name] = 0.0
    return weight if weight.any() else np.ones(len(weight))


def _pooled(
    counts: np.ndarray, totals: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log share of each gene, its variance and its weighted count."""
    weighted = weight[:, None] * counts
    seen = weighted.sum(0)
    share = (seen + _PSEUDO) / ((weight * totals).sum() + _PSEUDO * counts.shape[1])
    residual = weighted - (weight * totals)[:, None] * share
    variance = ((residual**2).sum(0) + _PSEUDO) / (seen + _PSEUDO) ** 2
    return np.log(share), variance, seen
