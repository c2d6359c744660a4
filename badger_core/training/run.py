"""One fold of a named run: train it and write its checkpoint."""

from collections.abc import Callable
from pathlib import Path

import torch

from badger_core.data.bundle import Bundle
from badger_core.model.checkpoint import save_checkpoint
from badger_core.training.fit import fit
from badger_core.training.prepare import prepare
from badger_core.training.settings import TrainSettings

_DEBUG_BATCHES = 3


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
) -> None:
    """Train one fold and write its checkpoint under `out`; `state` keeps it resumable."""
    fold = prepare(bundle, settings.kinds, split, number)
    report(
        f"fold {number}: {len(fold.split.train)} training, {len(fold.split.valid)} validation, "
        f"{len(fold.split.test)} test conditions"
    )
    model, progress = fit(
        fold.network(settings),
        fold.loader(fold.split.train),
        fold.validation(),
        settings,
        state / f"fold{number}",
        fold.content_hash(),
        device,
        report,
        _DEBUG_BATCHES if debug else None,
    )
    metrics = {
        "valid_score": progress.best_score,
        "epoch": progress.best_epoch,
        "epochs_run": progress.epoch,
        "seconds": round(progress.seconds, 1),
    }
    card = fold.card(settings, metrics, command)
    save_checkpoint(checkpoint_path(out, number), model, card)
