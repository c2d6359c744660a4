"""Train the perturbation model on a screen: the same screen and seed give the same network."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.perturbation.alignment import alignment, differences
from badger_core.perturbation.splits import Split
from badger_core.perturbation.task import VaeTask
from badger_core.perturbation.vae import PerturbationVae
from badger_core.perturbation.vae_leaning import leaning
from badger_core.perturbation.vae_model import ScreenModel
from badger_core.perturbation.vae_settings import VaeSettings
from badger_core.perturbation.vae_start import cells_of, start_of
from badger_core.training.fit import device_named, fit
from badger_core.training.resume import Progress


class Trained(NamedTuple):
    """A model on the CPU, and the course of its training."""

    model: ScreenModel
    progress: Progress


def train_vae(
    screen: CellScreen,
    split: Split,
    settings: VaeSettings,
    state: Path,
    device: str = "auto",
    report: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Learn from the training cells; the choosing cells decide when to stop, others are unread.

    Args:
        screen: cells that passed quality control.
        split: of its cells.
        settings: of the run.
        state: folder of the unfinished run; with the same data and settings it goes on from there.
        device: auto, cpu or cuda.
        report: called with a sentence after every epoch.

    Raises:
        PerturbationError: if the training cells hold no control or no target.
        SettingError: for an unknown device.
    """
    train = screen.take(split.train)
    world, fold = start_of(train)
    known = [*world.targets, CONTROL]
    valid = screen.take(split.valid & np.isin(screen.target, known))
    target = alignment(settings.alignment, fold, world.at.numpy(), world.own.numpy(), settings.hops)
    apart = differences(train, settings.seed) if settings.alignment == "published" else None
    where = device_named(device)
    task = VaeTask(
        cells_of(train, world.targets, world.replicates, apart),
        cells_of(valid, world.targets, world.replicates),
        target.to(where),
        settings,
    )
    vae, progress = fit(
        lambda: PerturbationVae(world, settings),
        task,
        settings,
        state,
        _hash(train, valid),
        where,
        report,
    )
    vae = vae.cpu()
    vae.lean.copy_(leaning(vae, task.train))
    return Trained(ScreenModel(vae), progress)


def _hash(*parts: CellScreen) -> str:
    """Names the data: a state of other cells is not resumed."""
    digest = hashlib.sha256()
    for part in parts:
        for field in part:
            text = field.dtype.kind in "OU"
            digest.update("\n".join(field.tolist()).encode() if text else field.tobytes())
    return digest.hexdigest()
