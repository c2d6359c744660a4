"""The result tables of the benchmark, read from their folder and checked."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from badger_core.errors import SettingError


class Form(NamedTuple):
    """What a table must have, and how it is made."""

    texts: tuple[str, ...]
    numbers: tuple[str, ...]
    remedy: str


_ALL = "Write it by `badger benchmark`, which takes up what was finished before."
_KEYS = ("split", "stratum", "metric", "direction", "k")
_MAIN = ("n_pairs", "spearman")
_COUNTS = ("n_pairs", "n_signatures", "folds")
_CONFIDENCE = "Write it by `badger calibrate`."
REQUIRED = {
    "results": Form(
        (*_KEYS, "model"),
        ("mean", "ci_low", "ci_high", "n_signatures", "n_pairs", "folds"),
        _ALL,
    ),
    "differences": Form(
        (*_KEYS, "model", "baseline"), ("difference", "ci_low", "ci_high", "n_pairs"), _ALL
    ),
    "replicates": Form(
        ("sources", "stratum", "metric"), ("agreement", "low", "high", "n_pairs"), _ALL
    ),
}
OPTIONAL = {
    "against_each": Form((*_KEYS, "baseline"), ("difference", "ci_low", "ci_high"), _ALL),
    "by_line": Form(("split", "model", "cell"), _MAIN, _ALL),
    "by_source": Form(("split", "model", "source"), _MAIN, _ALL),
    "faithfulness": Form(
        ("check", "measure", "member"),
        ("value", "ci_low", "ci_high", "null", "p", "n"),
        "Write it by `badger faithfulness --out data/benchmark/faithfulness.csv`.",
    ),
    "reliability": Form(("split", "kind"), ("mean_confidence", "mean_outcome", "n"), _CONFIDENCE),
    "calibration": Form(
        ("split", "quantity"), ("ece", "rank_correlation", "ci_low", "ci_high", "n"), _CONFIDENCE
    ),
}


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables; None where an optional one is not there.

    Attributes:
        results, differences, replicates: of `badger benchmark`; k is a text, '' for none.
        against_each: our model less every baseline, of the same command.
        by_line, by_source: means by group, of the same command.
        faithfulness: of `badger faithfulness`.
        reliability, calibration: of the confidence that goes with a prediction.
        hashes: table to the first twelve signs of its file's SHA-256.
    """

    results: pd.DataFrame
    differences: pd.DataFrame
    replicates: pd.DataFrame
    against_each: pd.DataFrame | None
    by_line: pd.DataFrame | None
    by_source: pd.DataFrame | None
    faithfulness: pd.DataFrame | None
    reliability: pd.DataFrame | None
    calibration: pd.DataFrame | None
    hashes: dict[str, str]


def read_tables(folder: Path, optional: bool = True) -> Tables:
    """Read what is in a folder such as data/benchmark; the optional ones only where asked for.

    Raises:
        SettingError: a required table is missing, or one cannot be read or lacks a column or rows.
    """
    read, hashes = {}, {}
    for name, form in (REQUIRED | OPTIONAL).items():
        path = folder / f"{name}.csv"
        read[name] = None
        if name in REQUIRED or (optional and path.exists()):
            read[name] = _read(path, form)
            hashes[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return Tables(**read, hashes=hashes)


def _read(path: Path, form: Form) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype=dict.fromkeys(form.texts, str))
    except FileNotFoundError as error:
        raise SettingError(f"There is no table '{path}'. {form.remedy}") from error
    except (OSError, ValueError) as error:
        raise SettingError(f"'{path}' cannot be read as a CSV table. {form.remedy}") from error
    missing = [name for name in (*form.texts, *form.numbers) if name not in table]
    if missing:
        raise SettingError(f"'{path}' has no column '{missing[0]}'. {form.remedy}")
    if table.empty and path.stem == "results":
        raise SettingError(f"'{path}' has no rows. {form.remedy}")
    for name in form.numbers:
        try:
            table[name] = table[name].astype(float)
            if name in _COUNTS:
                table[name] = table[name].astype(int)
        except ValueError as error:
            raise SettingError(
                f"The column '{name}' of '{path}' holds something that is no number. {form.remedy}"
            ) from error
    table[list(form.texts)] = table[list(form.texts)].fillna("")
    return table
