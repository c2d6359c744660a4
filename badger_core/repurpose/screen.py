"""A whole library in some lines: chunk by chunk, to be stopped and taken up again at any time.

The result is the same file byte for byte, whether it was interrupted or not, by however many
processes it was made, and in whatever order the library came.
"""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from badger_core.disk import check_place
from badger_core.repurpose.chunks import ChunkStore
from badger_core.repurpose.engine_dask import dask
from badger_core.repurpose.engines import finished, local
from badger_core.repurpose.screen_chunk import chunk_bytes
from badger_core.repurpose.screen_plan import Plan


class Progress(NamedTuple):
    """How far a screen is."""

    chunks: int  # finished, those of earlier runs with them
    of_chunks: int
    new: int  # finished in this run
    pairs: int  # compound x line, of earlier runs too
    of_pairs: int
    seconds: float  # of this run
    first_s: float  # of them, until its first chunk was done, starting up included

    @property
    def seconds_left(self) -> float | None:
        """As long as the chunks after the first took; None before there are two."""
        if self.chunks == self.of_chunks:
            return 0.0
        if self.new < 2:
            return None
        return (self.seconds - self.first_s) / (self.new - 1) * (self.of_chunks - self.chunks)


class Screened(NamedTuple):
    """How a screen ended."""

    complete: bool  # False if it was stopped; the file is then not there
    out: Path
    folder: Path  # of the chunks
    reused: int  # chunks of earlier runs
    progress: Progress


def screen(
    plan: Plan,
    out: Path,
    work: Path,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Callable[[Progress], object] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Screened:
    """Predict every compound of a plan in every line, as one Parquet file.

    Args:
        plan: what to predict.
        out: Parquet file to write, see `screen_file.read_screen`; it appears when all is done.
        work: folder in which the chunks are kept, in a folder named by the plan's key. They are
            used again by every equal screen; remove them to free the space.
        jobs: local processes; 1 works in this one.
        scheduler: address of a Dask scheduler, which is then used instead.
        progress: called at the beginning and after each chunk.
        cancelled: asked between chunks; once true, no further chunk is begun.

    Raises:
        SettingError, ProgramError, CheckpointError, WriteError: say what to do; finished chunks
            are kept.
    """
    check_place(out)
    store, begun = ChunkStore(work / plan.key), time.monotonic()
    kept = set(store.finished(plan.n_chunks))
    missing = [number for number in range(1, plan.n_chunks + 1) if number not in kept]
    reused, first = len(kept), [0.0]

    def so_far() -> Progress:
        seconds = time.monotonic() - begun
        pairs = sum(plan.pairs_of(number) for number in kept)
        new = len(kept) - reused
        if new == 1:
            first[0] = seconds
        return Progress(len(kept), plan.n_chunks, new, pairs, plan.n_pairs, seconds, first[0])

    def tell() -> None:
        if progress is not None:
            progress(so_far())

    tell()
    if missing and not cancelled():
        predict = partial(chunk_bytes, str(plan.predictor.folder.resolve()))
        with dask(scheduler) if scheduler else local(min(jobs, len(missing))) as engine:
            for task, content in finished(engine, predict, plan.tasks(missing), cancelled):
                store.keep(task.number, content)
                kept.add(task.number)
                tell()
    complete = len(kept) == plan.n_chunks
    if complete:
        store.assemble(plan.n_chunks, out, plan.manifest)
    return Screened(complete, out, store.folder, reused, so_far())
