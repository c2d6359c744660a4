"""What worker processes do in the tests: in a module of its own, which they load at once."""

import os
import signal
import time


def chunk(task: tuple[int, bool]) -> bytes:
    """A chunk; a deadly one is killed as by a system that is short of memory."""
    number, deadly = task
    if deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return b"x" * number


def hang(_: object) -> None:
    """A chunk that never ends."""
    time.sleep(600)


def killed(*_: object) -> None:
    """In place of a unit of the benchmark."""
    os.kill(os.getpid(), signal.SIGKILL)


def slow_chunk(number: int) -> bytes:
    """A chunk of a fifth of a second."""
    time.sleep(0.2)
    return b"x" * number
