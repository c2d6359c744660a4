"""A visitor: asks, checks that the page is whole, reads, goes elsewhere, leaves and comes back."""

import asyncio
import random
import time

from scripts.load import shown
from scripts.load.judge import Answered
from scripts.load.questions import READY, Question
from scripts.load.trial import LINK, NEW_TAB, TYPED, Trial, Visit
from scripts.load.wire import Run, Wire, WireError

OTHER = ("genes", "pathways", "sensitivity", "compare", "hypotheses")
PREDICT = "start"
_PREDICTS, _READS_ON = 0.75, 0.9  # the rest leave and come back
_HURRIES = 0.4  # share of those who leave that do so while the page is still being made


class Visitor:
    """One of many.

    Args:
        trial: where it happens.
        number: of this visitor.
        roams: whether it also looks at other pages and leaves at times.
    """

    def __init__(self, trial: Trial, number: int, roams: bool = True) -> None:
        self._trial, self._roams = trial, roams
        self._random: random.Random = trial.random_of(number)
        self._wire = Wire(trial.url, trial.patience_s)
        self._on = ""

    async def until(self, end: float, at_least: int = 0) -> None:
        """Visit until a time (`time.monotonic`), and for at least so many predictions."""
        asked = 0
        try:
            await self._wire.open()
            while time.monotonic() < end or asked < at_least:
                chosen = self._random.random() if self._roams else 0.0
                if chosen < _PREDICTS:
                    await self._predict()
                    asked += 1
                elif chosen < _READS_ON:
                    await self._elsewhere()
                else:
                    await self._leave_and_return()
                await asyncio.sleep(self._random.uniform(*self._trial.think_s))
        except WireError as error:
            self._trial.wrong(f"{type(error).__name__}: {error}")
        finally:
            await self._wire.close()

    async def _predict(self) -> None:
        asked = self._trial.questions.next()
        if self._on == "":
            how, run = NEW_TAB, await self._link(asked, PREDICT)
        elif self._on != PREDICT or self._random.random() < 0.5:
            how, run = LINK, await self._link(asked, PREDICT)
        else:
            boxes = {"Compound": asked.compound, "Cell line": asked.cell}
            how, run = TYPED, await self._wire.ask(typed=boxes)
        self._on = PREDICT
        self._note(PREDICT, how, run)
        found = shown.answer(self._wire)
        if found is None:
            self._trial.wrong(f"no ranking for {asked}, {how}: {shown.headings(self._wire)}")
        else:
            self._trial.answers.append(Answered(asked, found))

    async def _elsewhere(self) -> None:
        page, asked = self._random.choice(OTHER), self._trial.questions.next()
        how = LINK if self._on else NEW_TAB
        self._on = page
        run = await self._link(asked, page)
        self._note(page, how, run)
        headings = shown.headings(self._wire)
        if page == "hypotheses":
            return
        if page == "compare":
            named = len(headings) > 0
        else:
            named = any(asked.compound in text and asked.cell in text for text in headings)
        if not named:
            self._trial.misnamed.append(f"{page}: asked {asked}, headings {headings}")

    async def _leave_and_return(self) -> None:
        """Close the tab, at times in the middle of a run; come back to it or in a new one."""
        if self._on and self._random.random() < _HURRIES:
            task = asyncio.create_task(self._link(self._trial.questions.next(), PREDICT))
            await asyncio.sleep(self._random.uniform(0.02, 0.6))
            if not task.done():
                self._trial.left += 1
            await self._wire.close()
            await asyncio.gather(task, return_exceptions=True)
        else:
            await self._wire.close()
        await asyncio.sleep(self._random.uniform(0.2, 4))
        if self._random.random() < 0.5:
            self._wire = Wire(self._trial.url, self._trial.patience_s)
        self._on = ""
        await self._wire.open()

    async def _link(self, asked: Question, page: str) -> Run:
        query: dict[str, str | list[str]] = {"v": "1", **asked._asdict()}
        if page == "compare":
            more = [self._trial.questions.next() for _ in range(2)]
            query["compounds"] = [asked.compound, *(one.compound for one in more)]
            query["cells"] = [asked.cell, more[0].cell]
        if page == "hypotheses":
            query["against"], query["lines"] = self._random.choice(READY)
        return await self._wire.ask(query, "" if page == PREDICT else page)

    def _note(self, page: str, how: str, run: Run) -> None:
        self._trial.visits.append(Visit(self._trial.phase, page, how, *run))
        for said in shown.errors(self._wire):
            self._trial.wrong(f"{page} says: {said[:300]}")
