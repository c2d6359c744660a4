"""The workers of a Dask cluster for the chunks of a screen, and how its troubles are noticed."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from badger_core.errors import ProgramError, SettingError
from badger_core.repurpose.engines import KEPT, Engine

RETRIES = 3
"""How often Dask tries a chunk again that failed on one worker."""
_LEAVE_S = 10
_ASK_EVERY_S = 2
_GRACE_S = 30


@contextmanager
def dask(scheduler: str) -> Iterator[Engine]:
    """The workers of a running Dask cluster; a chunk whose worker dies is given to another.

    A worker that hangs is given up by the scheduler (its setting `worker-ttl`, five minutes).

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
    with _quiet(), _left(client):
        threads = sum(client.nthreads().values())
        if not threads:
            raise ProgramError(
                f"The scheduler at '{scheduler}' has no worker. Start some with "
                f"'dask worker {scheduler} --nthreads 1'."
            )
        try:
            executor = client.get_executor(retries=RETRIES, pure=False)
            yield Engine(executor, 2 * threads, _DaskWatch(client, scheduler))
        except KilledWorker as error:
            raise ProgramError(
                f"One chunk took down several workers, perhaps for want of memory: {error}. "
                "Finished chunks are kept: run the same command again, with a smaller --chunk."
            ) from error


class _DaskWatch:
    """Asks a Dask client now and then whether there are a scheduler and workers.

    A worker that died comes back within seconds where a nanny looks after it, so that only a
    cluster that has had none for `_GRACE_S` is given up.
    """

    def __init__(self, client: Any, scheduler: str) -> None:  # noqa: ANN401 - an optional package
        self._client, self._scheduler = client, scheduler
        self._asked = self._well = time.monotonic()

    def __call__(self) -> str:
        now = time.monotonic()
        if self._client.status != "running":
            return f"The Dask scheduler at '{self._scheduler}' went away. {KEPT} once there is one."
        if now - self._asked >= _ASK_EVERY_S:
            self._asked = now
            try:
                found = self._client.sync(
                    self._client.scheduler.identity, callback_timeout=_ASK_EVERY_S
                )
                if found["workers"]:
                    self._well = now
            except (OSError, TimeoutError):
                pass
        if now - self._well > _GRACE_S:
            return (
                f"The Dask cluster at '{self._scheduler}' has shown no worker for {_GRACE_S} "
                f"seconds. {KEPT} once there are workers."
            )
        return ""


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask and tornado tell of a lost connection by tracebacks; ours is a sentence."""
    known = [*logging.root.manager.loggerDict]  # each has a level of its own
    names = [name for name in known if name.split(".")[0] in ("distributed", "tornado", "asyncio")]
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


@contextmanager
def _left(client: Any) -> Iterator[None]:  # noqa: ANN401 - an optional package
    """Leave a cluster in bounded time, also one that does not answer."""
    try:
        yield
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=_LEAVE_S)
