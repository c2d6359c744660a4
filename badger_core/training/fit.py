"""The training loop: seeded, resumable after every epoch, stopped by a validation group."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from torch import nn

from badger_core.data.loader import Loader
from badger_core.errors import SettingError
from badger_core.evaluation.evaluate import score_conditions, selection_score
from badger_core.training.history import in_words, write_history
from badger_core.training.losses import total_loss
from badger_core.training.resume import Progress, restore, store
from badger_core.training.settings import TrainSettings

Report = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Validation:
    """Held-out conditions that decide when to stop."""

    loader: Loader
    table: pd.DataFrame
    change: np.ndarray


def device_named(name: str) -> torch.device:
    """Auto is CUDA where there is one.

    Raises:
        SettingError: for an unknown device, or for cuda where there is none.
    """
    if name not in ("auto", "cpu", "cuda"):
        raise SettingError(f"Device '{name}'? Choose auto, cpu or cuda.")
    if name == "cuda" and not torch.cuda.is_available():
        raise SettingError("There is no CUDA device here. Use --device auto or --device cpu.")
    return torch.device("cuda" if name != "cpu" and torch.cuda.is_available() else "cpu")


def predict_all(model: nn.Module, loader: Loader, device: torch.device) -> np.ndarray:
    """(N, G) predictions at the reference context, in the loader's order."""
    model.eval()
    with torch.inference_mode():
        parts = [model(batch.to(device)).change.cpu() for batch in loader.ordered(32)]
    return torch.cat(parts).numpy()


def fit(
    make_model: Callable[[], nn.Module],
    train: Loader,
    valid: Validation,
    settings: TrainSettings,
    folder: Path,
    data_hash: str,
    device: torch.device,
    report: Report,
    max_batches: int | None = None,
) -> tuple[nn.Module, Progress]:
    """Train until the validation score no longer rises; go on where an earlier run stopped.

    Args:
        make_model: builds the network; called after seeding, so initial weights follow the seed.
        train: what to learn from.
        valid: what decides when to stop.
        settings: of the run.
        folder: where the state is kept after every epoch; Ctrl-C loses at most one epoch.
        data_hash: names the data; a state of other data or settings is not resumed.
        device: where to compute.
        report: called with a sentence after every epoch.
        max_batches: stop each epoch early (to try things out).

    Returns:
        The network with its best weights, and the course of the run.
    """
    torch.manual_seed(settings.seed)
    model = make_model().to(device)
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
    )
    generator = torch.Generator().manual_seed(settings.seed)
    fingerprint = _fingerprint(settings, data_hash, max_batches)
    progress = restore(folder, fingerprint, model, optimiser, generator)
    if progress.epoch:
        report(f"going on after epoch {progress.epoch}")
    while progress.epoch < settings.epochs:
        if progress.epoch - progress.best_epoch >= settings.patience:
            break
        start = time.monotonic()
        for group in optimiser.param_groups:
            group["lr"] = settings.learning_rate * _warm_cosine(progress.epoch, settings.epochs)
        loss = _epoch(model, train, settings, optimiser, generator, device, max_batches)
        scores = score_conditions(valid.change, predict_all(model, valid.loader, device))
        _note(progress, model, loss, scores, valid.table, time.monotonic() - start)
        store(folder, progress, model, optimiser, generator)
        write_history(folder / "history.csv", progress.history)
        report(_sentence(progress, settings))
    model.load_state_dict(progress.best)
    return model.eval(), progress


def _epoch(
    model: nn.Module,
    train: Loader,
    settings: TrainSettings,
    optimiser: torch.optim.Optimizer,
    generator: torch.Generator,
    device: torch.device,
    max_batches: int | None,
) -> float:
    """Mean loss of one pass over the training conditions."""
    model.train()
    losses = []
    for batch in train.shuffled(settings.batch_size, generator, settings.source_dropout):
        batch = batch.to(device)
        loss = total_loss(
            model(batch),
            batch,
            settings.mse_weight,
            settings.pathway_weight,
            settings.gene_set_weight,
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings.clip_norm)
        optimiser.step()
        losses.append(loss.item())
        if max_batches is not None and len(losses) >= max_batches:
            break
    return float(np.mean(losses))


def _note(
    progress: Progress,
    model: nn.Module,
    loss: float,
    scores: pd.DataFrame,
    table: pd.DataFrame,
    seconds: float,
) -> None:
    """Write an epoch into the progress; keep the weights if they are the best so far."""
    progress.epoch += 1
    progress.seconds += seconds
    score = selection_score(scores, table)
    row = {"epoch": progress.epoch, "loss": loss, "valid_score": score, "seconds": seconds}
    progress.history.append(row | {f"valid {k}": float(v) for k, v in scores.mean().items()})
    if score > progress.best_score:
        progress.best_score, progress.best_epoch = score, progress.epoch
        progress.best = {k: v.detach().cpu().clone() for k, v in model.state_dict().items()}


def _sentence(progress: Progress, settings: TrainSettings) -> str:
    last = progress.history[-1]
    left = (settings.epochs - progress.epoch) * progress.seconds / progress.epoch
    return (
        f"epoch {progress.epoch}/{settings.epochs}  loss {last['loss']:.4f}  "
        f"valid {last['valid_score']:.4f} (best {progress.best_score:.4f} at "
        f"{progress.best_epoch})  at most {in_words(left)} left"
    )


def _warm_cosine(epoch: int, epochs: int) -> float:
    """Learning-rate factor: half in the first epoch, then a cosine from 1 down to 0.05."""
    if epoch == 0:
        return 0.5
    return 0.05 + 0.95 * 0.5 * (1 + np.cos(np.pi * epoch / epochs))


def _fingerprint(settings: TrainSettings, data_hash: str, max_batches: int | None) -> str:
    text = json.dumps([asdict(settings), data_hash, max_batches], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
