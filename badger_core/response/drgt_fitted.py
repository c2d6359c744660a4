"""A trained graph model: what it knows, and its answers for any drugs and lines.

D known drugs and L known lines, D' and L' of a question, E genes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import torch

from badger_core.data.response import Drugs, Lines
from badger_core.response.contract import CLASS
from badger_core.response.drgt_pairs import Pairs
from badger_core.response.drgt_settings import DrgtSettings
from badger_core.response.drgt_world import World, make_world
from badger_core.response.graph import Graph
from badger_core.response.graph_nodes import Reference
from badger_core.response.network import Batch, DrgtNetwork

AT_ONCE = 200_000
"""Pairs whose answers are worked out together."""


@dataclass(frozen=True, eq=False)
class FittedDrgt:
    """A trained graph model and all that it knows.

    Attributes:
        kind: of the labels.
        network: in evaluation mode.
        settings: of the run.
        reference: scale, and the nodes that likeness is measured to.
        drugs: D known drugs, each key once, those of the reference among them.
        lines: L known lines, likewise.
        pairs: what is known of them, all of it edges when a question is asked.
        level: mean and standard deviation of AUC; 0 and 1 for classes.
        targets: structure key to columns of the panel.
        symbols: E names of the genes.
    """

    kind: str
    network: DrgtNetwork
    settings: DrgtSettings
    reference: Reference
    drugs: Drugs
    lines: Lines
    pairs: Pairs
    level: tuple[float, float]
    targets: Mapping[str, tuple[int, ...]]
    symbols: tuple[str, ...]

    def predict(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """(D', L') probability of sensitive, or AUC; known keys are their training nodes."""
        world, drug, line = self.world(drugs, lines)
        logits = self.logits(world.graph(self.pairs))[np.ix_(drug, line)]
        if self.kind == CLASS:
            return 1 / (1 + np.exp(-logits))
        return self.level[0] + self.level[1] * logits

    def logits(self, graph: Graph) -> np.ndarray:
        """(D, L) answers for all drugs and lines of a graph, before the scale of the labels."""
        with torch.inference_mode():
            states = self.network.encode(graph)
            n_drugs, n_lines = len(graph.drugs), len(graph.lines)
            parts = []
            for rows in torch.arange(n_drugs).split(max(1, AT_ONCE // n_lines)):
                drug = rows.repeat_interleave(n_lines)
                line = torch.arange(n_lines).repeat(len(rows))
                batch = Batch(graph, drug, line, torch.zeros(len(drug)))
                parts.append(self.network.answer(states, batch))
        return torch.cat(parts).view(n_drugs, n_lines).double().numpy()

    def world(
        self, drugs: Drugs | None = None, lines: Lines | None = None
    ) -> tuple[World, np.ndarray, np.ndarray]:
        """Known nodes and, after them, those not known; (D',) and (L',) places of the asked."""
        if drugs is None and lines is None:
            return self._known, np.arange(len(self.drugs.keys)), np.arange(len(self.lines.keys))
        all_drugs, drug = added(self.drugs, drugs)
        all_lines, line = added(self.lines, lines)
        gives = (
            np.arange(len(all_drugs.keys)) < len(self.drugs.keys),
            np.arange(len(all_lines.keys)) < len(self.lines.keys),
        )
        world = make_world(
            self.kind,
            all_drugs,
            all_lines,
            gives,
            self.reference,
            self.targets,
            self.symbols,
            self.settings,
        )
        return world, drug, line

    @cached_property
    def _known(self) -> World:
        return self.world(self.drugs, self.lines)[0]


def added(known: Drugs | Lines, asked: Drugs | Lines) -> tuple[Drugs | Lines, np.ndarray]:
    """Known rows, then those asked for of new keys, each once; (D',) places of the asked."""
    place = {key: i for i, key in enumerate(known.keys)}
    fresh = []
    for row, key in enumerate(asked.keys):
        if key not in place:
            place[key] = len(known.keys) + len(fresh)
            fresh.append(row)
    at = np.array([place[key] for key in asked.keys], np.int64)
    if not fresh:
        return known, at
    more = asked.take(np.array(fresh))
    columns = ((getattr(known, f.name), getattr(more, f.name)) for f in fields(known))
    return type(known)(*(np.concatenate(two) for two in columns)), at
