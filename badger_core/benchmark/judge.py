"""Checkpoints and plain predictors on rows they never saw: frozen, predicted, opened, scored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from badger_core.benchmark.plain import KINDS, plain_predictions
from badger_core.benchmark.plain import NAMES as PLAIN
from badger_core.benchmark.recipe import recipe_of
from badger_core.data.bundle import Bundle
from badger_core.data.knowledge import Knowledge
from badger_core.data.sealed import freeze
from badger_core.data.splits import folds_between
from badger_core.errors import CheckpointError, SettingError
from badger_core.evaluation.evaluate import score_conditions
from badger_core.model.checkpoint import Card, load
from badger_core.model.zoo import reads_graph
from badger_core.training.expression import predict_all
from badger_core.training.fold import Fold
from badger_core.training.prepare import prepare
from badger_core.training.run import checkpoint_path
from badger_core.training.settings import RUNS, TrainSettings

BESIDE = ("line_mean", "knn", "kernel_ridge")
"""Plain predictors that whatever is judged is shown beside."""
Predictions = dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class FoldScores:
    """Test conditions of one fold and the scores of each predictor on them."""

    conditions: pd.DataFrame
    scores: dict[str, pd.DataFrame]


def run_or_plain(name: str) -> TrainSettings | None:
    """The settings of a named run; None for a plain predictor, which needs no training.

    Raises:
        SettingError: listing the names there are.
    """
    if name not in (*RUNS, *PLAIN):
        names = ", ".join((*RUNS, *PLAIN))
        raise SettingError(f"There is no run '{name}'. Choose among {names}.")
    return RUNS.get(name)


def score_fold(
    bundle: Bundle,
    name: str,
    split: str,
    number: int,
    folder: Path,
    seal_folder: Path,
    device: torch.device,
) -> FoldScores:
    """Score a fold's checkpoint on the rows it never saw, beside the predictors of BESIDE.

    The run's configuration is frozen in `seal_folder`, and all predictions are made, before the
    labels of the test rows are opened.

    Raises:
        CheckpointError: if it is missing, or was trained on another split or fold or other data.
        SealError: if the labels were opened before, for a run of this name configured otherwise.
        SplitError: for the choosing fold, which is never a test, or one that does not exist.
    """
    folds_between(number, number)
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

    def predict(_: Predictions) -> np.ndarray:
        knowledge = Knowledge(bundle.library, card.terms)
        loader = fold.loader(fold.split.test, reads_graph(card.network), knowledge)
        return predict_all(model.to(device), loader, device)

    return _judged(fold, name, card_settings(card), seal_folder, predict)


def score_plain(
    bundle: Bundle, name: str, split: str, number: int, seal_folder: Path
) -> FoldScores:
    """Score a plain predictor on a fold's test rows, frozen and opened as a network is.

    Raises:
        SealError: if the labels were opened before, for one of this name on other data.
        SplitError: for the choosing fold, which is never a test, or one that does not exist.
    """
    folds_between(number, number)
    fold = prepare(bundle, KINDS, split, number)
    return _judged(fold, name, {"kinds": KINDS}, seal_folder, lambda plain: plain[name])


def _judged(
    fold: Fold,
    name: str,
    settings: Mapping[str, object],
    seal_folder: Path,
    predict: Callable[[Predictions], np.ndarray],
) -> FoldScores:
    """Freeze, predict, open and score, in this order; `predict` is given the plain predictions."""
    recipe = recipe_of(fold.bundle, name, settings, fold.split.name, fold.split.fold)
    freeze(seal_folder, recipe)
    plain = plain_predictions(fold)
    predictions = {name: predict(plain)} | {beside: plain[beside] for beside in BESIDE}
    truth = fold.truth.open(seal_folder, recipe)
    scores = {who: score_conditions(truth.change, p) for who, p in predictions.items()}
    return FoldScores(truth.table, scores)


def card_settings(card: Card) -> dict[str, object]:
    """The settings that a checkpoint was trained with, as its recipe names them."""
    return {"network": card.network, "model": card.settings, **card.training}


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
