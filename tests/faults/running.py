"""Runs a command of `badger` in a process of its own that can be killed at any moment.

The process is forked from this one, which has loaded the libraries, so that a hundred starts do
not take a hundred times as long as `import torch`; from there on it is what the shell runs.
"""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_DIE_WITH_PARENT = 1
MOST_S = 300
"""After which a process counts as one that hangs."""


class Ended(NamedTuple):
    """How a command ended: its exit code, or less the number of the signal that killed it."""

    code: int
    out: str
    err: str
    seconds: float


class Running:
    """A command under way, in a process group of its own."""

    def __init__(
        self, arguments: Sequence[str], folder: Path, env: dict[str, str] | None = None
    ) -> None:
        """Start it.

        Args:
            arguments: after `badger`.
            folder: for what it prints.
            env: added to the environment.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._out, self._err = folder / "stdout", folder / "stderr"
        self.begun = time.monotonic()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            _be(list(map(str, arguments)), self._out, self._err, env or {})
        with suppress(OSError):  # whichever of the two comes first
            os.setpgid(self.pid, self.pid)
        self._ended: Ended | None = None

    def send(self, number: int, group: bool = False) -> None:
        """Send a signal to it, or to it and all that it started."""
        if self.poll() is None:
            (os.killpg if group else os.kill)(self.pid, number)

    def kill(self) -> Ended:
        """`kill -9` of the group."""
        self.send(signal.SIGKILL, group=True)
        return self.wait()

    def said(self) -> str:
        """What it has written to standard error so far."""
        return self._err.read_text("utf-8", "replace") if self._err.exists() else ""

    def poll(self) -> Ended | None:
        """How it ended; None while it runs."""
        if self._ended is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                said = (p.read_text("utf-8", "replace") for p in (self._out, self._err))
                code = os.waitstatus_to_exitcode(status)
                self._ended = Ended(code, *said, time.monotonic() - self.begun)
        return self._ended

    def wait(self, until: Callable[[], bool] = lambda: False) -> Ended | None:
        """Until it ends, which is told, or something else is true: None."""
        last = time.monotonic() + MOST_S
        while (ended := self.poll()) is None:
            if until():
                return None
            if time.monotonic() > last:
                self.send(signal.SIGKILL, group=True)
                raise AssertionError(f"no end after {MOST_S} s: {self._err.read_text()[-500:]}")
            time.sleep(0.002)
        return ended


def finish(arguments: Sequence[str], folder: Path, env: dict[str, str] | None = None) -> Ended:
    """Run a command to its end."""
    ended = Running(arguments, folder, env).wait()
    assert ended is not None
    return ended


def _be(arguments: list[str], out: Path, err: Path, env: dict[str, str]) -> None:
    """What the child does; it never returns."""
    code = 70
    try:
        os.setpgid(0, 0)
        if sys.platform == "linux":  # it does not outlive the one that tries it
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        for path, number in ((out, 1), (err, 2)):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, number)
        sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
        sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.update(env)
        from badger_core.cli.main import main

        main(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - shown as Python itself would
        traceback.print_exc()
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
