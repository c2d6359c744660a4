"""Work of several seconds in a page's own run: one piece at a time, for all visitors.

Pages share one interpreter. One such piece beside them leaves them half of it, five a sixth.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Semaphore

_EVERY_S = 0.2
_HAND_OVER_S = 0.001
_turn = Semaphore(1)


@contextmanager
def alone(say: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Wait until nobody does such work, and keep others waiting until the end of the block.

    Args:
        say: called again and again during the wait; what it raises ends the wait, as where
            Streamlit stops the run of a visitor who went elsewhere.
    """
    while not _turn.acquire(timeout=_EVERY_S):
        say()
    try:
        yield
    finally:
        _turn.release()


def hand_over_often() -> None:
    """Let threads wait a fifth of the usual time for the interpreter.

    A prediction gives the interpreter away in each of hundreds of small steps of torch. Beside a
    screen or another page each step may wait that long until it has it back.
    """
    sys.setswitchinterval(_HAND_OVER_S)
