"""drGT as a contender: drug sensitivity learned on a graph of drugs, lines and genes."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch

from badger_core.response.contract import Report, Train
from badger_core.response.drgt_fitted import FittedDrgt
from badger_core.response.drgt_lesson import prepare, sizes_of, whole
from badger_core.response.drgt_settings import DrgtSettings
from badger_core.response.network import DrgtNetwork
from badger_core.training.fit import fit
from badger_core.training.history import in_words
from badger_core.training.resume import Progress


@dataclass(frozen=True)
class Drgt:
    """The graph model with its settings.

    Attributes:
        settings: of the run; its seed is replaced by that of `fit`.
        targets: structure key to columns of the panel, for edges between drug and gene; {} for
            none, as when attention is put to the test.
        symbols: names of the panel's genes, in order; numbers where they are not given.
        folder: keeps the state after every epoch, so that a run goes on where it stopped.
    """

    settings: DrgtSettings = field(default_factory=DrgtSettings)
    targets: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    symbols: tuple[str, ...] = ()
    folder: Path | None = None
    name: str = "drgt"

    def fit(self, train: Train, seed: int, report: Report) -> FittedDrgt:
        """Learn; validation pairs choose the number of epochs, and are then learned like the rest.

        Without `settings.refit` they are not learned, but are edges like the others.
        """
        settings = replace(self.settings, seed=seed)
        with tempfile.TemporaryDirectory() as scratch:
            folder = self.folder or Path(scratch)
            fitted, progress = self.trained(train, settings, folder / "choice", report)
            report(f"chose epoch {progress.best_epoch} after {in_words(progress.seconds)}")
            if not settings.refit or not train.valid.any():
                return fitted
            settings = replace(settings, epochs=progress.best_epoch)
            return self.trained(whole(train), settings, folder / "whole", report)[0]

    def trained(
        self, train: Train, settings: DrgtSettings, folder: Path, report: Report
    ) -> tuple[FittedDrgt, Progress]:
        """One fit in its own folder, without the refit, and the course of its training."""
        lesson = prepare(train, settings, self.targets, self.symbols)
        sizes = sizes_of(lesson.task.world, settings)
        network, progress = fit(
            lambda: DrgtNetwork(sizes),
            lesson.task,
            settings,
            folder,
            lesson.hash,
            torch.device("cpu"),
            report,
            average=settings.average,
        )
        return lesson.fitted(network), progress
