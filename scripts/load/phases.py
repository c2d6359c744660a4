"""The phases of a trial, one after the other: alone, a crowd, both beside a slow screen, nobody."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence

from badger_core.data.bundle import Bundle
from badger_core.paths import models_dir, predictions_dir
from badger_core.repurpose.shipped import read_shipped
from scripts.load.screener import Screener
from scripts.load.trial import Trial
from scripts.load.visitor import Visitor

WARM, ALONE, CROWD = "warming up", "alone", "crowd"
CROWD_SCREEN, ALONE_SCREEN, AFTER = "crowd beside a screen", "alone beside a screen", "all left"
ALL = (ALONE, CROWD, CROWD_SCREEN, ALONE_SCREEN)
_SCREENS = 4  # one is done, the others wait in line
_PART = 0.4  # of the crowd's minutes, beside a screen
_WARM = 5


def not_ready(bundle: Bundle) -> list[str]:
    """Lines whose predictions of the library do not come with the app."""
    shipped = read_shipped(predictions_dir(), bundle, models_dir() / "badger")
    names = bundle.cells.usable["cell"].tolist()
    return [name for name in names if not shipped.holds(bundle.cells.line(name))]


async def all_of(trial: Trial, asked: argparse.Namespace, cells: Sequence[str]) -> dict:
    """Run the phases.

    Returns:
        What was said to those who asked for a screen.
    """
    seconds = 60 * asked.minutes
    _phase(trial, WARM)
    await Visitor(trial, -1, roams=False).until(0, _WARM)
    _phase(trial, ALONE)
    think, trial.think_s = trial.think_s, (0.2, 0.4)
    await Visitor(trial, -2, roams=False).until(0, asked.alone)
    trial.think_s = think
    _phase(trial, CROWD)
    await _crowd(trial, asked.visitors, seconds)
    _phase(trial, CROWD_SCREEN)
    over = asyncio.Event()
    screeners = [Screener(trial, cell) for cell in cells[:_SCREENS]]
    tasks = []
    for screener in screeners:
        tasks.append(asyncio.create_task(screener.watch(over)))
        await screener.begun.wait()
    await _crowd(trial, asked.visitors, seconds * _PART)
    over.set()
    await asyncio.gather(*tasks)
    _phase(trial, ALONE_SCREEN)
    last, over = Screener(trial, cells[_SCREENS]), asyncio.Event()
    task = asyncio.create_task(last.watch(over))
    await last.begun.wait()
    trial.think_s = (0.2, 0.4)
    await Visitor(trial, -3, roams=False).until(0, asked.alone)
    over.set()
    await task
    _phase(trial, AFTER)
    await asyncio.sleep(min(150, seconds))
    await Visitor(trial, -4, roams=False).until(0, 1)  # whose coming has the server tidy up
    await asyncio.sleep(min(10, seconds))
    told = {one.cell: one.said[:1] + one.said[-1:] for one in (*screeners, last)}
    trial.places = [text for one in screeners for text in one.said if "in line" in text]
    if len(screeners) > 1 and not trial.places:
        trial.wrong("nobody was told a place in the line")
    return {"said": told, "places": sorted({text.split(",")[0] for text in trial.places})}


def _phase(trial: Trial, name: str) -> None:
    trial.phase = name
    print(f"{time.strftime('%H:%M:%S')} {trial.count()} predictions; {name}", file=sys.stderr)


async def _crowd(trial: Trial, visitors: int, seconds: float) -> None:
    """All come within the first seconds and stay to the end."""
    end = time.monotonic() + seconds
    await asyncio.gather(*(_late(Visitor(trial, at), at, visitors, end) for at in range(visitors)))


async def _late(visitor: Visitor, at: int, of: int, end: float) -> None:
    await asyncio.sleep(3 * at / of)
    await visitor.until(end)
