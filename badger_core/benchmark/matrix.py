"""The whole matrix of splits, groups and folds: each unit is predicted, frozen, opened, scored.

A unit leaves its predictions and scores in a folder of its own; a finished unit is not done again,
so an interrupted matrix goes on where it stopped.
"""

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from badger_core.alone import alone
from badger_core.benchmark.contenders import GROUPS, predict_group, settings_of
from badger_core.benchmark.plain import KINDS
from badger_core.benchmark.recipe import recipe_of
from badger_core.benchmark.scores import score_rows
from badger_core.data.bundle import Bundle
from badger_core.data.sealed import freeze
from badger_core.data.splits import FOLDS, SPLITS
from badger_core.errors import BusyError, SettingError
from badger_core.kept import is_kept, keep, kept
from badger_core.training.fold import Fold
from badger_core.training.history import in_words
from badger_core.training.prepare import prepare
from badger_core.training.settings import TrainSettings

ROWS = ["cell", "ik14", "dose_um", "time_h", "source", "active", "n_rows"]
Report = Callable[[str], None]


@dataclass(frozen=True)
class Unit:
    """One group of models on one fold of a split."""

    split: str
    group: str
    fold: int

    def folder(self, root: Path) -> Path:
        """Where this unit keeps everything."""
        return root / self.split / self.group / f"fold{self.fold}"

    def __str__(self) -> str:
        return f"{self.split} {self.group} fold {self.fold}"


@dataclass(frozen=True)
class Plan:
    """What is to be done, and where it is kept."""

    root: Path
    units: tuple[Unit, ...]
    quick: bool
    device: torch.device
    raw: Path | None = None


def units_of(
    splits: Sequence[str], groups: Sequence[str], folds: Sequence[int]
) -> tuple[Unit, ...]:
    """Every combination, fold by fold, so that what shares data is done together.

    Raises:
        SettingError: for a name that does not exist.
    """
    for names, known in ((splits, SPLITS), (groups, GROUPS)):
        unknown = [name for name in names if name not in known]
        if unknown:
            raise SettingError(f"There is no '{unknown[0]}'. Choose among {', '.join(known)}.")
    if any(not 1 <= fold <= FOLDS for fold in folds):
        raise SettingError(f"Tested folds are 1 to {FOLDS}; fold 0 is for choosing settings.")
    return tuple(Unit(s, g, f) for s in splits for f in folds for g in groups)


def run(bundle: Bundle, plan: Plan, report: Report) -> None:
    """Do every unit that is not done; `report` gets a sentence with the time left after each."""
    open_units = [unit for unit in plan.units if not is_done(unit, plan.root)]
    done = len(plan.units) - len(open_units)
    if done:
        report(f"{done} of {len(plan.units)} units were done before")
    start = time.monotonic()
    for i, unit in enumerate(open_units, 1):
        try:
            with alone(unit.folder(plan.root)):
                do(bundle, unit, plan, lambda line, unit=unit: report(f"[{unit}] {line}"))
        except BusyError:
            report(f"[{unit}] another process is at it: left to that")
            continue
        left = (time.monotonic() - start) / i * (len(open_units) - i)
        report(f"{done + i} of {len(plan.units)} units done, about {in_words(left)} left")


def do(bundle: Bundle, unit: Unit, plan: Plan, report: Report) -> None:
    """One unit: predict, freeze the configuration, open the labels, score."""
    folder = unit.folder(plan.root)
    settings = settings_of(unit.group, plan.quick, plan.raw is not None)
    recipe = unit_recipe(bundle, unit, settings)
    freeze(folder, recipe)
    kinds = KINDS if settings is None else settings.kinds
    fold = _fold(bundle, kinds, unit.split, unit.fold)
    command = f"badger train {unit.group} --split {unit.split} --start-fold {unit.fold}"
    command = f"{command} --end-fold {unit.fold} --threads 1"
    predictions = predict_group(
        unit.group, fold, settings, folder, command, plan.device, report, plan.raw
    )
    truth = fold.truth.open(folder, recipe)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{n: p.astype(np.float16) for n, p in predictions.items()})
    keep(folder / "predictions.npz", buffer.getvalue())
    for name, predicted in predictions.items():
        table = pd.concat([truth.table[ROWS], score_rows(truth, predicted)], axis=1)
        keep(folder / f"{name}.parquet", table.to_parquet(index=False))


def unit_recipe(bundle: Bundle, unit: Unit, settings: TrainSettings | None) -> dict[str, object]:
    """What is frozen before the unit's test labels are opened."""
    own = {} if settings is None else asdict(settings)
    return recipe_of(bundle, unit.group, own, unit.split, unit.fold)


def is_done(unit: Unit, root: Path) -> bool:
    """Whether all models of the unit have scores, and undamaged ones."""
    return all(is_kept(unit.folder(root) / f"{name}.parquet") for name in GROUPS[unit.group])


def scores(plan: Plan) -> pd.DataFrame:
    """All score rows of the finished units, with columns split, model and fold."""
    parts = []
    for unit in plan.units:
        of_models = {
            name: kept(unit.folder(plan.root) / f"{name}.parquet") for name in GROUPS[unit.group]
        }
        for name, content in of_models.items():
            if content is not None and None not in of_models.values():
                table = pd.read_parquet(io.BytesIO(content))
                parts.append(table.assign(split=unit.split, model=name, fold=unit.fold))
    if not parts:
        raise SettingError("No unit is finished yet: there is nothing to report.")
    return pd.concat(parts, ignore_index=True)


@lru_cache(maxsize=1)
def _fold(bundle: Bundle, kinds: tuple[str, ...], split: str, number: int) -> Fold:
    return prepare(bundle, kinds, split, number)
