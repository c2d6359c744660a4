"""Visitors who ask for long work: a screen of the library in a line that does not come ready."""

import asyncio
import time

from scripts.load import shown
from scripts.load.trial import Trial
from scripts.load.wire import Wire, WireError

_START, _STOP = "Predict it now", "Stop"


class Screener:
    """Asks for a screen and watches it as a browser does.

    Args:
        trial: where it happens.
        cell: a line whose predictions do not come with the app.
    """

    def __init__(self, trial: Trial, cell: str) -> None:
        self._trial, self.cell = trial, cell
        self._wire = Wire(trial.url, trial.patience_s)
        self.said: list[str] = []
        self.begun = asyncio.Event()

    async def watch(self, end: asyncio.Event, stop: bool = True) -> None:
        """Start the screen and look at its bar until the event; then stop it, or leave."""
        try:
            await self._wire.open()
            query = {"v": "1", "against": "pancreatic cancer", "lines": self.cell}
            await self._wire.ask(query, "hypotheses")
            await self._wire.ask(pressed=_START)
            self._look()
            self.begun.set()
            while not end.is_set():
                await self._once()
            if stop and self._wire.fragments:
                [fragment] = list(self._wire.fragments)[:1]
                await self._wire.ask(pressed=_STOP, fragment=fragment, by_itself=False)
                await self._until_over()
        except WireError as error:
            self._trial.wrong(f"screen in {self.cell}: {error}")
        finally:
            self.begun.set()
            await self._wire.close()

    async def _once(self) -> None:
        """Wait as long as the page says and have the bar drawn anew."""
        fragments = dict(self._wire.fragments)
        await asyncio.sleep(min(fragments.values(), default=1.0))
        for fragment in fragments:
            await self._wire.ask(fragment=fragment)
        self._look()

    async def _until_over(self) -> None:
        end = time.monotonic() + self._trial.patience_s
        while self._wire.fragments and time.monotonic() < end:
            await self._once()
        if self._wire.fragments:
            self._trial.wrong(f"the screen in {self.cell} does not stop")

    def _look(self) -> None:
        for text in shown.said(self._wire):
            plain = text.replace("\\", "")
            if not self.said or self.said[-1] != plain:
                self.said.append(plain)
        for error in shown.errors(self._wire):
            self._trial.wrong(f"screen in {self.cell} says: {error}")
