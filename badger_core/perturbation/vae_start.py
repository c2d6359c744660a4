"""What the model starts from: names, and numbers measured on the training cells alone."""

from typing import NamedTuple

import numpy as np
import torch

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.errors import PerturbationError
from badger_core.perturbation.alignment_fold import Fold, fold_changes
from badger_core.perturbation.effects import depth_of
from badger_core.perturbation.vae_parts import CellBatch, World

HALF_LOST = float(np.log(0.5))
"""A knockout is taken to cost at least half of a target's transcripts: of a cut gene the transcript
can stay while the protein goes, and a small loss would make what passes through it too large."""

_QUANTILES = 41
_LEAST_SCALE = 0.05
_PSEUDO = 0.5


class Start(NamedTuple):
    """A world, and the pooled changes it was read from."""

    world: World
    fold: Fold


def start_of(train: CellScreen) -> Start:
    """Read the training cells.

    Raises:
        PerturbationError: without control cells or without targets.
    """
    targets = train.targets()
    if not targets:
        raise PerturbationError("The screen has no perturbed cells: there is nothing to learn.")
    fold = fold_changes(train, targets)
    place = {str(name): i for i, name in enumerate(train.genes)}
    at = np.array([place.get(name, -1) for name in targets])
    lost = fold.change[np.arange(len(targets)), at]
    control = train.target == CONTROL
    counts = train.counts.astype(np.float64)
    totals = np.maximum(counts.sum(1), 1)
    depth = depth_of(train)
    level = np.log1p(counts * (depth / totals)[:, None])
    seen = counts[control].sum(0) + _PSEUDO
    groups = [train.target == name for name in [*targets, CONTROL]]
    quantiles = np.linspace(0.01, 0.99, _QUANTILES)
    world = World(
        tuple(map(str, train.genes)),
        tuple(targets),
        tuple(sorted(set(train.replicate.tolist()))),
        torch.from_numpy(at),
        _float(np.minimum(np.where(at >= 0, lost, HALF_LOST), HALF_LOST)),
        _float(np.log(seen / seen.sum())),
        _float(np.log(_inverse_dispersion(counts[control], totals[control]))),
        _float(level.mean(0)),
        _float(np.maximum(level.std(0), _LEAST_SCALE)),
        depth,
        _float(np.stack([np.quantile(totals[rows], quantiles) for rows in groups])),
    )
    return Start(world, fold)


def cells_of(
    screen: CellScreen,
    targets: tuple[str, ...],
    replicates: tuple[str, ...],
    difference: np.ndarray | None = None,
) -> CellBatch:
    """All cells of a screen as one batch; unknown replicates share the last place.

    Raises:
        PerturbationError: if a cell aims at a target that the model does not know.
    """
    condition = {name: i for i, name in enumerate([*targets, CONTROL])}
    unknown = sorted(set(screen.target.tolist()) - set(condition))
    if unknown:
        raise PerturbationError(
            f"The model was not trained on target '{unknown[0]}'. Leave its cells out, or train "
            "on a screen that has it."
        )
    place = {name: i for i, name in enumerate(replicates)}
    if difference is None:
        difference = np.zeros((len(screen.target), 0), np.float32)
    return CellBatch(
        torch.from_numpy(screen.counts.astype(np.float32)),
        torch.tensor([condition[name] for name in screen.target.tolist()], dtype=torch.long),
        torch.tensor([place.get(n, len(place)) for n in screen.replicate.tolist()]).long(),
        torch.from_numpy(difference),
    )


def _inverse_dispersion(counts: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """(G,) r by moments, within 0.05 and 100: the excess of squared residuals over the mean."""
    mean = totals[:, None] * (counts.sum(0) + _PSEUDO) / totals.sum()
    excess = ((counts - mean) ** 2 - mean).sum(0)
    return np.clip((mean**2).sum(0) / np.maximum(excess, 1e-9), 0.05, 100)


def _float(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, np.float32))
