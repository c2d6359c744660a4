"""Cells held out at random, or whole targets held out: train, valid and test never share a cell."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.errors import SplitError

TRAIN, VALID, TEST = 0.64, 0.16, 0.20
"""Shares of cells, of the published split."""


class Split(NamedTuple):
    """Three masks over N cells; each cell is in one of them."""

    train: np.ndarray
    valid: np.ndarray
    test: np.ndarray


def by_cell(screen: CellScreen, seed: int) -> Split:
    """64%, 16% and 20% of the cells of each target in each replicate.

    Every target is trained on: it is cells that are new, not targets. One or two cells of a target
    in a replicate all train.
    """
    rng = np.random.default_rng(seed)
    part = np.zeros(len(screen.target), np.int8)
    for cells in _groups(screen):
        part[cells] = _dealt(rng, len(cells), TEST, VALID)
    return _masks(part)


def by_target(screen: CellScreen, folds: int, seed: int) -> list[Split]:
    """In each fold the cells of some targets are tested and never trained on.

    Control cells are dealt as in `by_cell` (the tested ones are what the unseen targets are
    compared with), those of the other targets 80% to train and 20% to valid. Each target is
    tested once.

    Raises:
        SplitError: for fewer than two folds, or more than targets.
    """
    names = screen.targets()
    if not 2 <= folds <= len(names):
        raise SplitError(
            f"{len(names)} targets cannot be dealt to {folds} folds. "
            f"Choose from 2 to {len(names)} folds."
        )
    rng = np.random.default_rng(seed)
    fold_of = dict(zip(rng.permutation(names).tolist(), np.arange(len(names)) % folds, strict=True))
    splits = []
    for fold in range(folds):
        part = np.zeros(len(screen.target), np.int8)
        for cells in _groups(screen):
            name = str(screen.target[cells[0]])
            if name == CONTROL:
                part[cells] = _dealt(rng, len(cells), TEST, VALID)
            elif fold_of[name] == fold:
                part[cells] = 2
            else:
                part[cells] = _dealt(rng, len(cells), 0, VALID / (TRAIN + VALID))
        splits.append(_masks(part))
    return splits


def _groups(screen: CellScreen) -> Iterator[np.ndarray]:
    """Positions of the cells of each target in each replicate, in sorted order."""
    for target in np.unique(screen.target):
        own = np.flatnonzero(screen.target == target)
        for replicate in np.unique(screen.replicate[own]):
            yield own[screen.replicate[own] == replicate]


def _dealt(rng: np.random.Generator, n: int, test: float, valid: float) -> np.ndarray:
    """(n,) 0 train, 1 valid, 2 test, in random order and in these shares, rounded."""
    n_test, n_valid = round(n * test), round(n * valid)
    dealt = np.zeros(n, np.int8)
    dealt[:n_test] = 2
    dealt[n_test : n_test + n_valid] = 1
    return rng.permutation(dealt)


def _masks(part: np.ndarray) -> Split:
    return Split(part == 0, part == 1, part == 2)
