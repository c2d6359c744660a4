"""How fast a forward pass could be on this machine: its work over the machine's sustained rates.

The work is counted: multiplications and additions of matrices, and the terms of additive attention,
each of which needs one division. The rates are measured on numbers that stay in the cache.
"""

import time
from typing import NamedTuple

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from badger_core.data.batch import Batch
from badger_core.model.attention import Attention

_DIVIDED = 2**14
"""Numbers divided at once: 64 KB."""
_SIDE = 512
_LEAST_S = 0.05


class Work(NamedTuple):
    """What one pair needs."""

    flop: float  # of matrix products; a multiplication and an addition count 2
    divisions: float  # one per sample, head, query, key and channel of additive attention


class Rates(NamedTuple):
    """What this machine sustains."""

    flop_per_s: float  # product of two 512 x 512 matrices in float32
    divisions_per_s: float  # reciprocals in float32, read and written in the cache

    def pairs_per_s(self, work: Work) -> float:
        """Bound: both kinds of work at their rate one after the other, and nothing else."""
        return 1 / (work.flop / self.flop_per_s + work.divisions / self.divisions_per_s)


def work_of(network: nn.Module, batch: Batch) -> Work:
    """Work per pair of a batch of B, counted while its ordinary forward pass runs."""
    terms = [0]

    def count(layer: Attention, _inputs: tuple, output: tuple) -> None:
        weights = output[1]  # (B, N, Q, K)
        terms[0] += weights.numel() * layer.direction.shape[1]

    layers = [m for m in network.modules() if isinstance(m, Attention) and m.kind == "additive"]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    counter = FlopCounterMode(display=False)
    try:
        # Not in inference mode, in which this counter sees nothing of matrix products.
        with torch.no_grad(), counter:
            network(batch)
    finally:
        for hook in hooks:
            hook.remove()
    size = len(batch.cell)
    return Work(counter.get_total_flops() / size, terms[0] / size)


def rates() -> Rates:
    """Measured now, with as many threads as torch has now; about a tenth of a second."""
    left, right = torch.rand(_SIDE, _SIDE), torch.rand(_SIDE, _SIDE)
    product = torch.empty(_SIDE, _SIDE)
    numbers = torch.rand(_DIVIDED * torch.get_num_threads()) + 1
    divided = torch.empty_like(numbers)
    per_product = _seconds(lambda: torch.mm(left, right, out=product))
    per_pass = _seconds(lambda: torch.reciprocal(numbers, out=divided))
    return Rates(2 * _SIDE**3 / per_product, numbers.numel() / per_pass)


def _seconds(call: object) -> float:
    """Seconds of one call, over enough of them."""
    for _ in range(3):
        call()
    calls, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < _LEAST_S:
        for _ in range(8):
            call()
        calls += 8
    return spent / calls
