"""The drug-free ranking of any line of a bundle: its own, or the one of the lines alike."""

from collections import defaultdict

import numpy as np

from badger_core.cells.catalogue import CellLine
from badger_core.cells.similarity import centred_ranks, similarity
from badger_core.data.bundle import Bundle
from badger_core.predict.baseline import (
    CompoundMeans,
    DrugFree,
    compound_means,
    weighted_baseline,
)

LEAST = 5
"""Compounds that a line's own mean must rest on; below, lines alike speak for it."""


class Baselines:
    """The drug-free rankings of one bundle; each line's signatures are read once."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        table = bundle.signatures.table
        numeric = table[(table["kind"] == "numeric") & (table["cell"] != "")]
        self._measured: defaultdict[str, set[str]] = defaultdict(set)
        pairs = (numeric[name].to_numpy(object) for name in ("cell", "ik14"))
        for cell, ik14 in zip(*pairs, strict=True):
            self._measured[cell].add(ik14)
        self._means: dict[str, CompoundMeans] = {}
        self._places: dict[str, np.ndarray] = {}

    def of(self, line: CellLine, without: str) -> DrugFree:
        """The drug-free ranking of a line, with one compound left out of it.

        Args:
            line: any line with basal expression, also one from outside.
            without: ik14 of the compound asked about.
        """
        if self._others(line.name, without) >= LEAST:
            return weighted_baseline({line.name: self.means(line.name)}, {line.name: 1}, without)
        others = {name: self._others(name, without) for name in sorted(self._measured)}
        least = min(LEAST, max(others.values()))
        lines = [name for name, count in others.items() if count >= least]
        likeness = self._likeness(line, lines)
        means = {name: self.means(name) for name in likeness}
        return weighted_baseline(means, likeness, without, own=False)

    def means(self, cell: str) -> CompoundMeans:
        """Every compound measured in one line."""
        if cell not in self._means:
            self._means[cell] = compound_means(self._bundle.signatures, cell)
        return self._means[cell]

    def _others(self, cell: str, without: str) -> int:
        return len(self._measured.get(cell, set()) - {without})

    def _likeness(self, line: CellLine, names: list[str]) -> dict[str, float]:
        """Correlation of centred basal ranks with each line that has expression."""
        catalogue = self._bundle.cells
        for other in map(catalogue.line, names):
            if other.basal is not None and other.name not in self._places:
                self._places[other.name] = self._place(other)
        known = [name for name in names if name in self._places]
        placed = np.concatenate([self._places[name] for name in known])
        alike = similarity(self._place(line), placed)[0]
        return {name: float(value) for name, value in zip(known, alike, strict=True)}

    def _place(self, line: CellLine) -> np.ndarray:
        return centred_ranks(line.basal[None], self._bundle.cells.reference_of(line))
