"""The own forward pass against the literal one in one run: time, results, memory and the bound.

Contestants take turns round by round, and a ratio is the median over rounds of what was measured in
the same round, so that other work on the machine disturbs both alike.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from badger_core.benchmark.speed_bound import rates, work_of
from badger_core.benchmark.speed_case import Case
from badger_core.benchmark.speed_reference import literal_change
from badger_core.model.compiled import compile_additive, compiler

MAIN = 8
"""Batch that the goals speak of."""
TOP = 100


class Raced(NamedTuple):
    """Both passes over batches of one size, with one number of threads."""

    threads: int
    batch: int
    pairs_per_s: float
    reference_pairs_per_s: float
    ratio: float
    max_rank_change_top100: int
    score_difference: float
    bound_pairs_per_s: float
    bound_share: float  # pairs_per_s over the bound, median of rounds


def race(case: Case, batch: int, threads: int, rounds: int) -> Raced:
    """Time both passes `rounds` times in turn, and compare what they predict."""
    data = case.batch(batch)
    work = work_of(case.network, data)
    with _threads(threads), torch.inference_mode():
        ours = case.network.without_maps(data).change
        reference = literal_change(case.network, data)
        own_s, reference_s, bounds = [], [], []
        for _ in range(rounds):
            own_s.append(timed(lambda: case.network.without_maps(data)))
            reference_s.append(timed(lambda: literal_change(case.network, data)))
            bounds.append(rates().pairs_per_s(work))
    pairs = zip(own_s, reference_s, bounds, strict=True)
    ratios, shares = zip(*((r / o, batch / o / b) for o, r, b in pairs), strict=True)
    return Raced(
        threads,
        batch,
        batch / median(own_s),
        batch / median(reference_s),
        median(ratios),
        max_rank_change(ours.numpy(), reference.numpy(), TOP),
        float((ours - reference).abs().max()),
        median(bounds),
        median(shares),
    )


class Compiled(NamedTuple):
    """The own pass with its additive attention compiled; None and the reason where it is not."""

    ratio: float | None
    pairs_per_s: float | None
    max_rank_change_top100: int | None
    score_difference: float | None
    compiling_s: float | None
    note: str


def race_compiled(case: Case, rounds: int) -> Compiled:
    """The compiled pass against the literal one at batch MAIN on one thread."""
    if compiler() is None:
        return Compiled(*[None] * 5, "There is no C++ compiler on this machine.")
    data, network = case.batch(MAIN), deepcopy(case.network)
    with _threads(1), torch.inference_mode():
        compile_additive(network)
        try:
            compiling = timed(lambda: network.without_maps(data))
        except Exception as error:  # noqa: BLE001 - a compiler fails in as many ways as there are
            return Compiled(*[None] * 5, f"Compiling failed: {str(error).splitlines()[0][:200]}")
        ours = network.without_maps(data).change
        reference = literal_change(case.network, data)
        own_s, reference_s = [], []
        for _ in range(rounds):
            own_s.append(timed(lambda: network.without_maps(data)))
            reference_s.append(timed(lambda: literal_change(case.network, data)))
    return Compiled(
        median(r / o for o, r in zip(own_s, reference_s, strict=True)),
        MAIN / median(own_s),
        max_rank_change(ours.numpy(), reference.numpy(), TOP),
        float((ours - reference).abs().max()),
        compiling,
        f"compiled by {Path(compiler()).name}",
    )


class Linear(NamedTuple):
    """How time grows with the number of pairs."""

    pairs: int
    growth: float  # time for twice the pairs over the time for them
    linear: bool


def race_linear(case: Case, pairs: int, rounds: int) -> Linear:
    """Time `pairs` and twice as many, in batches of MAIN on one thread, in turn."""
    data = [case.batch(MAIN)] * (pairs // MAIN)
    once_s, twice_s = [], []
    with _threads(1), torch.inference_mode():
        for _ in range(rounds):
            once_s.append(timed(lambda: _all(case.network.without_maps, data)))
            twice_s.append(timed(lambda: _all(case.network.without_maps, data * 2)))
    growth = median(t / o for o, t in zip(once_s, twice_s, strict=True))
    return Linear(pairs, growth, is_linear(growth))


def is_linear(growth: float, tolerance: float = 0.25) -> bool:
    """Whether twice the pairs take twice the time, up to a share of it."""
    return abs(growth / 2 - 1) <= tolerance


def max_rank_change(found: np.ndarray, expected: np.ndarray, top: int) -> int:
    """Largest change of place among the first and the last `top` genes of each expected ranking.

    Args:
        found: (B, G) scores; the highest has the first place.
        expected: scores of the same shape to compare with.
        top: how many genes of each end.
    """
    ours, theirs = (np.argsort(np.argsort(-s, 1, "stable"), 1) for s in (found, expected))
    ends = (theirs < top) | (theirs >= theirs.shape[1] - top)
    return int(np.abs(ours - theirs)[ends].max())


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _all(call: Callable[[object], Tensor], batches: Sequence[object]) -> None:
    for batch in batches:
        call(batch)


@contextmanager
def _threads(number: int) -> Iterator[None]:
    """Torch on so many threads within."""
    before = torch.get_num_threads()
    torch.set_num_threads(number)
    try:
        yield
    finally:
        torch.set_num_threads(before)
