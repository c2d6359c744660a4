"""Progress of counted steps on standard error, with the time left."""

import sys
import time

import typer

from badger_core.cli.progress import duration

_TELL_EVERY_S = 5.0


class Counting:
    """Tells how far a step is: in place on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._what, self._begun, self._last = "", 0.0, 0.0

    def tell(self, what: str, done: int, of: int) -> None:
        """`done` of `of` units of `what` are done."""
        now = time.monotonic()
        if what != self._what:
            self._what, self._begun, self._last = what, now, now - _TELL_EVERY_S * 0.8
        end, on_screen = done == of, sys.stderr.isatty()
        if not (end or on_screen or now - self._last > _TELL_EVERY_S):
            return
        self._last = now
        seconds = now - self._begun
        left = f", {duration(seconds / done * (of - done))} left" if done and not end else ""
        text = f"{what}: {done} of {of}{left}"
        typer.echo(f"\r{text:<70}" if on_screen else text, err=True, nl=end or not on_screen)
