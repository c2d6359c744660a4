"""Peak memory of one forward pass, each contestant in a process of its own."""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import torch

from badger_core.benchmark.speed_case import case_named
from badger_core.benchmark.speed_reference import literal_change

_STATUS = Path("/proc/self/status")
_RESET = Path("/proc/self/clear_refs")


def peak_mb(name: str, ours: bool, size: int, models: Path, bundle: Path | None) -> float:
    """Megabytes that a pass over `size` pairs takes beyond imports, weights and the batch.

    Args:
        name: of the case.
        ours: the own pass, else the literal one.
        size: B.
        models: folder of the shipped models.
        bundle: folder of the data; None for the shipped one.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, name, ours, size, models, bundle).result()


def _measured(name: str, ours: bool, size: int, models: Path, bundle: Path | None) -> float:
    torch.set_num_threads(1)
    case = case_named(name, models, bundle, size)
    one, batch = case.batch(1), case.batch(size)
    with torch.inference_mode():
        call = case.network.without_maps if ours else partial(literal_change, case.network)
        case.network.without_maps(one)  # what libraries set up at first is no part of it
        before = _begin()
        call(batch)
    return max(0.0, highest_mb() - before)


def _begin() -> float:
    """Resident megabytes now; the high-water mark begins anew where the system can do that."""
    if _RESET.exists():
        _RESET.write_text("5")
        return _status("VmRSS")
    return highest_mb()


def highest_mb() -> float:
    """High-water mark of resident megabytes."""
    if _STATUS.exists():
        return _status("VmHWM")  # ru_maxrss also counts the process that this one was forked from
    if os.name == "nt":
        return 0.0
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _status(key: str) -> float:
    lines = _STATUS.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key + ":")) / 2**10
