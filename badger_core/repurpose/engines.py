"""Works out the chunks of a screen: here or in local processes; `engine_dask` in a cluster."""

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, NamedTuple

from badger_core import workers
from badger_core.errors import ProgramError, SettingError
from badger_core.limits import limits

KEPT = "Finished chunks are kept: run the same command again"
_LOOK_EVERY_S = 0.2


class Engine(NamedTuple):
    """An executor, how many chunks it is given at a time, and whether it is still there."""

    executor: Executor
    at_once: int
    trouble: Callable[[], str] = str
    """What is wrong with it, as a sentence; '' while nothing is."""


class _Here(Executor):
    """Works in the calling thread."""

    def submit(self, work: Callable, /, *args: object, **kwargs: object) -> Future:
        future: Future = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - raised again where the result is read
            future.set_exception(error)
        return future


@contextmanager
def local(jobs: int) -> Iterator[Engine]:
    """`jobs` processes of one thread each, started afresh; one job works in this process.

    Raises:
        SettingError: for fewer than one.
    """
    if jobs < 1:
        raise SettingError(f"--jobs {jobs} leaves nobody to work. Give 1 or more.")
    if jobs == 1:
        yield Engine(_Here(), 1)
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, fresh, initializer=workers.begin) as pool:
        try:
            yield Engine(pool, jobs)
        finally:
            workers.end(pool)


def finished(
    engine: Engine,
    work: Callable[[Any], bytes],
    tasks: Iterable[Any],
    cancelled: Callable[[], bool],
) -> Iterator[tuple[Any, bytes]]:
    """Tasks with their results as they come; few are under way at a time, so memory is bounded.

    Once cancelled, none is begun, and what is under way is still given back.

    Raises:
        ProgramError: a worker was killed, the cluster went away, or nothing comes to an end.
    """
    waiting, under_way, last = iter(tasks), {}, time.monotonic()
    try:
        while True:
            while len(under_way) < engine.at_once and not cancelled():
                task = next(waiting, None)
                if task is None:
                    break
                under_way[engine.executor.submit(work, task)] = task
            if not under_way:
                return
            done = wait(under_way, _LOOK_EVERY_S, FIRST_COMPLETED).done
            if cancelled():
                for future in [f for f in under_way if f.cancel()]:
                    del under_way[future]
            done = {future for future in done if future in under_way}
            for future in sorted(done, key=_failed):  # what is finished is kept in any case
                last = time.monotonic()
                yield under_way.pop(future), future.result()
            if not done:
                _check(engine, time.monotonic() - last)
    except (BrokenProcessPool, CancelledError, ConnectionError) as error:
        if cancelled():
            return
        raise ProgramError(
            engine.trouble()
            or f"A worker went away before its chunk was done, perhaps for want "
            f"of memory. {KEPT}, with fewer --jobs or a smaller --chunk."
        ) from error


def _failed(future: Future) -> bool:
    return future.cancelled() or future.exception() is not None


def _check(engine: Engine, idle_s: float) -> None:
    """Give up where no chunk comes to an end.

    Raises:
        ProgramError: says why.
    """
    trouble, most = engine.trouble(), limits().chunk_s
    if not trouble and idle_s > most:
        trouble = (
            f"No chunk has come to its end for {idle_s / 60:.0f} minutes: a worker hangs, or a "
            f"chunk is too large. {KEPT}, with a smaller --chunk, or with BADGER_MAX_CHUNK_S "
            f"above {most} to wait longer."
        )
    if trouble:
        raise ProgramError(trouble)
