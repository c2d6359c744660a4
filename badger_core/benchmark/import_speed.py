"""Times an import, and training on what it made, in a process of its own, beside a plain read."""

import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import h5py
import numpy as np
import torch

from badger_core.benchmark.import_file import Files
from badger_core.benchmark.speed_memory import highest_mb
from badger_core.data.bundle import Bundle
from badger_core.data.gctx import MATRIX
from badger_core.data.hdf5 import forget_before
from badger_core.data.imports.assemble import Request, import_bundle
from badger_core.data.imports.choose import Tables
from badger_core.training.run import train_fold
from badger_core.training.settings import changed, run_named

_SLICE = 32 << 20


class Imported(NamedTuple):
    """One import of N signatures."""

    signatures: int
    kept: int
    gigabytes: float  # of the matrix
    raw_s: float  # plain sequential read by h5py, the file not in the system's cache
    raw_forgetting_s: float  # the same, where the system forgets what was read, as in an import
    raw_cached_s: float  # the same from the cache
    values_s: float  # reading, packing, hashing and writing values, the file not in the cache
    values_cached_s: float  # the same, the file in the cache
    whole_s: float  # the whole import, tables, structures and splits included
    peak_mb: float  # of the whole process, libraries included
    base_mb: float  # of the same process before the import

    @property
    def raw_ratio(self) -> float:
        """Throughput of the values over that of the plain read."""
        return self.raw_s / self.values_s

    @property
    def forgetting_ratio(self) -> float:
        """The same, the plain read helped by the import's own way with the system's cache."""
        return self.raw_forgetting_s / self.values_s

    @property
    def cached_ratio(self) -> float:
        """The same where both find the file in the system's cache."""
        return self.raw_cached_s / self.values_cached_s

    @property
    def whole_ratio(self) -> float:
        """The same for the whole import."""
        return self.raw_s / self.whole_s


def time_import(files: Files, out: Path, repeat: int) -> Imported:
    """Read the file plainly, then import it, in turns; before each the system forgets the file.

    Both are also done with the file in the system's cache.

    Each time is the least of the rounds, because other work on the machine only adds to it; the
    memory is the most of them.
    """
    raws, forgetting, cached, rounds, cached_rounds = [], [], [], [], []
    for _ in range(repeat):
        forget(files.gctx)
        forgetting.append(_plain_read(files.gctx, forgetting=True)[0])
        forget(files.gctx)
        seconds, count = _plain_read(files.gctx)
        raws.append(seconds)
        cached.append(_plain_read(files.gctx)[0])
        shutil.rmtree(out, ignore_errors=True)
        cached_rounds.append(_apart(_import, files, out)["values_s"])
        forget(files.gctx)
        shutil.rmtree(out, ignore_errors=True)
        rounds.append(_apart(_import, files, out))
    best = {name: min(one[name] for one in rounds) for name in rounds[0]}
    best["peak_mb"] = max(one["peak_mb"] for one in rounds)
    return Imported(
        count,
        gigabytes=files.gctx.stat().st_size / 1e9,
        raw_s=min(raws),
        raw_forgetting_s=min(forgetting),
        raw_cached_s=min(cached),
        values_cached_s=min(cached_rounds),
        **best,
    )


def time_training(bundle: Path, state: Path, changes: tuple[str, ...]) -> dict[str, float]:
    """Two epochs of the plain network on a bundle, and the most memory that took."""
    return _apart(_train, bundle, state, changes)


def forget(path: Path) -> None:
    """Have the system write the file out and drop it from its cache, where it can do that."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _apart(work: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _plain_read(path: Path, forgetting: bool = False) -> tuple[float, int]:
    """Seconds of reading the matrix from its first to its last column into one buffer."""
    with h5py.File(path, "r") as file:
        matrix = file[MATRIX]
        count, width = matrix.shape
        step = max(1, _SLICE // (4 * width))
        buffer = np.zeros((step, width), np.float32)
        start = time.perf_counter()
        for at in range(0, count, step):
            stop = min(at + step, count)
            matrix.read_direct(buffer, np.s_[at:stop], np.s_[: stop - at])
            if forgetting:
                forget_before(matrix, stop)
        return time.perf_counter() - start, count


def _import(files: Files, out: Path) -> dict[str, Any]:
    base, marks = highest_mb(), {}
    given = Tables(signatures=files.siginfo, compounds=files.pertinfo, genes=files.geneinfo)
    begin = time.perf_counter()

    def step(sentence: str) -> None:
        marks[sentence.split()[0] + sentence.split()[-1]] = time.perf_counter()

    manifest = import_bundle(Request(files.gctx, given), out, step, lambda _: None)
    end = time.perf_counter()
    return {
        "kept": manifest["import"]["signatures"],
        "values_s": marks["tableslines"] - marks["valuessignatures"],
        "whole_s": end - begin,
        "peak_mb": highest_mb(),
        "base_mb": base,
    }


def _train(bundle: Path, state: Path, changes: tuple[str, ...]) -> dict[str, Any]:
    torch.set_num_threads(1)
    opened, sentences = Bundle(bundle), []
    base, begin = highest_mb(), time.perf_counter()
    settings = replace(changed(run_named("mlp"), list(changes)), epochs=2)
    train_fold(
        opened,
        settings,
        "unseen-compound",
        1,
        state / "checkpoints",
        state,
        torch.device("cpu"),
        "badger bench import",
        sentences.append,
    )
    return {
        "rows": int(opened.manifest["rows"]["signatures"]),
        "pairs": int(sentences[0].split()[0]),
        "epochs": 2,
        "seconds": time.perf_counter() - begin,
        "peak_mb": highest_mb(),
        "base_mb": base,
    }
