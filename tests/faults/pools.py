"""Worker processes that the system kills for want of memory, and workers of a killed command."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.alike import different
from tests.faults.cases import CASES, Case
from tests.faults.running import MOST_S


def started(arguments: list[str], runs: Path) -> subprocess.Popen:
    """A command in a process of its own, begun as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-m", "badger_core", *map(str, arguments)],
        env=os.environ | {"OMP_NUM_THREADS": "1", "BADGER_RUNS": str(runs)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )


def children(pid: int) -> list[int]:
    """Processes that a process started for work, without the one that looks after semaphores."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            command = (status.parent / "cmdline").read_text()
        except OSError:
            continue
        if parent == pid and "spawn_main" in command:
            found.append(int(status.parent.name))
    return found


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true: Callable[[], bool]) -> None:
    """Wait for something.

    Raises:
        AssertionError: it does not come.
    """
    last = time.monotonic() + MOST_S
    while not true():
        assert time.monotonic() < last, "it does not come to its end"
        time.sleep(0.02)


def worker_killed(
    name: str, arguments: list[str], runs: Path, leaves: str, reference: Path
) -> dict:
    """Kill one of two workers at work, and run the command again; a row of the report.

    Args:
        name: of the row.
        arguments: of the command, with --jobs 2.
        runs: empty folder of kept work.
        leaves: pattern below the folder above `runs` of what it makes.
        reference: what an undisturbed run left.
    """
    wrong = []
    running = started(arguments, runs)
    until(lambda: any(runs.rglob("*.sha256")) or running.poll() is not None)
    workers = children(running.pid)
    for pid in workers[:1]:
        os.kill(pid, signal.SIGKILL)
    said = running.communicate(timeout=MOST_S)[1]
    seen = said.strip().splitlines()[-1].removeprefix("badger: ") if said.strip() else ""
    if len(workers) != 2:
        wrong.append(f"there were {len(workers)} workers")
    if running.returncode != 1 or "Traceback" in said or "kept: run the same" not in seen:
        wrong.append(f"it ended with {running.returncode}: {said[-800:]}")
    kept = len(list(runs.rglob("*.sha256")))
    again = started(arguments, runs)
    ended = again.communicate(timeout=MOST_S)[1]
    if again.returncode:
        wrong.append(f"the next run ended with {again.returncode}: {ended[-500:]}")
    wrong += different(runs.parent, reference, [leaves])
    return {
        "fault": "worker process killed",
        "where": name,
        "tried": 1,
        "survived": not wrong,
        "seen": f"{seen} ({kept} finished pieces were kept)",
        "wrong": wrong,
    }


def parent_killed(name: str, arguments: list[str], runs: Path) -> dict:
    """Kill the command alone: its workers must not stay behind; a row of the report."""
    running = started(arguments, runs)
    until(lambda: len(children(running.pid)) == 2 or running.poll() is not None)
    workers = children(running.pid)
    running.kill()
    running.wait()
    wrong = [] if len(workers) == 2 else [f"there were {len(workers)} workers"]
    until(lambda: not any(alive(pid) for pid in workers))
    return {
        "fault": "command killed, not its workers",
        "where": name,
        "tried": 1,
        "survived": not wrong,
        "seen": "the workers end by themselves",
        "wrong": wrong,
    }


def rows(
    inputs: Path, reference: Callable[[Case], Path], place: Callable[..., Path]
) -> Iterator[dict]:
    """Both faults on the two commands that work by several processes."""
    for name in ("screen", "response test"):
        case = next(case for case in CASES if case.name == name)
        for fault in (worker_killed, parent_killed):
            own = place(fault.__name__, name)
            folders = {"in": inputs, "out": own / "out", "runs": own / "runs"}
            arguments = [part.format(**folders) for part in case.arguments] + ["--jobs", "2"]
            if fault is parent_killed:
                yield parent_killed(name, arguments, own / "runs")
            else:
                leaves = case.leaves[0]
                known = reference(case)
                yield worker_killed(name, arguments, own / "runs", leaves, known)
