"""What of an effect the encoder left in the basal states, so that predictions can put it back.

Basal states should be alike in all groups of cells. Where shift and move of a target were shrunken,
the encoder reads the rest of its effect as state: the mean state of the target's cells then leans
away from that of control cells. T targets, Z latent dimensions.
"""

import torch
from torch import Tensor

from badger_core.perturbation.vae import PerturbationVae
from badger_core.perturbation.vae_parts import CellBatch

_CHUNK = 2048


def leaning(vae: PerturbationVae, train: CellBatch) -> Tensor:
    """(T, Z) mean state of each target's training cells less that of control, shrunken.

    Cells are compared within their replicates' mean. By how much a target's whole vector is shrunk
    follows James and Stein (1961): the square that chance alone gives is taken off.
    """
    states = []
    with torch.inference_mode():
        for start in range(0, len(train.counts), _CHUNK):
            part = (field[start : start + _CHUNK] for field in train[:3])
            states.append(vae.encoder(*part)[0])
    state = torch.cat(states)
    control = train.condition == len(vae.targets)
    for place in train.replicate.unique():
        here = train.replicate == place
        beside = here & control if (here & control).any() else control
        state[here] = state[here] - state[beside].mean(0)
    spread = state[control].std(0).clamp_min(1e-3)
    found = torch.zeros(len(vae.targets), state.shape[1])
    for row in range(len(vae.targets)):
        own = state[train.condition == row]
        error = spread * (1 / len(own) + 1 / control.sum()) ** 0.5
        lean = own.mean(0)
        excess = (lean / error).square().mean()
        found[row] = lean * (1 - 1 / excess).clamp_min(0)
    return found
