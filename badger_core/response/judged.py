"""Held-out predictions of the finished units, and their scores under bootstrap, kept on disk."""

import io
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.evaluation.sensitivity import resampled, sensitivity_scores
from badger_core.kept import keep, kept
from badger_core.response.contract import Report
from badger_core.response.units import Unit, folds_at, opened, read

DRAWS, SEED = 200, 0
DRAWN = {"random": "drug", "unseen-drug": "drug", "unseen-line": "line", "unseen-both": "line"}
"""Split to what the bootstrap draws: what was held out, and of both the rarer, the lines."""
_COLUMNS = ("truth", "predicted", "drug", "line")


class Case(NamedTuple):
    """Held-out predictions of one contender on one split.

    Attributes:
        table: (N rows) truth, predicted, drug, line, fold.
        seconds: of all folds.
        settings: what validation chose in each fold.
    """

    screen: str
    panel: str
    split: str
    model: str
    kind: str
    table: pd.DataFrame
    seconds: float
    settings: list[str]


class Judged(NamedTuple):
    """A case with its scores.

    Attributes:
        values: metric to score of all pairs together.
        draws: metric to (R,) scores under draws that are the same for all contenders of a split.
        fold_means: metric to the mean of the folds' own scores.
    """

    case: Case
    values: dict[str, float]
    draws: dict[str, np.ndarray]
    fold_means: dict[str, float]


def cases(units: Sequence[Unit], root: Path) -> Iterator[Case]:
    """One case for each contender and split with at least one finished unit."""
    ordered = sorted(units, key=lambda u: (u.screen, u.panel, u.split, u.model, u.fold))
    for (name, panel, split, model), group in groupby(ordered, lambda u: (*u[:3], u.model)):
        one, folds = opened(name, panel), folds_at(name, panel, split)
        parts, seconds, settings = [], 0.0, []
        for unit in group:
            found = read(unit, root)
            if found is None:
                continue
            test = folds[unit.fold - 1].test
            drug, line = np.nonzero(test)
            parts.append(
                pd.DataFrame(
                    {
                        "truth": one.labels[test].astype(np.float64),
                        "predicted": found.predicted.astype(np.float64),
                        "drug": drug,
                        "line": line,
                        "fold": unit.fold,
                    }
                )
            )
            seconds += found.seconds
            settings.append(found.setting)
        if parts:
            table = pd.concat(parts, ignore_index=True)
            yield Case(name, panel, split, model, one.kind, table, seconds, settings)


def judge(case: Case, root: Path, report: Report) -> Judged:
    """The scores; those of the same predictions are read from `root` and not computed again."""
    path = root / "judged" / f"{_digest(case)}.npz"
    content = kept(path)
    if content is None:
        report(f"scores of {case.screen} {case.panel} {case.split} {case.model}")
        values = sensitivity_scores(case.kind, *(case.table[name] for name in _COLUMNS))
        draws = resampled(case.kind, case.table, DRAWN[case.split], DRAWS, SEED)
        folds = pd.DataFrame(
            [
                sensitivity_scores(case.kind, *(part[name] for name in _COLUMNS))
                for _, part in case.table.groupby("fold")
            ]
        ).mean()
        arrays = {f"value {name}": value for name, value in values.items()}
        arrays |= {f"draws {name}": value for name, value in draws.items()}
        arrays |= {f"folds {name}": value for name, value in folds.items()}
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        content = buffer.getvalue()
        keep(path, content)
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        parts: dict[str, dict] = {"value": {}, "draws": {}, "folds": {}}
        for name in found.files:
            part, metric = name.split(" ", 1)
            parts[part][metric] = found[name] if part == "draws" else float(found[name])
    return Judged(case, parts["value"], parts["draws"], parts["folds"])


def _digest(case: Case) -> str:
    found = sha256(f"{case.kind} {DRAWN[case.split]} {DRAWS} {SEED}".encode())
    for name in (*_COLUMNS, "fold"):
        found.update(np.ascontiguousarray(case.table[name].to_numpy(np.float64)).tobytes())
    return found.hexdigest()[:16]
