"""Progress of a long command on standard error, and how it is stopped by Ctrl-C."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from badger_core.repurpose.screen import Progress

STOPPED = 130
"""Exit code of a command that was stopped."""
_TELL_EVERY_S = 5
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stop_asked() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C came; a second one ends the program at once."""
    came: list[int] = []

    def stop(number: int, _: object) -> None:
        came.append(number)
        signal.signal(number, signal.default_int_handler)
        typer.echo("\nStopping once the chunk under way is done.", err=True)

    before = {number: signal.signal(number, stop) for number in _STOP_SIGNALS}
    try:
        yield lambda: bool(came)
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
