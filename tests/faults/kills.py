"""`kill -9` of a command at random moments, again and again, until it is let come to its end."""

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.alike import different, halves
from tests.faults.cases import Case


def whole_run(case: Case, inputs: Path, place: Path) -> float:
    """Run a command undisturbed, to compare with; seconds from where its work begins to its end."""
    running = case.start(inputs, place)
    running.wait(lambda: case.has_begun(running))
    begun = time.monotonic()
    ended = running.wait()
    assert ended is not None
    assert ended.code == 0, f"{case.name}: {ended.err[-2000:]}"
    return time.monotonic() - begun


def killed_again_and_again(
    case: Case, inputs: Path, reference: Path, place: Path, seconds: float, times: int, seed: int
) -> dict:
    """Kill it `times` times on its way to the end, then let it end; a row of the report.

    Every second kill comes at a random time of its work, the others when a file is being written
    or was just put in place.

    Args:
        case: the command.
        inputs: folder of its inputs.
        reference: what an undisturbed run left.
        place: empty folder.
        seconds: that the undisturbed run took, see `whole_run`.
        times: kills.
        seed: of the moments.
    """
    chance = random.Random(seed)
    wrong, went_on, tried = [], [], 0
    for number in range(1, times + 1):
        running = case.start(inputs, place)
        running.wait(lambda running=running: case.has_begun(running))
        if number % 2:
            left = seconds / number  # it goes on where the last one was killed
            moment = _later(chance.uniform(0.05, 0.8) * left)
        else:
            moment = appears(place, chance.randint(1, 3))
        if running.wait(moment) is None:
            tried += 1
        ended = running.kill()
        if ended.code not in (0, -9):
            wrong.append(f"start {number} ended with {ended.code}: {ended.err[-500:]}")
        wrong += [f"after kill {number}: {said}" for said in halves(place, reference)]
        went_on += [said for said in [case.went_on(ended)] if said]
    last = case.finish(inputs, place)
    if last.code:
        wrong.append(f"the last run ended with {last.code}: {last.err[-500:]}")
    went_on += [said for said in [case.went_on(last)] if said]
    wrong += different(place, reference, case.leaves)
    seen = went_on[-1] if went_on else "begins anew; what was there before stays"
    return {
        "fault": "kill -9",
        "where": case.name,
        "tried": tried,
        "survived": not wrong,
        "seen": f"{seen}. The result equals that of an undisturbed run",
        "wrong": wrong,
    }


def cleared(folder: Path) -> Path:
    """The folder, emptied."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _later(seconds: float) -> Callable[[], bool]:
    at = time.monotonic() + seconds
    return lambda: time.monotonic() > at


def appears(place: Path, count: int) -> Callable[[], bool]:
    """True once so many files are there that were not there before, whole ones or parts."""
    before = set(place.rglob("*"))
    return lambda: len(set(place.rglob("*")) - before) >= count
