"""Optional compilation of additive attention: one fused loop where there is a C++ compiler.

Nothing needs it; without a compiler the same algebra runs block by block (`additive.py`).
"""

import shutil

import torch
from torch import Tensor, nn

from badger_core.errors import ProgramError
from badger_core.model.attention import Attention

_COMPILERS = ("g++", "clang++", "c++", "cl")


def compiler() -> str | None:
    """Path of the first C++ compiler of this machine; None where there is none."""
    return next(filter(None, map(shutil.which, _COMPILERS)), None)


def compile_additive(network: nn.Module) -> int:
    """Let every additive attention of a network sum by one compiled loop; how many there are.

    It is compiled at the first forward pass of each shape, which takes some seconds.

    Raises:
        ProgramError: there is no C++ compiler.
    """
    if compiler() is None:
        raise ProgramError("There is no C++ compiler here. Install one, or go on without.")
    layers = [m for m in network.modules() if isinstance(m, Attention) and m.kind == "additive"]
    for layer in layers:
        layer.sums = torch.compile(_sums, dynamic=False)
    return len(layers)


def _sums(ours: Tensor, theirs: Tensor, weights: Tensor) -> Tensor:
    """(N, Q, T), see `additive.weighted_sums`."""
    return (weights[..., None] / (ours[..., None] + theirs[:, None])).sum(2)
