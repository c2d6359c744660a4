"""Runs the units of the benchmark that are not finished, in one process or in several."""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from badger_core import paths, workers
from badger_core.data.response import PANELS
from badger_core.errors import ProgramError, ResponseError
from badger_core.kept import is_kept
from badger_core.response.contenders import ENSEMBLE, KERNEL, NAMES, folds_of
from badger_core.response.screens import EVERY_PANEL
from badger_core.response.splits import FOLDS, SPLITS
from badger_core.response.units import Unit, do, file_of
from badger_core.training.history import in_words

Report = Callable[[str], None]


def folder() -> Path:
    """Where finished units lie."""
    return paths.runs_dir() / "response"


def units_of(
    screens: Sequence[str] = tuple(PANELS),
    splits: Sequence[str] = tuple(SPLITS),
    models: Sequence[str] = NAMES,
    folds: int = FOLDS,
) -> list[Unit]:
    """All units asked for; the ensemble comes last, since it mixes what others left.

    NCI-60 on landmarks serves lines from outside: the shipped contender alone, on unseen lines.

    Raises:
        ResponseError: for a name there is not.
    """
    for names, known in ((screens, PANELS), (splits, SPLITS), (models, NAMES)):
        wrong = [name for name in names if name not in known]
        if wrong:
            raise ResponseError(f"There is no '{wrong[0]}'. Choose among {', '.join(known)}.")
    if not 1 <= folds <= FOLDS:
        raise ResponseError(f"{folds} folds were asked for; choose 1 to {FOLDS}.")
    found = [
        Unit(name, panel, split, fold, model)
        for name in screens
        for panel in EVERY_PANEL[name]
        for split in splits
        for model in models
        if panel in PANELS[name] or (model == KERNEL and "line" in SPLITS[split])
        for fold in folds_of(name, split, model, folds)
    ]
    return sorted(found, key=lambda unit: unit.model == ENSEMBLE)


def run(units: Sequence[Unit], root: Path, jobs: int, report: Report) -> None:
    """Do what is not finished; `report` gets a line with the time left after each unit.

    Ctrl-C ends at once and loses the units under way, no finished one.

    Raises:
        ProgramError: a process was ended from outside.
    """
    todo = [unit for unit in units if not is_kept(file_of(unit, root))]
    if len(todo) < len(units):
        report(f"{len(units) - len(todo)} of {len(units)} units were done before")
    tell = _teller(len(todo), jobs, report)
    if jobs <= 1:
        for unit in todo:
            do(unit, root, lambda line, unit=unit: report(f"[{unit}] {line}"))
            tell(unit)
        return
    for mixing in (False, True):
        _together([u for u in todo if (u.model == ENSEMBLE) is mixing], root, jobs, tell)


def _together(units: Sequence[Unit], root: Path, jobs: int, tell: Callable[[Unit], None]) -> None:
    """Several processes with one thread each."""
    os.environ["OMP_NUM_THREADS"] = "1"  # read when a process loads its libraries
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start) as pool:
        running: dict[Future, Unit] = {pool.submit(_quietly, unit, root): unit for unit in units}
        try:
            while running:
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    future.result()
                    tell(running.pop(future))
        except BrokenProcessPool as error:
            raise ProgramError(
                "A process was ended from outside, perhaps for want of memory. Finished units are "
                "kept: run the same command again, with fewer --jobs."
            ) from error
        finally:
            workers.end(pool)


def _start() -> None:
    """One thread a process, which does not outlive the first one."""
    workers.begin()
    import torch

    torch.set_num_threads(1)


def _quietly(unit: Unit, root: Path) -> None:
    do(unit, root, lambda _: None)


def _teller(todo: int, jobs: int, report: Report) -> Callable[[Unit], None]:
    start, done = time.monotonic(), [0]

    def tell(unit: Unit) -> None:
        done[0] += 1
        left = (time.monotonic() - start) / done[0] * (todo - done[0])
        report(f"[{unit}] {done[0]} of {todo} units, about {in_words(left)} left ({jobs} jobs)")

    return tell
