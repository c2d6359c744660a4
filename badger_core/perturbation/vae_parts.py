"""What goes into the perturbation model, what comes out, and what it starts from.

B cells, P particles, T targets, G genes, R replicates, Q quantiles.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from badger_core.perturbation.mask_network import Reading


class CellBatch(NamedTuple):
    """Cells of one step.

    Attributes:
        counts: (B, G) float, whole numbers.
        condition: (B,) position of the target, T for control.
        replicate: (B,) position of the replicate, the last one for an unknown one.
        difference: (B, G) what the published alignment reads; (B, 0) for the others.
    """

    counts: Tensor
    condition: Tensor
    replicate: Tensor
    difference: Tensor

    def to(self, device: torch.device) -> "CellBatch":
        """The same on another device."""
        return CellBatch(*(part.to(device) for part in self))


class VaeOutput(NamedTuple):
    """Of one batch, nats.

    Attributes:
        log_likelihood: (P, B) of each cell's counts, summed over genes.
        state_divergence: (B,) of the basal state from its prior.
        network_divergence: (T,) of mask, effects and state moves from theirs.
        replicate_penalty: (1,) negative log prior of the replicates' offsets.
        network: what the model believes of it.
    """

    log_likelihood: Tensor
    state_divergence: Tensor
    network_divergence: Tensor
    replicate_penalty: Tensor
    network: Reading


class World(NamedTuple):
    """Names in order and numbers measured on the training cells that the model starts from.

    Attributes:
        genes, targets, replicates: (G,), (T,), (R,) names.
        at: (T,) position of each target among the genes, -1 where it was not measured.
        own: (T,) log-fold change that stands for the whole loss of a measured target.
        base: (G,) log share of each gene in control cells.
        log_inverse_dispersion: (G,) log r.
        centre, scale: (G,) of the transformed counts.
        depth: transcripts that cells are brought to.
        libraries: (T + 1, Q) quantiles of transcripts per training cell; the last row is control.
    """

    genes: tuple[str, ...]
    targets: tuple[str, ...]
    replicates: tuple[str, ...]
    at: Tensor
    own: Tensor
    base: Tensor
    log_inverse_dispersion: Tensor
    centre: Tensor
    scale: Tensor
    depth: float
    libraries: Tensor
