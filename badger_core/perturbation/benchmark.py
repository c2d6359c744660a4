"""Runs the questions of the benchmark seed by seed; what is finished is kept and not done again."""

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core import paths
from badger_core.errors import PerturbationError
from badger_core.kept import is_kept, keep, kept
from badger_core.perturbation.benchmark_cases import (
    cells_case,
    mock_case,
    null_case,
    targets_case,
    world_case,
)
from badger_core.perturbation.benchmark_real import network_case
from badger_core.perturbation.benchmark_scores import Report, Row
from badger_core.perturbation.shipped import SEEDS, good_cells
from badger_core.perturbation.vae_settings import VaeSettings
from badger_core.training.history import in_words

EDITION = 2
"""Raise it when a question is answered by other means from the same settings."""

CASES: dict[str, Callable[[int, VaeSettings, Path, Report], list[Row]]] = {
    "simulated networks": world_case,
    "no effect": null_case,
    "unread cells": cells_case,
    "real network": network_case,
    "unseen targets": targets_case,
    "no effect, real cells": mock_case,
}
"""Name of a question to what answers it on one seed."""
SIMULATED = ("simulated networks", "no effect")
"""Questions that read no shipped cells."""


class Unit(NamedTuple):
    """One question on one seed."""

    question: str
    seed: int

    def __str__(self) -> str:
        return f"{self.question}, seed {self.seed}"


def folder() -> Path:
    """Where finished units and the states of trainings lie."""
    return paths.runs_dir() / "perturbation"


def units_of(questions: Sequence[str] = tuple(CASES), seeds: Sequence[int] = SEEDS) -> list[Unit]:
    """All units asked for.

    Raises:
        PerturbationError: for a question there is not.
    """
    wrong = [name for name in questions if name not in CASES]
    if wrong:
        raise PerturbationError(f"There is no '{wrong[0]}'. Choose among {', '.join(CASES)}.")
    return [Unit(name, seed) for name in questions for seed in seeds]


def run(units: Sequence[Unit], root: Path, settings: VaeSettings, report: Report) -> None:
    """Do what is not finished; Ctrl-C loses at most an epoch of the training under way."""
    todo = [unit for unit in units if not is_kept(file_of(unit, root, settings))]
    if len(todo) < len(units):
        report(f"{len(units) - len(todo)} of {len(units)} units were done before")
    start = time.monotonic()
    for done, unit in enumerate(todo, 1):
        begun = time.monotonic()
        rows = CASES[unit.question](
            unit.seed, settings, root / "states", lambda line, u=unit: report(f"[{u}] {line}")
        )
        found = {"seconds": round(time.monotonic() - begun, 1), "rows": rows}
        keep(file_of(unit, root, settings), json.dumps(found))
        left = (time.monotonic() - start) / done * (len(todo) - done)
        report(f"[{unit}] {done} of {len(todo)} units, about {in_words(left)} left")


def file_of(unit: Unit, root: Path, settings: VaeSettings) -> Path:
    """Where the unit is kept: a name made of question, seed, settings and the shipped cells."""
    cells = "" if unit.question in SIMULATED else _cells()
    text = f"{EDITION}|{unit}|{replace(settings, seed=0)}|{cells}"
    short = hashlib.sha256(text.encode()).hexdigest()[:16]
    return root / "units" / f"{unit.question.replace(' ', '_')}_{unit.seed}_{short}.json"


def results(units: Sequence[Unit], root: Path, settings: VaeSettings) -> pd.DataFrame:
    """Every figure of every finished unit: question, seed, contender, metric, value, low, high.

    Raises:
        PerturbationError: if no unit is finished.
    """
    parts = []
    for unit in units:
        content = kept(file_of(unit, root, settings))
        if content is None:
            continue
        found = json.loads(content)
        rows = pd.DataFrame(found["rows"])
        rows.insert(0, "question", unit.question)
        rows.insert(1, "seed", unit.seed)
        parts.append(rows.assign(seconds=found["seconds"]))
    if not parts:
        raise PerturbationError("No unit is finished yet. Run 'badger perturbation test' first.")
    return pd.concat(parts, ignore_index=True).astype({"value": float})


def summary(found: pd.DataFrame) -> pd.DataFrame:
    """Mean, least and largest over the seeds of each figure: columns mean, least, most, seeds."""
    keys = ["question", "contender", "metric"]
    grouped = found.groupby(keys, sort=False)["value"]
    return grouped.agg(mean="mean", least="min", most="max", seeds="size").reset_index()


@lru_cache(maxsize=1)
def _cells() -> str:
    """Names the cells that quality control leaves."""
    digest = hashlib.sha256(np.ascontiguousarray(good_cells().counts).tobytes())
    digest.update("|".join(good_cells().target.tolist()).encode())
    return digest.hexdigest()[:16]
