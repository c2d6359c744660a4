"""What the process of the app uses while visitors come and go: memory and processor time."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_TICKS = os.sysconf("SC_CLK_TCK")
_EVERY_S = 1.0


class Sample(NamedTuple):
    """What the server's process and its children use at a time.

    Attributes:
        at_s: seconds since the begin.
        rss_mb: memory that is resident, MB.
        cpu_s: processor time so far, seconds.
        done: predictions that visitors had got by then.
        phase: of the trial.
    """

    at_s: float
    rss_mb: float
    cpu_s: float
    done: int
    phase: str


class Watch(threading.Thread):
    """Takes a sample of a process every second.

    Args:
        process: its number.
        done: tells how many predictions there were.
        phase: tells what the trial is doing.
    """

    def __init__(self, process: int, done: Callable[[], int], phase: Callable[[], str]) -> None:
        super().__init__(daemon=True)
        self._process, self._done, self._phase = process, done, phase
        self._begun, self._over = time.monotonic(), threading.Event()
        self.samples: list[Sample] = []

    def run(self) -> None:
        """Until `end` or the end of the process."""
        while not self._over.wait(_EVERY_S):
            try:
                self.samples.append(self.now())
            except (OSError, IndexError):
                return

    def now(self) -> Sample:
        """A sample."""
        processes = [self._process, *_children(self._process)]
        at = time.monotonic() - self._begun
        rss, cpu = sum(map(_rss_mb, processes)), sum(map(_cpu_s, processes))
        return Sample(at, rss, cpu, self._done(), self._phase())

    def end(self) -> None:
        """No more samples."""
        self._over.set()
        self.join()


def process_of(port: int) -> int:
    """The number of the child of this process that serves the port."""
    for child in _children(os.getpid()):
        words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        if str(port).encode() in words:
            return child
    raise RuntimeError(f"no child of this process serves {port}")


def _children(process: int) -> list[int]:
    found = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        found += [int(text) for text in file.read_text().split()]
    return found + [deeper for child in found for deeper in _children(child)]


def _rss_mb(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def _cpu_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
