"""What the network is aligned to while it learns from the cells: one of three targets, or none.

- `direct`: the posterior of direct effects, conditioned on measured targets (`alignment_direct`);
  sigmoid(W) and E follow it. Signed, and zero under no effect.
- `total`: the pooled log-fold change, shrunken; the totals of the mean network follow it. Signed,
  and zero under no effect.
- `published`: each cell's absolute difference to a control cell, less a threshold; sigmoid(W) with
  its sums of hops follows it.
- `none`.

The published target grows with the spread of a gene whether or not anything was done to it, and
has no sign: it is here to show that. T targets, G genes, B cells, N training cells.
"""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.perturbation.alignment_direct import direct_effects, shrink
from badger_core.perturbation.alignment_fold import Fold
from badger_core.perturbation.effects import depth_of, lognorm
from badger_core.perturbation.mask_network import Reading
from badger_core.perturbation.vae_parts import CellBatch
from badger_core.perturbation.vae_settings import VaeSettings

_LEAST_ERROR = 0.03
_HOPS = 5
_PUBLISHED_WEIGHT = 100.0


class Alignment(NamedTuple):
    """A target of the network; (T, G) each, what is not read is empty.

    Attributes:
        kind: one of `vae_settings.ALIGNMENTS`.
        chance: of a direct effect.
        effect: direct effects or total changes, natural logarithm.
        precision: inverse of their squared error.
    """

    kind: str
    chance: Tensor
    effect: Tensor
    precision: Tensor

    def to(self, device: torch.device) -> "Alignment":
        """The same on another device."""
        return Alignment(self.kind, *(part.to(device) for part in self[1:]))


def alignment(kind: str, fold: Fold, at: np.ndarray, own: np.ndarray, hops: bool) -> Alignment:
    """What training cells say, as a target of this kind; see `direct_effects` for the others."""
    if kind == "direct":
        taught = direct_effects(fold, at, own, hops)
        precision = 1 / np.maximum(taught.error, _LEAST_ERROR) ** 2
        return Alignment(kind, *map(_tensor, (taught.chance, taught.effect, precision)))
    if kind == "total":
        precision = 1 / np.maximum(fold.error, _LEAST_ERROR) ** 2
        return Alignment(kind, torch.empty(0), *map(_tensor, (shrink(fold), precision)))
    return Alignment(kind, torch.empty(0), torch.empty(0), torch.empty(0))


def alignment_loss(
    target: Alignment, network: Reading, batch: CellBatch, n_cells: int, settings: VaeSettings
) -> Tensor:
    """Scalar, per training cell like the other terms.

    Args:
        target: to align to.
        network: what the model believes at this step.
        batch: its differences are read by the published kind.
        n_cells: N.
        settings: threshold and sparsity of the published kind.
    """
    allowed = network.allowed
    if target.kind == "direct":
        on, off = logsigmoid(network.logits), logsigmoid(-network.logits)
        same = target.chance * on + (1 - target.chance) * off
        apart = 0.5 * target.chance * target.precision * (network.effect - target.effect) ** 2
        return ((apart - same) * allowed).sum() / n_cells
    if target.kind == "total":
        apart = (network.total - target.effect) ** 2 * target.precision
        return 0.5 * (apart * allowed).sum() / n_cells
    if target.kind == "published":
        return _published(network, batch, settings)
    return network.effect.new_zeros(())


def differences(screen: CellScreen, seed: int) -> np.ndarray:
    """(N, G) float32 absolute log2 difference of each cell to a random control cell.

    The control cell is of the same replicate where there is one; zero rows for control cells.
    """
    rng = np.random.default_rng(seed)
    level = lognorm(screen.counts, depth_of(screen))
    control = screen.target == CONTROL
    out = np.zeros_like(level)
    for name in np.unique(screen.replicate):
        here = screen.replicate == name
        rows = np.flatnonzero(here & ~control)
        beside = np.flatnonzero(here & control)
        beside = beside if len(beside) else np.flatnonzero(control)
        out[rows] = np.abs(level[rows] - level[rng.choice(beside, len(rows))])
    return out


def _published(network: Reading, batch: CellBatch, settings: VaeSettings) -> Tensor:
    """The published L1 term, its sums of hops divided by the number of nodes at each hop."""
    chance = torch.sigmoid(network.logits) * network.allowed
    n_targets = len(chance)
    rows = (network.at >= 0).nonzero()[:, 0]
    onward, summed = chance, chance
    for _ in range(_HOPS - 1):
        step = torch.zeros(n_targets, n_targets, device=chance.device)
        step[:, rows] = onward[:, network.at[rows]]
        onward = step @ chance / n_targets
        summed = summed + onward
    lost = batch.condition < n_targets
    allowed = network.allowed[batch.condition[lost]]
    apart = summed[batch.condition[lost]] - (batch.difference[lost] - settings.threshold)
    fit = (apart * allowed).abs().mean() if lost.any() else chance.new_zeros(())
    return _PUBLISHED_WEIGHT * fit + settings.sparsity * chance.mean()


def _tensor(values: np.ndarray) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, np.float32))
