"""Measured change of test rows, out of reach until a run's configuration is frozen by its hash.

A seal guards against mistakes, not against intent: whoever wants to can read the bundle itself. But
whatever goes the usual way meets NaN until it has said, on disk, what it is going to be judged for.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from badger_core.data import scratch
from badger_core.data.conditions import Conditions
from badger_core.errors import SealError
from badger_core.files import write_whole

FILE = "frozen.json"
PARTS = ("run", "settings", "split", "fold", "bundle")
"""What a recipe has to say at least; `bundle` is the content hash of the data."""


@dataclass(frozen=True)
class Frozen:
    """A recipe on disk; `opened` once it has been used to read test labels."""

    recipe: dict
    hash: str
    opened: bool


class SealedTruth:
    """The measured change of N test rows; only `open` hands it out."""

    def __init__(self, truth: Conditions, origin: Mapping[str, object]) -> None:
        self.__truth = truth
        self.__origin = dict(origin)

    def __len__(self) -> int:
        return len(self.__truth)

    def open(self, folder: Path, recipe: Mapping[str, object]) -> Conditions:
        """The test rows with their change, strength and mark of the strong third.

        Args:
            folder: where `freeze` was told to keep the recipe.
            recipe: what is about to be judged; it must be the frozen one.

        Raises:
            SealError: if nothing or another recipe is frozen there, if the frozen one was tampered
                with, or if it is of other test rows than these.
        """
        frozen = read_frozen(folder)
        if frozen is None:
            raise SealError(
                f"The test labels are sealed: no configuration is frozen in '{folder}'. Freeze the "
                "one that is to be judged first, and change nothing in it afterwards."
            )
        if recipe_hash(recipe) != frozen.hash:
            raise SealError(
                f"The test labels are sealed: the configuration differs from the one frozen in "
                f"'{folder}' in {_differing(recipe, frozen.recipe)}. Open them with the frozen one."
            )
        wrong = sorted(k for k, v in self.__origin.items() if recipe[k] != v)
        if wrong:
            raise SealError(
                f"The configuration frozen in '{folder}' is of {wrong[0]} '{recipe[wrong[0]]}', "
                f"these test labels are of '{self.__origin[wrong[0]]}'. Freeze one for each."
            )
        _write(folder, Frozen(frozen.recipe, frozen.hash, opened=True))
        return self.__truth.take(np.arange(len(self)))


def seal(
    conditions: Conditions, rows: np.ndarray, origin: Mapping[str, object]
) -> tuple[Conditions, SealedTruth]:
    """The conditions with these rows' labels blanked, and the labels under seal.

    Blank is NaN in change and strength and pd.NA in active, so that a use of them is refused or
    shows; whatever is not measured (who, where, how, and the weight) stays.

    Args:
        conditions: N conditions, which are not changed.
        rows: positions of the test rows.
        origin: the parts of a recipe that say whose labels these are, such as split and fold.
    """
    hidden = np.zeros(len(conditions), bool)
    hidden[rows] = True
    change = scratch.taken(conditions.change, np.arange(len(conditions)))
    change[hidden] = np.nan
    table = conditions.table.assign(
        strength=conditions.table["strength"].mask(hidden),
        active=conditions.table["active"].astype("boolean").mask(hidden),
    )
    return Conditions(table, change), SealedTruth(conditions.take(rows), origin)


def freeze(folder: Path, recipe: Mapping[str, object]) -> Frozen:
    """Write the recipe and its hash to `folder`; freezing the same one again changes nothing.

    Raises:
        SealError: for a recipe without one of PARTS, for a tampered file, or if another recipe was
            frozen there and its labels were opened.
    """
    missing = [part for part in PARTS if part not in recipe]
    if missing:
        raise SealError(f"A configuration to freeze must say its {missing[0]}. Add it.")
    ours = Frozen(json.loads(_canonical(recipe)), recipe_hash(recipe), opened=False)
    there = read_frozen(folder)
    if there is not None and there.hash == ours.hash:
        return there
    if there is not None and there.opened:
        raise SealError(
            f"Another configuration was frozen in '{folder}' and its test labels were opened; this "
            f"one differs in {_differing(recipe, there.recipe)}. Settings are chosen on fold 0. "
            "Test this one under a run name of its own, or remove that folder and say so wherever "
            "you report the result."
        )
    _write(folder, ours)
    return ours


def read_frozen(folder: Path) -> Frozen | None:
    """What is frozen in a folder, None if nothing is.

    Raises:
        SealError: if the file is damaged or its recipe was changed after freezing.
    """
    path = folder / FILE
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        frozen = Frozen(dict(content["recipe"]), content["hash"], content["opened"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SealError(f"'{path}' is damaged. Restore it, or freeze anew elsewhere.") from error
    if recipe_hash(frozen.recipe) != frozen.hash:
        raise SealError(
            f"'{path}' was changed after it was frozen: its hash is not that of its recipe. "
            "Restore it, or freeze anew elsewhere."
        )
    return frozen


def recipe_hash(recipe: Mapping[str, object]) -> str:
    """SHA-256 of the recipe as canonical JSON; order of keys and list or tuple do not matter."""
    return hashlib.sha256(_canonical(recipe).encode()).hexdigest()


def _canonical(recipe: Mapping[str, object]) -> str:
    return json.dumps(recipe, sort_keys=True, ensure_ascii=False, allow_nan=False)


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> str:
    """Names of the parts that differ."""
    ours, theirs = (json.loads(_canonical(recipe)) for recipe in (one, other))
    names = sorted({*ours, *theirs})
    return ", ".join(n for n in names if ours.get(n) != theirs.get(n)) or "nothing"


def _write(folder: Path, frozen: Frozen) -> None:
    content = {"recipe": frozen.recipe, "hash": frozen.hash, "opened": frozen.opened}
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_whole(folder / FILE, text)
