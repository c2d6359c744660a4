"""Training and test rows by the folds that the bundle has registered, and a check for leaks.

Groups are whole compounds (first InChIKey block, over all sources at once), whole lines, or both.
Who is in which fold was written down once, when the bundle was built (`bundle.splits`): groups of
fold 0 serve to choose settings and are never reported as a test, those of folds 1 to 5 are tested
in turn, and those of fold -1 have nothing that could be tested and always train.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from badger_core.errors import SplitError
from badger_core.schema import SPLIT_COLUMNS

FOLDS = 5
CHOOSING = 0
ALWAYS_TRAINS = -1
SPLITS = {
    "unseen-compound": ("ik14",),
    "unseen-scaffold": ("ik14",),
    "unseen-line": ("cell",),
    "unseen-pair": ("ik14", "cell"),
}


@dataclass(frozen=True, eq=False)
class Split:
    """Positions of rows; `held_out` maps a group column to the groups not trained on.

    In fold 0 the `test` rows are those that settings are chosen by.
    """

    name: str
    fold: int
    train: np.ndarray
    test: np.ndarray
    held_out: dict[str, frozenset[str]]


def make_split(registry: pd.DataFrame, table: pd.DataFrame, name: str, fold: int) -> Split:
    """Split conditions: the groups of one fold are held out, all others train.

    Only numeric rows of known identity are tested; other rows of a held-out group are left out of
    everything. For `unseen-pair` both the compound and the line of a test row are held out, and
    rows with just one of them are left out as well. Pooled rows have no line and hide none.

    Args:
        registry: columns SPLIT_COLUMNS, such as `bundle.splits`.
        table: columns ik14, cell, kind, identity.
        name: one of SPLITS.
        fold: 1 to FOLDS, or CHOOSING.

    Raises:
        SplitError: for an unknown name or fold, for a registry that is not sound or lacks a group,
            or if a group would leak.
    """
    columns = split_named(name)
    if not CHOOSING <= fold <= FOLDS:
        raise SplitError(
            f"Fold {fold} does not exist. Choose 1 to {FOLDS}, or {CHOOSING}, the choosing fold."
        )
    folds = registered(registry, name)
    in_test = np.ones(len(table), bool)
    touched = np.zeros(len(table), bool)
    for column in columns:
        missing = sorted(set(table[column]) - folds[column].keys() - {""})
        if missing:
            raise SplitError(
                f"{column} '{missing[0]}' is in no fold of {name}. Build the bundle again, so that "
                "its splits register every compound and line it has signatures of."
            )
        of_fold = (table[column].map(folds[column]) == fold).to_numpy()
        in_test &= of_fold
        touched |= of_fold
    testable = ((table["kind"] == "numeric") & (table["identity"] == "given")).to_numpy()
    split = Split(
        name,
        fold,
        train=np.flatnonzero(~touched),
        test=np.flatnonzero(in_test & testable),
        held_out={c: frozenset(g for g, f in folds[c].items() if f == fold) for c in columns},
    )
    check(split, table, scaffolds(registry, name))
    return split


def split_named(name: str) -> tuple[str, ...]:
    """The columns whose groups a split holds out.

    Raises:
        SplitError: listing the splits there are.
    """
    if name not in SPLITS:
        raise SplitError(f"There is no split '{name}'. Choose among {', '.join(SPLITS)}.")
    return SPLITS[name]


def folds_between(first: int, last: int, least: int = 1) -> range:
    """The folds `first` to `last`, both included; with `least` CHOOSING also that one.

    Raises:
        SplitError: if there is none, or one does not exist or may not be asked for.
    """
    if not least <= first <= last <= FOLDS:
        choosing = f" Fold {CHOOSING} only chooses, it is never tested." if least else ""
        raise SplitError(
            f"There are no folds {first} to {last}. Give a first and a last one from {least} to "
            f"{FOLDS}, the first not above the last.{choosing}"
        )
    return range(first, last + 1)


def registered(registry: pd.DataFrame, name: str) -> dict[str, dict[str, int]]:
    """Column to group to fold, of one split.

    Raises:
        SplitError: if the registry has other columns, another group column than the split, a fold
            that does not exist, or a group twice.
    """
    split_named(name)
    if tuple(registry.columns) != SPLIT_COLUMNS:
        raise SplitError(f"A registry of splits has the columns {', '.join(SPLIT_COLUMNS)}.")
    rows = registry[registry["split"] == name]
    strange = sorted(set(rows["column"]) - set(SPLITS[name]))
    if strange:
        raise SplitError(f"{name} is registered by '{strange[0]}', not by {SPLITS[name]}.")
    outside = rows.loc[~rows["fold"].between(ALWAYS_TRAINS, FOLDS), "fold"]
    if len(outside):
        raise SplitError(f"{name} is registered with fold {outside.iloc[0]}, which does not exist.")
    twice = rows.loc[rows.duplicated(["column", "group"]), "group"]
    if len(twice):
        raise SplitError(f"'{twice.iloc[0]}' is registered twice in {name}. Keep one fold of it.")
    return {
        column: dict(zip(part["group"], part["fold"], strict=True))
        for column in SPLITS[name]
        for part in [rows[rows["column"] == column]]
    }


def scaffolds(registry: pd.DataFrame, name: str) -> dict[str, str]:
    """Compound to scaffold where the split goes by scaffolds; compounds without ring have none."""
    rows = registry[(registry["split"] == name) & (registry["scaffold"] != "")]
    return dict(zip(rows["group"], rows["scaffold"], strict=True))


def check(split: Split, table: pd.DataFrame, scaffold: Mapping[str, str]) -> None:
    """Refuse a split in which a group or scaffold stands on two sides, or a side is empty.

    Raises:
        SplitError: naming the first group that leaks.
    """
    for side, rows in (("train", split.train), ("test", split.test)):
        if len(rows) == 0:
            raise SplitError(f"Split {split.name} fold {split.fold} has no {side} rows.")
    sides = {column: table[column] for column in SPLITS[split.name]}
    if scaffold:
        sides["scaffold"] = table["ik14"].map(scaffold).fillna("")
    for column, groups in sides.items():
        both = set(groups.iloc[split.train]) & set(groups.iloc[split.test]) - {""}
        if both:
            raise SplitError(
                f"Split {split.name} fold {split.fold} leaks: {column} '{min(both)}' is in train "
                "and in test."
            )
