"""Units of the benchmark: one contender on one fold, computed once and kept as one file."""

import hashlib
import io
import time
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from badger_core.data.response import Screen
from badger_core.kept import is_kept, keep, kept
from badger_core.response.contenders import ENSEMBLE, MEMBERS, contender
from badger_core.response.contract import Report, Train
from badger_core.response.ensemble import mixed
from badger_core.response.screens import screen_on
from badger_core.response.splits import FOLDS, SEED, Fold, folds

EDITION = 1
"""Raise it when a contender computes something else from the same settings."""


class Unit(NamedTuple):
    """One contender on one fold of one split of one screen; `fold` counts from 1."""

    screen: str
    panel: str
    split: str
    fold: int
    model: str

    def __str__(self) -> str:
        return f"{self.screen} {self.panel} {self.split} fold {self.fold} {self.model}"


class Outcome(NamedTuple):
    """What a unit leaves.

    Attributes:
        predicted: (N,) for the test pairs in the order of `np.nonzero`.
        inner: (M,) for the validation pairs, by a fit that did not learn from them.
        seconds: of fit and prediction.
        setting: what validation chose, in words.
    """

    predicted: np.ndarray
    inner: np.ndarray
    seconds: float
    setting: str


@lru_cache(maxsize=2)
def opened(name: str, panel: str) -> Screen:
    """The screen, read once."""
    return screen_on(name, panel)


@lru_cache(maxsize=8)
def folds_at(name: str, panel: str, split: str) -> tuple[Fold, ...]:
    """Its folds, cut once."""
    return tuple(folds(opened(name, panel), split, SEED, FOLDS))


@lru_cache(maxsize=4)
def digest(name: str, panel: str) -> str:
    """Hash of all that a contender may read of a screen."""
    found, one = hashlib.sha256(), opened(name, panel)
    for part in (one.labels, one.drugs.bits, one.lines.expression):
        found.update(np.ascontiguousarray(part).tobytes())
    for part in (one.drugs.keys, one.drugs.groups, one.lines.keys, one.lines.groups):
        found.update("|".join(map(str, part)).encode())
    return found.hexdigest()[:16]


def file_of(unit: Unit, root: Path) -> Path:
    """Where the unit is kept: a name made of data, contender with its settings, fold and seed."""
    if unit.model == ENSEMBLE:
        recipe = "+".join(file_of(unit._replace(model=member), root).name for member in MEMBERS)
    else:
        one = contender(unit.model)
        kind = opened(unit.screen, unit.panel).kind
        recipe = one.recipe(kind) if hasattr(one, "recipe") else repr(one)
    text = f"{EDITION}|{digest(unit.screen, unit.panel)}|{SEED}|{unit}|{recipe}"
    model = unit.model.replace(" ", "_")
    name = f"{model}_fold{unit.fold}_{hashlib.sha256(text.encode()).hexdigest()[:16]}.npz"
    return root / f"{unit.screen}_{unit.panel}" / unit.split / name


def read(unit: Unit, root: Path) -> Outcome | None:
    """What the unit left; None where it is not finished, or damaged."""
    content = kept(file_of(unit, root))
    if content is None:
        return None
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        return Outcome(
            found["predicted"], found["inner"], float(found["seconds"]), str(found["setting"])
        )


def do(unit: Unit, root: Path, report: Report) -> None:
    """Compute the unit unless it is finished, and keep it whole or not at all."""
    if is_kept(file_of(unit, root)):
        return
    found = _mixed(unit, root, report) if unit.model == ENSEMBLE else _learned(unit, report)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **found._asdict())
    keep(file_of(unit, root), buffer.getvalue())


def lesson_of(one: Screen, fold: Fold) -> Train:
    """What a contender gets to see of a fold: never a label of its test pairs."""
    known = fold.train | fold.valid
    aside = np.where(fold.aside, one.labels, np.nan) if fold.aside.any() else None
    labels = np.where(known, one.labels, np.nan)
    return Train(one.kind, one.drugs, one.lines, labels, fold.valid, aside)


def _learned(unit: Unit, report: Report) -> Outcome:
    one = opened(unit.screen, unit.panel)
    fold = folds_at(unit.screen, unit.panel, unit.split)[unit.fold - 1]
    start = time.monotonic()
    fitted = contender(unit.model).fit(lesson_of(one, fold), SEED + unit.fold, report)
    predicted = fitted.predict(one.drugs, one.lines)
    inner = getattr(fitted, "inner", predicted)
    return Outcome(
        predicted[fold.test].astype(np.float32),
        inner[fold.valid].astype(np.float32),
        time.monotonic() - start,
        str(getattr(fitted, "setting", "")),
    )


def _mixed(unit: Unit, root: Path, report: Report) -> Outcome:
    parts = []
    for member in MEMBERS:
        do(unit._replace(model=member), root, report)
        parts.append(read(unit._replace(model=member), root))
    one = opened(unit.screen, unit.panel)
    fold = folds_at(unit.screen, unit.panel, unit.split)[unit.fold - 1]
    return Outcome(*mixed(one.kind, one.labels, fold.valid, parts))
