"""Checkpoints on the rows they never saw, beside predictors without a network."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from badger_core.data.bundle import Bundle
from badger_core.data.conditions import Conditions
from badger_core.data.likeness import compound_likeness, line_likeness, positions
from badger_core.errors import CheckpointError
from badger_core.evaluation.evaluate import score_conditions
from badger_core.evaluation.plain import drug_free_mean, kernel_ridge, nearest_mean
from badger_core.model.checkpoint import load
from badger_core.training.fit import predict_all
from badger_core.training.prepare import Fold, prepare
from badger_core.training.run import checkpoint_path

RIDGE = 20.0


@dataclass(frozen=True, eq=False)
class FoldScores:
    """Test conditions of one fold and the scores of each predictor on them."""

    conditions: pd.DataFrame
    scores: dict[str, pd.DataFrame]


def score_fold(
    bundle: Bundle, name: str, split: str, number: int, folder: Path, device: torch.device
) -> FoldScores:
    """Score a fold's checkpoint on the rows it never saw, beside predictors without a network.

    Raises:
        CheckpointError: if it is missing, or was trained on another split or fold or other data.
    """
    path = checkpoint_path(folder, number)
    model, card = load(path)
    if (card.split, card.fold) != (split, number):
        raise CheckpointError(
            f"'{path}' was trained on {card.split} fold {card.fold}: it has seen rows of {split} "
            f"fold {number}. Train that split first."
        )
    kinds = tuple(card.training["kinds"])
    fold = prepare(bundle, kinds, split, number)
    check_unseen(fold, set(card.trained_compounds), set(card.trained_cells))
    test = fold.conditions.take(fold.split.test)
    train = fold.conditions.take(fold.split.train)
    numeric = (train.table["kind"] == "numeric").to_numpy()
    predictions = {
        name: predict_all(model.to(device), fold.loader(fold.split.test), device)
    } | plain_predictions(fold, train.take(np.flatnonzero(numeric)), test)
    scores = {name: score_conditions(test.change, p) for name, p in predictions.items()}
    return FoldScores(test.table, scores)


def plain_predictions(fold: Fold, train: Conditions, test: Conditions) -> dict[str, np.ndarray]:
    """(S, G) by each predictor without a network, all from the same training conditions.

    The kernel and its ridge were chosen on the validation groups of the unseen-compound split.
    """
    table = pd.concat([train.table, test.table], ignore_index=True)
    compounds, lines = (sorted(set(table[c])) for c in ("ik14", "cell"))
    of_compound = compound_likeness(fold.bundle.library, compounds)
    of_line = line_likeness(fold.cells, lines)
    compound, line = positions(table["ik14"], compounds), positions(table["cell"], lines)
    n = len(train)

    def between(rows: slice) -> tuple[np.ndarray, np.ndarray]:
        """Likeness of compounds and of lines, these conditions against the training ones."""
        return (
            of_compound[np.ix_(compound[rows], compound[:n])],
            of_line[np.ix_(line[rows], line[:n])],
        )

    def kernel(drug: np.ndarray, cell: np.ndarray) -> np.ndarray:
        return drug * (1 + cell) / 2 + cell + 0.3

    drug, cell = between(slice(n, None))
    return {
        "drug-free mean": drug_free_mean(train.change, train.table, test.table["cell"]),
        "nearest 5": nearest_mean(drug * cell, train.change),
        "kernel ridge": kernel_ridge(
            kernel(*between(slice(n))),
            kernel(drug, cell),
            train.change,
            train.table["weight"].to_numpy(),
            RIDGE,
        ),
    }


def check_unseen(fold: Fold, compounds: set[str], cells: set[str]) -> None:
    """Refuse to test a checkpoint on compounds or lines that it was trained on.

    Raises:
        CheckpointError: naming the first one.
    """
    test = fold.conditions.table.iloc[fold.split.test]
    for column, seen in (("ik14", compounds), ("cell", cells)):
        if column in fold.split.held_out:
            both = sorted(set(test[column]) & seen)
            if both:
                raise CheckpointError(f"The checkpoint was trained on {both[0]}, a test {column}.")


def joined(folds: list[FoldScores]) -> FoldScores:
    """The test rows of several folds, one after the other."""
    names = folds[0].scores
    return FoldScores(
        pd.concat([f.conditions for f in folds], ignore_index=True),
        {n: pd.concat([f.scores[n] for f in folds], ignore_index=True) for n in names},
    )


def fold_spread(folds: list[FoldScores], summarise: Callable) -> dict[str, pd.DataFrame]:
    """Standard deviation over folds of each summary, by predictor."""
    out = {}
    for name in folds[0].scores:
        parts = [summarise(f.scores[name], f.conditions) for f in folds]
        stacked = np.stack([p.to_numpy(float) for p in parts])
        spread = (
            stacked.std(axis=0, ddof=1) if len(parts) > 1 else np.full(stacked[0].shape, np.nan)
        )
        out[name] = pd.DataFrame(spread, index=parts[0].index, columns=parts[0].columns)
    return out
