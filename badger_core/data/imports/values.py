"""Reads, packs and writes the matrix of a bundle block by block, all three at the same time."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from badger_core.data.imports.packing import Packed, pack
from badger_core.data.imports.sink import VALUES, Sink
from badger_core.errors import StoppedError

BLOCK = 2048
"""Signatures at a time: some 8 MB of float32."""
_AHEAD = 2
"""Blocks that are read before they are packed."""


class Progress(NamedTuple):
    """How far the values are."""

    done: int  # rows, those of an earlier attempt with them
    total: int
    seconds_left: float | None  # at the pace of this attempt


class Part(NamedTuple):
    """Consecutive rows that come from one place.

    `read` gives those from start to stop, packed or as (N, G) float32, which it may write to the
    array that it is handed: memory that is used again costs a fraction of new memory.
    """

    count: int
    read: Callable[[int, int, np.ndarray], Packed | np.ndarray]


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


def write_values(
    folder: Path,
    parts: list[Part],
    genes: int,
    plan: str,
    progress: Callable[[Progress], None],
    stop: Callable[[], bool],
) -> Written:
    """All rows of all parts, one after the other; memory holds six blocks.

    Args:
        folder: of the work under way.
        parts: where the rows come from.
        genes: G.
        plan: names what is imported; work under way of another plan is begun anew.
        progress: called after every block.
        stop: asked before every block.

    Raises:
        StoppedError: if asked to stop; what was written is kept.
        WriteError: the disk is full, or fails otherwise.
    """
    total = sum(part.count for part in parts)
    sink = Sink(folder, total, genes, plan)
    start, first = time.monotonic(), sink.done
    places = _turns(2, (min(BLOCK, total), genes), np.int16)
    pending: Future | None = None
    try:
        with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(1) as writer:
            for block, reached in _blocks(parts, first, genes, reader):
                packed = block if isinstance(block, Packed) else pack(block, next(places))
                if pending is not None:
                    pending.result()
                pending = writer.submit(sink.write, packed)
                passed = time.monotonic() - start
                progress(Progress(reached, total, passed / (reached - first) * (total - reached)))
                if stop():
                    raise StoppedError(
                        f"Stopped after {reached:,} of {total:,} signatures. Give the same command "
                        "again to go on from there."
                    )
            if pending is not None:
                pending.result()
    finally:
        if pending is not None and pending.exception() is None:
            sink.note()
        sink.close()
    sides = {name: np.array(side) for name, side in sink.sides.items()}
    return Written(folder / VALUES, **sides, sha256=sink.digest.hexdigest(), resumed=first)


def _blocks(
    parts: list[Part], done: int, genes: int, reader: ThreadPoolExecutor
) -> Iterator[tuple[Packed | np.ndarray, int]]:
    """Blocks from row `done` on, each with the row it reaches to, read ahead of who takes them."""
    most = min(BLOCK, max((part.count for part in parts), default=0))
    places = _turns(_AHEAD + 1, (most, genes), np.float32)
    waiting: deque[tuple[Future, int]] = deque()
    for part, start, stop, reached in _pieces(parts, done):
        waiting.append((reader.submit(part.read, start, stop, next(places)), reached))
        if len(waiting) > _AHEAD:
            found, last = waiting.popleft()
            yield found.result(), last
    for found, last in waiting:
        yield found.result(), last


def _pieces(parts: list[Part], done: int) -> Iterator[tuple[Part, int, int, int]]:
    """Rows of a part from start to stop, and the row of the matrix that they reach to."""
    before = 0
    for part in parts:
        for start in range(max(done - before, 0), part.count, BLOCK):
            stop = min(start + BLOCK, part.count)
            yield part, start, stop, before + stop
        before += part.count


def _turns(count: int, shape: tuple[int, int], kind: type) -> Iterator[np.ndarray]:
    """The same few arrays in turn, without end."""
    places = [np.empty(shape, kind) for _ in range(count)]
    while True:
        yield from places
