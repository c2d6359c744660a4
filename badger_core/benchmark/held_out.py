"""Held-out predictions of badger with their signs of trust, one row per line x compound pair."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch

from badger_core.benchmark.contenders import settings_of
from badger_core.benchmark.matrix import Plan, is_done, unit_recipe
from badger_core.data.bundle import Bundle
from badger_core.data.knowledge import Knowledge
from badger_core.errors import SettingError
from badger_core.evaluation.ranking import precision_at_k
from badger_core.evaluation.trust import TOP
from badger_core.model.checkpoint import load
from badger_core.model.signs import signs_of
from badger_core.training.prepare import prepare
from badger_core.training.run import checkpoint_path

_AT_ONCE = 64


@dataclass(frozen=True, eq=False)
class HeldOut:
    """S pairs of all finished folds of a split.

    Attributes:
        table: columns cell, ik14 and fold.
        signs: columns of `model.signs.SIGNS`.
        truth: (S, G) mean measured change of the pair.
        predicted: (S, G) what the model that never saw them predicts.
    """

    table: pd.DataFrame
    signs: pd.DataFrame
    truth: np.ndarray
    predicted: np.ndarray

    def joined(self, other: "HeldOut") -> "HeldOut":
        """These rows and then those of the other."""
        return HeldOut(
            pd.concat([self.table, other.table], ignore_index=True),
            pd.concat([self.signs, other.signs], ignore_index=True),
            np.concatenate([self.truth, other.truth]),
            np.concatenate([self.predicted, other.predicted]),
        )

    @property
    def outcome(self) -> np.ndarray:
        """(S,) share of the first TOP genes each way that are in the measured top 200."""
        both = [precision_at_k(self.truth, self.predicted, TOP, d) for d in ("up", "down")]
        return np.mean(both, axis=0)


def held_out(bundle: Bundle, plan: Plan, split: str) -> HeldOut:
    """Predict the test pairs of the finished folds anew, from their checkpoints.

    Raises:
        SettingError: if no fold of badger on this split is finished.
    """
    settings = settings_of("badger", plan.quick)
    parts = []
    for unit in plan.units:
        if (unit.split, unit.group) == (split, "badger") and is_done(unit, plan.root):
            folder = unit.folder(plan.root)
            model, card = load(checkpoint_path(folder, unit.fold))
            fold = prepare(bundle, settings.kinds, split, unit.fold)
            recipe = unit_recipe(bundle, unit, settings)
            pairs = fold.truth.open(folder, recipe).by_pair()
            loader = fold.loader_of(pairs, knowledge=Knowledge(bundle.library, card.terms))
            signs, predicted = [], []
            with torch.inference_mode():
                for batch in loader.ordered(_AT_ONCE):
                    output = model(batch)
                    signs.append(signs_of(model.expert, batch, output))
                    predicted.append(output.change.numpy())
            table = pairs.table[["cell", "ik14"]].assign(fold=unit.fold)
            parts.append((table, pd.concat(signs), pairs.change, np.concatenate(predicted)))
    if not parts:
        raise SettingError(
            f"No fold of badger on {split} is finished. Run 'badger benchmark --models badger "
            f"--splits {split}' first."
        )
    tables, signs, truth, predicted = zip(*parts, strict=True)
    return HeldOut(
        pd.concat(tables, ignore_index=True),
        pd.concat(signs, ignore_index=True),
        np.concatenate(truth),
        np.concatenate(predicted),
    )
