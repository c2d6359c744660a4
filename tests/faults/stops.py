"""Ctrl-C and SIGTERM in the midst of a command: it ends by itself, and goes on when started."""

import signal
from pathlib import Path

from badger_core.files import PART
from tests.faults.alike import different
from tests.faults.cases import Case
from tests.faults.kills import appears

SIGNALS = {signal.SIGINT: "Ctrl-C", signal.SIGTERM: "SIGTERM"}
FILES = 1
"""The signal comes when so many files (or folders) are there that were not there before."""


def stopped(case: Case, inputs: Path, reference: Path, place: Path, number: signal.Signals) -> dict:
    """Send a signal once the command has begun to write, then let it end; a row of the report.

    Args:
        case: the command.
        inputs: folder of its inputs.
        reference: what an undisturbed run left.
        place: empty folder.
        number: of the signal.
    """
    wrong, tried = [], 1
    running = case.start(inputs, place)
    running.wait(lambda: case.has_begun(running))
    if running.wait(appears(place, FILES)) is None:
        running.send(number)
    ended = running.wait()
    assert ended is not None
    said = [line for line in ended.err.splitlines() if line.strip()][-1:]
    if ended.code == 0:  # it was done when the signal came
        tried = 0
    elif ended.code != 128 + number:
        wrong.append(f"it ended with {ended.code}: {ended.err[-500:]}")
    if "Traceback" in ended.err:
        wrong.append(ended.err[-500:])
    wrong += [f"{path.name} is left" for path in place.rglob(f"*{PART}")]
    last = case.finish(inputs, place)
    if last.code:
        wrong.append(f"the next run ended with {last.code}: {last.err[-500:]}")
    wrong += different(place, reference, case.leaves)
    went_on = case.went_on(last)
    return {
        "fault": SIGNALS[number],
        "where": case.name,
        "tried": tried,
        "survived": not wrong,
        "seen": f"exit code {ended.code}; {''.join(said)}" + (f" Then: {went_on}." * bool(went_on)),
        "wrong": wrong,
    }
