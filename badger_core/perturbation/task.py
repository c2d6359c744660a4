"""The task of the perturbation model: batches of cells, the bound to raise, the choosing cells.

The loss is the negative evidence bound per cell. What belongs to a target (its mask, effects and
moves) is paid for once over all of its cells, so each cell carries one share of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from badger_core.perturbation.alignment import Alignment, alignment_loss
from badger_core.perturbation.vae import PerturbationVae
from badger_core.perturbation.vae_parts import CellBatch, VaeOutput
from badger_core.perturbation.vae_score import importance_bound
from badger_core.perturbation.vae_settings import VaeSettings
from badger_core.training.task import DECIDES

_VALID_PARTICLES = 8


@dataclass(frozen=True, eq=False)
class VaeTask:
    """Learn the cells of a screen.

    Attributes:
        train, valid: all cells of both parts.
        alignment: what the network is aligned to.
        settings: of the run.
    """

    train: CellBatch
    valid: CellBatch | None
    alignment: Alignment
    settings: VaeSettings

    @property
    def decides(self) -> bool:
        """Whether there are choosing cells."""
        return self.valid is not None and len(self.valid.counts) > 0

    def batches(self, generator: torch.Generator) -> Iterator[CellBatch]:
        """The training cells in a new order."""
        order = torch.randperm(len(self.train.counts), generator=generator)
        for rows in order.split(self.settings.batch_size):
            yield take(self.train, rows)

    def loss(self, output: VaeOutput, batch: CellBatch) -> Tensor:
        """Negative evidence bound and the alignment, nats per cell."""
        n_cells = len(self.train.counts)
        shared = output.network_divergence.sum() + output.replicate_penalty.sum()
        bound = output.log_likelihood.mean() - output.state_divergence.mean() - shared / n_cells
        aligned = alignment_loss(self.alignment, output.network, batch, n_cells, self.settings)
        return self.settings.alignment_weight * aligned - bound

    def scores(self, model: PerturbationVae, device: torch.device) -> dict[str, float]:
        """The importance-weighted bound per choosing cell; its draws are the same every epoch."""
        found = importance_bound(model, self.valid, _VALID_PARTICLES, self.settings.seed, device)
        return {DECIDES: float(found.mean())}


def take(cells: CellBatch, rows: Tensor) -> CellBatch:
    """The cells at these positions."""
    return CellBatch(*(part[rows] for part in cells))
