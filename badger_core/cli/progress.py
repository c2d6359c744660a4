"""Progress of a long command on standard error, and how it is stopped."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from badger_core.repurpose.screen import Progress

_TELL_EVERY_S = 5
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Whether Ctrl-C or SIGTERM came."""

    def __init__(self) -> None:
        self._came: list[int] = []

    def __call__(self) -> bool:
        """Whether one of them came."""
        return bool(self._came)

    @property
    def code(self) -> int:
        """Exit code of a command that was stopped: 128 and the number of the signal."""
        return 128 + (self._came[0] if self._came else signal.SIGINT)

    def ask(self, number: int, _: object) -> None:
        """Takes a signal; a second one ends the program at once."""
        self._came.append(number)
        signal.signal(number, signal.default_int_handler)
        typer.echo("\nStopping once the chunk under way is done.", err=True)


@contextmanager
def stop_asked() -> Iterator[Stop]:
    """Takes the signals that ask a program to stop, so that it ends where work can be kept."""
    stop = Stop()
    before = {number: signal.signal(number, stop.ask) for number in _STOP_SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def teller() -> Callable[[Progress], None]:
    """Progress on standard error: in place on a terminal, else a line now and then."""
    last = -float(_TELL_EVERY_S)

    def tell(p: Progress) -> None:
        nonlocal last
        end, on_screen = p.chunks == p.of_chunks, sys.stderr.isatty()
        if not (end or on_screen or time.monotonic() - last > _TELL_EVERY_S):
            return
        last = time.monotonic()
        left = "" if p.seconds_left is None else f", {duration(p.seconds_left)} left"
        text = f"{p.pairs} of {p.of_pairs} pairs, chunk {p.chunks} of {p.of_chunks}{left}"
        typer.echo(f"\r{text:<70}" if on_screen else text, err=True, nl=end or not on_screen)

    return tell


def duration(seconds: float) -> str:
    """In seconds, or in minutes from 90 s on."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
