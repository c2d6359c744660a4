"""What a network is trained on: measured pairs, and pairs that the kernel part labels for it.

A few thousand noisy measurements teach attention little about single compounds. The kernel part,
fitted to the same measurements in closed form, knows more; so it labels pairs of library compounds
that nobody profiled with training lines, and smooths the measured labels (knowledge distillation,
Hinton, Vinyals and Dean 2015, arXiv 1503.02531). Nothing held out takes part in either.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import torch

from badger_core.data import scratch
from badger_core.data.bundle import Bundle
from badger_core.data.conditions import Conditions, normal_scores
from badger_core.data.featurise import prediction_batch
from badger_core.data.knowledge import Knowledge, vocabulary
from badger_core.data.loader import Loader
from badger_core.errors import SettingError
from badger_core.model.contract import World
from badger_core.model.expert import ExpertData, KernelExpert
from badger_core.training.expert import fit_expert
from badger_core.training.fold import Fold
from badger_core.training.settings import TrainSettings

_AT_ONCE = 256
MOST_PAIRS = 20_000
"""Of the kernel part: a square of so many takes 3 GB, and several of them are needed."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """A network's world, what its kernel part knows, its training rows, the compounds taught."""

    world: World
    knowledge: Knowledge
    rows: Conditions
    taught: tuple[str, ...] = ()

    def loader(self, fold: Fold, graphs: bool) -> Loader:
        """Batches of the training rows."""
        return fold.loader_of(self.rows, graphs, self.knowledge)


def make_lesson(fold: Fold, settings: TrainSettings, world: World) -> Lesson:
    """Pairs to train on, with a kernel part where the settings ask for one.

    Raises:
        SettingError: for a kernel part of more than MOST_PAIRS pairs.
    """
    train = fold.conditions.take(fold.split.train)
    is_set = (train.table["kind"] == "gene_set").to_numpy()
    pairs = train.take(np.flatnonzero(~is_set)).by_pair()
    sets = train.take(np.flatnonzero(is_set))
    wants = settings.taught or settings.smoothing or getattr(settings.model, "kernel_share", 0)
    if not wants:
        return Lesson(world, Knowledge(fold.bundle.library, ()), _together([pairs, sets]))
    if len(pairs) > MOST_PAIRS:
        raise SettingError(
            f"The kernel part solves for all {len(pairs):,} training pairs at once, and up to "
            f"{MOST_PAIRS:,} can be solved for. Train without it: --set kernel_share=0 "
            "--set taught=0 --set smoothing=0."
        )
    library = fold.bundle.library
    knowledge = Knowledge(library, vocabulary(library, pairs.table["ik14"]))
    smiles = {key: molecule.smiles for key, molecule in fold.molecules.items()}
    pairs = Conditions(pairs.table, tempered(pairs.change, settings.expert.temper))
    fitted = fit_expert(pairs, smiles, fold.cells, knowledge, settings.expert)
    label = (1 - settings.smoothing) * pairs.change + settings.smoothing * fitted.change
    parts = [Conditions(pairs.table, label.astype(np.float32)), sets]
    if settings.taught:
        parts.append(taught_pairs(fold, pairs, fitted.data, knowledge, settings))
    taught = taught_compounds(fold.bundle, settings)
    return Lesson(replace(world, expert=fitted.data), knowledge, _together(parts), taught)


def tempered(change: np.ndarray, temper: float) -> np.ndarray:
    """(S, G) changes mixed with normal scores of their ranks on the same scale.

    Args:
        change: (S, G) changes.
        temper: share of the normal scores.
    """
    scores = normal_scores(change)
    scale = np.sqrt((change**2).mean(axis=1, keepdims=True) / (scores**2).mean())
    return ((1 - temper) * change + temper * scores * scale).astype(np.float32)


def taught_pairs(
    fold: Fold, pairs: Conditions, data: ExpertData, knowledge: Knowledge, settings: TrainSettings
) -> Conditions:
    """Library compounds without any signature in training lines, labelled by the kernel part."""
    chance = np.random.default_rng(settings.seed)
    keys = _choice(fold.bundle, settings.taught, chance)
    weight = pairs.table.groupby("cell")["weight"].sum()
    lines = [name for name in weight.index if name and fold.cells.of_line(name) is not None]
    often = np.sqrt(weight[lines].to_numpy(np.float64))
    cells = chance.choice(lines, settings.taught, p=often / often.sum())
    molecules = fold.bundle.library.molecules(keys)
    expert = KernelExpert(data).eval()
    labels = []
    for start in range(0, settings.taught, _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        batch = prediction_batch(
            [molecules[key] for key in keys[some]],
            [fold.cells.of_line(name) for name in cells[some]],
            len(fold.cells.references),
            fold.world.n_context,
            knowledge=np.stack([knowledge.of(key) for key in keys[some]]),
        )
        with torch.inference_mode():
            labels.append(expert(batch).numpy())
    table = pairs.table.iloc[[0] * settings.taught].reset_index(drop=True)
    table = table.assign(kind="taught", cell=cells, ik14=keys, n_rows=0)
    table = table.assign(weight=np.float32(pairs.table["weight"].mean()))
    return Conditions(table, np.concatenate(labels))


def taught_compounds(bundle: Bundle, settings: TrainSettings) -> tuple[str, ...]:
    """The library compounds (ik14) that these settings teach with, sorted.

    Their structure and targets are shown in training, so no explanation of them is held out.
    """
    if not settings.taught:
        return ()
    chosen = _choice(bundle, settings.taught, np.random.default_rng(settings.seed))
    return tuple(sorted(set(chosen.tolist())))


def _choice(bundle: Bundle, count: int, chance: np.random.Generator) -> np.ndarray:
    """(count,) library compounds without any signature; one may come more than once."""
    profiled = set(bundle.splits["group"])
    return chance.choice(sorted(set(bundle.library.hub["ik14"]) - profiled), count)


def _together(parts: list[Conditions]) -> Conditions:
    """Rows of all parts, one after the other."""
    parts = [part for part in parts if len(part)]
    table = pd.concat([part.table for part in parts], ignore_index=True)
    return Conditions(table, scratch.joined([part.change for part in parts]))
