"""Whether files hold the same, times apart, and whether none is half of one."""

import io
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.cli.doctor_damage import damage
from badger_core.files import PART
from badger_core.kept import ENDING, kept

TIMES = {"seconds", "checksum", "date", "started", "made", "ms_per_pair"}
"""Fields that tell when or how long, and the checksum of a text with such a field."""


def different(folder: Path, other: Path, names: Iterable[str]) -> list[str]:
    """Names of the files (patterns) that do not hold the same in both folders, times apart."""
    wrong = []
    for pattern in names:
        found = {p.relative_to(folder) for p in folder.glob(pattern) if p.is_file()}
        expected = {p.relative_to(other) for p in other.glob(pattern) if p.is_file()}
        wrong += [f"{name} is missing or more than due" for name in sorted(found ^ expected)]
        wrong += [str(n) for n in sorted(found & expected) if not same(folder / n, other / n)]
        if not expected:
            wrong.append(f"nothing is called {pattern}")
    return wrong


def same(one: Path, other: Path) -> bool:
    """Byte for byte, or in all but its times."""
    first, second = one.read_bytes(), other.read_bytes()
    return first == second or _timeless(one, first) == _timeless(other, second)


def halves(folder: Path, reference: Path) -> list[str]:
    """Files under a final name that are not whole.

    Whole is what equals the reference; what agrees with the checksum beside it, or is refused by
    it; and what can be read to its end.

    Args:
        folder: after a kill.
        reference: the same folder after an undisturbed run.
    """
    wrong = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink() or path.name.endswith(PART):
            continue
        if {"build-under-way", "import-under-way"} & set(path.parts) or path.suffix == ENDING:
            continue  # unfinished work, which nobody reads as finished
        twin = reference / path.relative_to(folder)
        if twin.is_file() and twin.read_bytes() == path.read_bytes():
            continue
        if path.with_name(path.name + ENDING).exists() and kept(path) is None:
            continue  # refused by its checksum
        if said := damage(path):
            wrong.append(f"{path.relative_to(folder)} {said}")
    return wrong


def _timeless(path: Path, content: bytes) -> object:
    if path.suffix == ".json":
        return json.dumps(_without(json.loads(content)), sort_keys=True)
    if path.suffix == ".npz":
        with np.load(io.BytesIO(content)) as arrays:
            return {n: arrays[n].tobytes() for n in arrays.files if n not in TIMES}
    if path.suffix == ".csv":
        table = pd.read_csv(io.BytesIO(content))
        return table.drop(columns=[c for c in table if c in TIMES]).to_csv()
    return content


def _without(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without(part) for name, part in value.items() if name not in TIMES}
    return [_without(part) for part in value] if isinstance(value, list) else value
