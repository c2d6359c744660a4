"""Training, validation and test rows whose groups never meet, and a check that they do not.

Groups are whole compounds (first InChIKey block, over all sources at once), whole lines, or both.
The fold of a group depends only on the set of groups and the seed, never on row order.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from badger_core.errors import SplitError

FOLDS = 5
SEED = 88
SPLITS = {
    "unseen-compound": ("ik14",),
    "unseen-line": ("cell",),
    "unseen-pair": ("ik14", "cell"),
}


@dataclass(frozen=True, eq=False)
class Split:
    """Positions of rows; `held_out` maps a group column to the groups not trained on."""

    name: str
    fold: int
    train: np.ndarray
    valid: np.ndarray
    test: np.ndarray
    held_out: dict[str, frozenset[str]]


def make_split(table: pd.DataFrame, name: str, fold: int) -> Split:
    """Split conditions: fold `fold` (1 to 5) is the test, the next one lends validation groups.

    A quarter of the next fold's groups validate, the rest of them train. Rows of uncertain identity
    train only: they are never the truth of a test. For `unseen-pair` both the compound and the line
    of a test row are held out, rows with just one of them are left out of everything, and half of
    the next fold's compounds and lines validate.

    Args:
        table: columns ik14, cell, kind, identity.
        name: one of SPLITS.
        fold: 1 to FOLDS.

    Raises:
        SplitError: for an unknown name or fold, or if a group would leak.
    """
    columns = split_named(name)
    if not 1 <= fold <= FOLDS:
        raise SplitError(f"Fold {fold} does not exist. Choose 1 to {FOLDS}.")
    testable = ((table["kind"] == "numeric") & (table["identity"] == "given")).to_numpy()
    in_test = np.ones(len(table), bool)
    in_valid = np.ones(len(table), bool)
    touched = np.zeros(len(table), bool)
    held_out: dict[str, frozenset[str]] = {}
    for column in columns:
        groups = fold_of_groups(table, column)
        number = table[column].map(groups).fillna(0).to_numpy()
        following = [g for g, f in groups.items() if f == fold % FOLDS + 1]
        # Of pairs hardly any would be left in a quarter of both: every second group, by size.
        validating = _quarter(following) if len(columns) == 1 else set(following[::2])
        test = number == fold
        valid = table[column].isin(validating).to_numpy()
        in_test &= test
        in_valid &= valid
        touched |= test | valid
        held_out[column] = frozenset(table.loc[test | valid, column])
    split = Split(
        name,
        fold,
        train=np.flatnonzero(~touched),
        valid=np.flatnonzero(in_valid & testable),
        test=np.flatnonzero(in_test & testable),
        held_out=held_out,
    )
    check(split, table)
    return split


def split_named(name: str) -> tuple[str, ...]:
    """The columns whose groups a split holds out.

    Raises:
        SplitError: listing the splits there are.
    """
    if name not in SPLITS:
        raise SplitError(f"There is no split '{name}'. Choose among {', '.join(SPLITS)}.")
    return SPLITS[name]


def folds_between(first: int, last: int) -> range:
    """The folds `first` to `last`, both included.

    Raises:
        SplitError: if there is none, or one does not exist.
    """
    if not 1 <= first <= last <= FOLDS:
        raise SplitError(
            f"There are no folds {first} to {last}. Give a first and a last one from 1 to {FOLDS}, "
            "the first not above the last."
        )
    return range(first, last + 1)


def fold_of_groups(table: pd.DataFrame, column: str) -> dict[str, int]:
    """Group to fold 1..FOLDS, dealt out by falling size so that folds hold alike many conditions.

    Only groups with a testable row are dealt; the others always train. Pooled rows have no line.
    """
    testable = (table["kind"] == "numeric") & (table["identity"] == "given") & (table[column] != "")
    size = table.loc[testable, column].value_counts()
    names = sorted(size.index)
    shuffled = [names[i] for i in np.random.default_rng(SEED).permutation(len(names))]
    order = sorted(shuffled, key=lambda g: -size[g])
    load = np.zeros(FOLDS)
    folds: dict[str, int] = {}
    for group in order:
        fold = int(np.argmin(load))
        folds[group] = fold + 1
        load[fold] += np.sqrt(size[group])
    return folds


def check(split: Split, table: pd.DataFrame) -> None:
    """Refuse a split in which a row or group stands on two sides, or a side is empty.

    Raises:
        SplitError: naming the first group that leaks.
    """
    sides = {"train": split.train, "validation": split.valid, "test": split.test}
    for side, rows in sides.items():
        if len(rows) == 0:
            raise SplitError(f"Split {split.name} fold {split.fold} has no {side} rows.")
    for column in SPLITS[split.name]:
        seen = {side: set(table[column].iloc[rows]) for side, rows in sides.items()}
        for left, right in (("train", "test"), ("train", "validation"), ("validation", "test")):
            both = sorted((seen[left] & seen[right]) - {""})
            if both:
                raise SplitError(
                    f"Split {split.name} fold {split.fold} leaks: {column} '{both[0]}' is in "
                    f"{left} and in {right}."
                )


def _quarter(groups: list[str]) -> set[str]:
    names = sorted(groups)
    order = np.random.default_rng(SEED).permutation(len(names))
    return {names[i] for i in order[: max(1, len(names) // 4)]}
