"""How likely held-out cells are under the trained model: the importance-weighted bound.

Method: Burda et al. (2016), IWELBO. Each particle draws one network from the posterior and, for
each cell, one basal state from the encoder, so the bound is on the predictive probability of the
cell given the training cells. P particles, N cells.
"""

import math

import torch
from torch import Tensor

from badger_core.perturbation.mask import sample_normal
from badger_core.perturbation.vae import PerturbationVae
from badger_core.perturbation.vae_parts import CellBatch

_CHUNK = 128


def importance_bound(
    model: PerturbationVae, cells: CellBatch, particles: int, seed: int, device: torch.device
) -> Tensor:
    """(N,) lower bound of each cell's log-probability, nats; it rises with the particles.

    The global random state is left alone, and the same seed gives the same numbers.
    """
    generator = torch.Generator(device).manual_seed(seed)
    was_training = model.training
    model.eval()
    with torch.inference_mode():
        shift, move = model.shifts(particles, generator)
        found = []
        for start in range(0, len(cells.counts), _CHUNK):
            part = CellBatch(*(p[start : start + _CHUNK] for p in cells)).to(device)
            mean, log_sd = model.encoder(part.counts, part.condition, part.replicate)
            state = sample_normal(mean, log_sd, particles, generator)
            joint = model.likelihood_given(part, state, shift, move)
            noise = (state - mean) / log_sd.exp()
            joint = joint + (0.5 * (noise**2 - state**2) + log_sd).sum(-1)
            found.append((torch.logsumexp(joint, 0) - math.log(particles)).cpu())
    model.train(was_training)
    return torch.cat(found) if found else torch.empty(0)
