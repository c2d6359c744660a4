"""Writes the matrix of a bundle block by block, and goes on where an interrupted import stopped."""

import hashlib
import json
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from badger_core.data.imports.packing import Packed
from badger_core.errors import StoppedError
from badger_core.files import write_whole

BLOCK = 2048
"""Signatures at a time: some 8 MB of float32."""
_NOTE_EVERY_S = 30.0
"""A kill loses at most so much work; the disk is waited for at each note."""
_JOURNAL, _VALUES = "journal.json", "values.npy"
_SIDES = {"unit": np.float32, "strength": np.float32, "measured": np.int16}


class Progress(NamedTuple):
    """How far the values are."""

    done: int  # rows, those of an earlier attempt with them
    total: int
    seconds_left: float | None  # at the pace of this attempt


class Part(NamedTuple):
    """Consecutive rows that come from one place; `read` gives those from start to stop."""

    count: int
    read: Callable[[int, int], Packed]


class Written(NamedTuple):
    """The finished matrix.

    Attributes:
        path: of the (S, G) int16 values, as .npy.
        unit: (S,) float32.
        strength: (S,) float32.
        measured: (S,) int16.
        sha256: of the file.
        resumed: rows that an earlier attempt had written.
    """

    path: Path
    unit: np.ndarray
    strength: np.ndarray
    measured: np.ndarray
    sha256: str
    resumed: int


class _Sink:
    """The files under way; other threads write and hash while the next block is read."""

    def __init__(self, folder: Path, rows: int, genes: int, plan: str) -> None:
        self._folder, self._plan, self._width = folder, plan, genes * 2
        folder.mkdir(parents=True, exist_ok=True)
        self.done = self._noted(rows)
        mode = "r+" if self.done else "w+"
        matrix = np.lib.format.open_memmap(folder / _VALUES, mode, np.int16, (rows, genes))
        self._offset = matrix.offset
        del matrix
        self.sides = {
            name: np.lib.format.open_memmap(folder / f"{name}.npy", mode, kind, (rows,))
            for name, kind in _SIDES.items()
        }
        self._file = (folder / _VALUES).open("r+b", buffering=0)
        self.digest, self._hasher = hashlib.sha256(), ThreadPoolExecutor(1)
        left = self._offset + self.done * self._width
        while left:
            block = self._file.read(min(left, 1 << 22))
            self.digest.update(block)
            left -= len(block)
        self.resumed, self._told = self.done, time.monotonic()

    def write(self, packed: Packed) -> None:
        """Append a block; what is noted in the journal is on the disk for good."""
        rows = slice(self.done, self.done + len(packed.values))
        self._file.seek(self._offset + rows.start * self._width)
        hashed = self._hasher.submit(self.digest.update, packed.values.data)
        self._file.write(packed.values.data)
        hashed.result()
        for name, side in self.sides.items():
            side[rows] = getattr(packed, name)
        self.done = rows.stop
        if time.monotonic() - self._told > _NOTE_EVERY_S:
            self.note()

    def note(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        for side in self.sides.values():
            side.flush()
        state = json.dumps({"plan": self._plan, "rows": self.done})
        write_whole(self._folder / _JOURNAL, state)
        self._told = time.monotonic()

    def close(self) -> None:
        self._hasher.shutdown()
        self._file.close()

    def _noted(self, rows: int) -> int:
        """Rows that an earlier attempt of the same plan finished."""
        try:
            state = json.loads((self._folder / _JOURNAL).read_text(encoding="utf-8"))
            names = (_VALUES, *(f"{name}.npy" for name in _SIDES))
            there = all((self._folder / name).exists() for name in names)
            return min(int(state["rows"]), rows) if there and state["plan"] == self._plan else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0


def write_values(
    folder: Path,
    parts: list[Part],
    genes: int,
    plan: str,
    progress: Callable[[Progress], None],
    stop: Callable[[], bool],
) -> Written:
    """All rows of all parts, one after the other; memory holds three blocks.

    Args:
        folder: of the work under way.
        parts: where the rows come from.
        genes: G.
        plan: names what is imported; work under way of another plan is begun anew.
        progress: called after every block.
        stop: asked before every block.

    Raises:
        StoppedError: if asked to stop; what was written is kept.
    """
    total = sum(part.count for part in parts)
    sink = _Sink(folder, total, genes, plan)
    start, first = time.monotonic(), sink.done
    pending: Future | None = None
    whole = False
    try:
        with ThreadPoolExecutor(1) as pool:
            for packed, reached in _blocks(parts, first):
                if pending is not None:
                    pending.result()
                pending = pool.submit(sink.write, packed)
                passed = time.monotonic() - start
                progress(Progress(reached, total, passed / (reached - first) * (total - reached)))
                if stop():
                    raise StoppedError(
                        f"Stopped after {reached:,} of {total:,} signatures. Give the same command "
                        "again to go on from there."
                    )
            if pending is not None:
                pending.result()
        whole = True  # who puts the file in place waits for the disk
    finally:
        if not whole and pending is not None and pending.exception() is None:
            sink.note()
        sink.close()
    sides = {name: np.array(side) for name, side in sink.sides.items()}
    return Written(folder / _VALUES, **sides, sha256=sink.digest.hexdigest(), resumed=first)


def _blocks(parts: list[Part], done: int):  # noqa: ANN202
    """Packed blocks from row `done` on, each with the row it reaches to."""
    before = 0
    for part in parts:
        for start in range(max(done - before, 0), part.count, BLOCK):
            stop = min(start + BLOCK, part.count)
            yield part.read(start, stop), before + stop
        before += part.count
