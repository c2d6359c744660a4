"""The graph model in the benchmark: beside its answers, those it was chosen by."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from badger_core.data.response import Drugs, Lines
from badger_core.response.contract import Report, Train
from badger_core.response.drgt import Drgt
from badger_core.response.drgt_fitted import FittedDrgt
from badger_core.response.drgt_lesson import whole


class GraphFit(NamedTuple):
    """The graph model that learned all labels.

    Attributes:
        model: the fit to all labels.
        inner: (D, L) predictions of the fit that did not learn the validation pairs, which were
            edges for it no more than they were labels.
        setting: epochs of the last fit, in words.
    """

    model: FittedDrgt
    inner: np.ndarray
    setting: str

    def predict(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """As the model."""
        return self.model.predict(drugs, lines)


@dataclass(frozen=True)
class GraphContender:
    """Fits once to choose the epochs, and once more to all labels for as many."""

    graph: Drgt = field(default_factory=Drgt)
    name: str = "drgt"

    def fit(self, train: Train, seed: int, report: Report) -> GraphFit:
        """Two fits; the first one's predictions of validation pairs are kept."""
        settings = replace(self.graph.settings, seed=seed)
        with TemporaryDirectory() as scratch:
            folder = self.graph.folder or Path(scratch)
            chosen, progress = self.graph.trained(train, settings, folder / "choice", report)
            report(f"chose epoch {progress.best_epoch}")
            inner = without_valid_edges(chosen, train).predict(train.drugs, train.lines)
            model = chosen
            if settings.refit and train.valid.any():
                settings = replace(settings, epochs=progress.best_epoch)
                model = self.graph.trained(whole(train), settings, folder / "whole", report)[0]
        return GraphFit(model, inner, f"epoch {progress.best_epoch}")


def without_valid_edges(fitted: FittedDrgt, train: Train) -> FittedDrgt:
    """The model without the validation pairs, and those of their twins, among its edges."""
    drug_at = {key: i for i, key in enumerate(fitted.drugs.keys)}
    line_at = {key: i for i, key in enumerate(fitted.lines.keys)}
    held = {
        (drug_at[train.drugs.keys[d]], line_at[train.lines.keys[c]])
        for d, c in np.argwhere(train.valid)
    }
    pairs = fitted.pairs
    each = zip(pairs.drug.tolist(), pairs.line.tolist(), strict=True)
    kept = np.flatnonzero([pair not in held for pair in each])
    return replace(fitted, pairs=type(pairs)(*(part[kept] for part in pairs)))
