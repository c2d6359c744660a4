"""Where the chunks of a screen are worked out: this process, local processes or a Dask cluster."""

import multiprocessing
import signal
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

from badger_core.errors import ProgramError, SettingError

RETRIES = 3
"""How often Dask tries a chunk again that failed on one worker."""
_LOOK_EVERY_S = 0.2
_LEAVE_S = 10


class Engine(NamedTuple):
    """An executor, and how many chunks it is given at a time."""

    executor: Executor
    at_once: int


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
    with ProcessPoolExecutor(jobs, fresh, initializer=_quiet_worker) as pool:
        yield Engine(pool, jobs)


@contextmanager
def dask(scheduler: str) -> Iterator[Engine]:
    """The workers of a running Dask cluster; a chunk whose worker dies is given to another.

    Args:
        scheduler: its address, such as tcp://host:8786.

    Raises:
        SettingError: `distributed` is not installed.
        ProgramError: nobody answers at that address, or the cluster has no worker.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise SettingError(
            "The engine dask needs an extra. Install it with: pip install 'badger-studio[dask]'."
        ) from error
    try:
        client = Client(scheduler, timeout=_LEAVE_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ProgramError(
            f"No Dask scheduler answers at '{scheduler}'. Start one with 'dask scheduler', and "
            "workers with 'dask worker ADDRESS --nthreads 1'."
        ) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ProgramError(
                f"The scheduler at '{scheduler}' has no worker. Start some with "
                f"'dask worker {scheduler} --nthreads 1'."
            )
        try:
            yield Engine(client.get_executor(retries=RETRIES, pure=False), 2 * threads)
        except KilledWorker as error:
            raise ProgramError(
                f"One chunk took down several workers, perhaps for want of memory: {error}. "
                "Finished chunks are kept: run the same command again, with a smaller --chunk."
            ) from error


def finished(
    engine: Engine,
    work: Callable[[Any], bytes],
    tasks: Iterable[Any],
    cancelled: Callable[[], bool],
) -> Iterator[tuple[Any, bytes]]:
    """Tasks with their results as they come; few are under way at a time, so memory is bounded.

    Once cancelled, none is begun, and what is under way is still given back.

    Raises:
        ProgramError: a worker was killed, or the cluster went away.
    """
    waiting, under_way = iter(tasks), {}
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
            for future in [f for f in done if f in under_way]:
                yield under_way.pop(future), future.result()
    except (BrokenProcessPool, CancelledError, ConnectionError) as error:
        if cancelled():
            return
        raise ProgramError(
            "A worker went away before its chunk was done, perhaps for want of memory. Finished "
            "chunks are kept: run the same command again, with fewer --jobs or a smaller --chunk."
        ) from error


def _quiet_worker() -> None:
    """Ctrl-C is for the parent, which lets the chunk under way come to its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
