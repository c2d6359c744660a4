"""One fold of a named run: train it and write its checkpoint."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import torch
from torch import nn

from badger_core.data.bundle import Bundle
from badger_core.model.checkpoint import save_checkpoint
from badger_core.model.zoo import network_named, reads_graph
from badger_core.training.expression import ExpressionTask
from badger_core.training.fit import fit
from badger_core.training.fold import Fold
from badger_core.training.lesson import Lesson, make_lesson
from badger_core.training.prepare import prepare
from badger_core.training.resume import Progress
from badger_core.training.settings import TrainSettings

_DEBUG_BATCHES = 3


class Trained(NamedTuple):
    """A network, the course of its training, and what it was trained on."""

    model: nn.Module
    progress: Progress
    lesson: Lesson


def checkpoint_path(folder: Path, fold: int) -> Path:
    """Where a fold's checkpoint lies (without ending)."""
    return folder / f"fold{fold}"


def train_fold(
    bundle: Bundle,
    settings: TrainSettings,
    split: str,
    number: int,
    out: Path,
    state: Path,
    device: torch.device,
    command: str,
    report: Callable[[str], None],
    debug: bool = False,
    raw: Path | None = None,
) -> None:
    """Train one fold and write its checkpoint under `out`; `state` keeps it resumable.

    `raw` is the folder of the raw data, which published gene vectors need.
    """
    fold = prepare(bundle, settings.kinds, split, number)
    trained = fit_fold(fold, settings, state / f"fold{number}", device, report, debug, raw)
    save_fold(fold, settings, trained, out, command)


def fit_fold(
    fold: Fold,
    settings: TrainSettings,
    state: Path,
    device: torch.device,
    report: Callable[[str], None],
    debug: bool = False,
    raw: Path | None = None,
) -> Trained:
    """Train the network of a fold; `state` keeps its training resumable."""
    graphs = reads_graph(settings.network)
    lesson = make_lesson(fold, settings, fold.world_for(settings.gene_vectors, raw))
    valid = fold.validation(graphs, lesson.knowledge)
    use = "sealed test" if valid is None else "choosing"
    report(f"{len(lesson.rows)} training pairs, {len(fold.split.test)} {use} conditions")
    model, progress = fit(
        lambda: network_named(settings.network)(lesson.world, **asdict(settings.model)),
        ExpressionTask(lesson.loader(fold, graphs), valid, settings),
        settings,
        state,
        fold.content_hash(),
        device,
        report,
        _DEBUG_BATCHES if debug else None,
    )
    return Trained(model, progress, lesson)


def save_fold(
    fold: Fold, settings: TrainSettings, trained: Trained, out: Path, command: str
) -> None:
    """Write a trained fold's checkpoint and card under `out`; `command` is how to train it again.

    A tested fold has no validation, so no score stands on its card.
    """
    progress, lesson = trained.progress, trained.lesson
    score = {} if fold.truth is not None else {"valid_score": progress.best_score}
    metrics = score | {
        "epoch": progress.best_epoch,
        "epochs_run": progress.epoch,
        "seconds": round(progress.seconds, 1),
    }
    card = fold.card(
        settings, lesson.world, lesson.knowledge.terms, lesson.taught, metrics, command
    )
    save_checkpoint(checkpoint_path(out, fold.split.fold), trained.model, card)
