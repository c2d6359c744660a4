"""One process at a time in a folder of unfinished work; a killed one leaves no lock behind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from badger_core.disk import told
from badger_core.errors import BusyError

try:
    import fcntl
except ImportError:  # Windows: two processes there must not be given the same folder
    fcntl = None  # type: ignore[assignment]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, which is made if it is missing; the system gives it back however this ends.

    File systems without locks, such as some network ones, are not held.

    Raises:
        BusyError: another process holds it.
        WriteError: it cannot be made.
    """
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(
                f"Another process is at work in '{folder}'. Wait until it is done, or stop it, and "
                "run the same command again."
            ) from error
        except OSError:  # no locks on this file system
            pass
        yield
    finally:
        os.close(handle)
