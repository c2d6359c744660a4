"""The training loop: seeded, resumable after every epoch, of fixed length or stopped early."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from badger_core.alone import alone
from badger_core.errors import SettingError
from badger_core.training.history import in_words, write_history
from badger_core.training.resume import Progress, restore, store
from badger_core.training.task import DECIDES, LoopSettings, Task

Report = Callable[[str], None]


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


def fit(
    make_model: Callable[[], nn.Module],
    task: Task,
    settings: LoopSettings,
    folder: Path,
    data_hash: str,
    device: torch.device,
    report: Report,
    max_batches: int | None = None,
    average: float = 0.0,
) -> tuple[nn.Module, Progress]:
    """Train, and go on where an earlier run stopped.

    With scores to decide by, until they no longer rise, and the best weights come back. Without,
    for exactly the epochs of the settings, and the last weights come back.

    Args:
        make_model: builds the network; called after seeding, so initial weights follow the seed.
        task: what to learn, and what decides when to stop.
        settings: of the run, a frozen dataclass.
        folder: where the state is kept after every epoch; Ctrl-C loses at most one epoch.
        data_hash: names the data; a state of other data or settings is not resumed.
        device: where to compute.
        report: called with a sentence after every epoch.
        max_batches: stop each epoch early (to try things out).
        average: share that an exponential moving average of the weights keeps of itself in each
            step, such as 0.99; it is what is then validated and comes back. 0 for none.

    Returns:
        The network, and the course of the run.

    Raises:
        BusyError: another process trains in that folder.
        WriteError: the state cannot be kept; the last one is as it was.
    """
    torch.manual_seed(settings.seed)
    model = make_model().to(device)
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
    )
    generator = torch.Generator().manual_seed(settings.seed)
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(average)) if average else None
    fingerprint = _fingerprint(settings, data_hash, max_batches, task.decides, average)
    with alone(folder):
        progress = restore(folder, fingerprint, model, optimiser, generator, mean)
        if progress.epoch:
            report(f"going on after epoch {progress.epoch}")
        while progress.epoch < settings.epochs:
            if progress.epoch - progress.best_epoch >= settings.patience:
                break
            start = time.monotonic()
            for group in optimiser.param_groups:
                group["lr"] = settings.learning_rate * _warm_cosine(progress.epoch, settings.epochs)
            loss = _epoch(model, task, settings, optimiser, generator, device, max_batches, mean)
            _note(progress, model if mean is None else mean.module, loss, task, device, start)
            store(folder, progress, model, optimiser, generator, mean)
            write_history(folder / "history.csv", progress.history)
            report(_sentence(progress, settings))
    model.load_state_dict(progress.best)
    return model.eval(), progress


def _epoch(
    model: nn.Module,
    task: Task,
    settings: LoopSettings,
    optimiser: torch.optim.Optimizer,
    generator: torch.Generator,
    device: torch.device,
    max_batches: int | None,
    mean: AveragedModel | None,
) -> float:
    """Mean loss of one pass over the training batches."""
    model.train()
    losses = []
    for batch in task.batches(generator):
        batch = batch.to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=settings.precision == "bfloat16"):
            output = model(batch)
        loss = task.loss(output, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings.clip_norm)
        optimiser.step()
        if mean is not None:
            mean.update_parameters(model)
        losses.append(loss.item())
        if max_batches is not None and len(losses) >= max_batches:
            break
    return float(np.mean(losses))


def _note(
    progress: Progress,
    model: nn.Module,
    loss: float,
    task: Task,
    device: torch.device,
    start: float,
) -> None:
    """Write an epoch into the progress; keep the weights if they are the best or the last."""
    progress.epoch += 1
    row = {"epoch": progress.epoch, "loss": loss}
    better = True
    if task.decides:
        row |= task.scores(model, device)
        better = row[DECIDES] > progress.best_score
    row["seconds"] = time.monotonic() - start
    progress.seconds += row["seconds"]
    progress.history.append(row)
    if better:
        progress.best_score = row.get(DECIDES, progress.best_score)
        progress.best_epoch = progress.epoch
        progress.best = {k: v.detach().cpu().clone() for k, v in model.state_dict().items()}


def _sentence(progress: Progress, settings: LoopSettings) -> str:
    last = progress.history[-1]
    left = in_words((settings.epochs - progress.epoch) * progress.seconds / progress.epoch)
    done = f"epoch {progress.epoch}/{settings.epochs}  loss {last['loss']:.4f}  "
    if DECIDES not in last:
        return f"{done}about {left} left"
    return (
        f"{done}valid {last[DECIDES]:.4f} (best {progress.best_score:.4f} at "
        f"{progress.best_epoch})  at most {left} left"
    )


def _warm_cosine(epoch: int, epochs: int) -> float:
    """Learning-rate factor: half in the first epoch, then a cosine from 1 down to 0.05."""
    if epoch == 0:
        return 0.5
    return 0.05 + 0.95 * 0.5 * (1 + np.cos(np.pi * epoch / epochs))


def _fingerprint(settings: LoopSettings, *others: object) -> str:
    text = json.dumps([asdict(settings), *others], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
