"""All nodes of a question with everything but message labels, and the graph once those are chosen.

D drugs, L lines, E genes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from badger_core.data.response import Drugs, Lines
from badger_core.response.drgt_pairs import (
    Pairs,
    edge_strength,
    main_effects,
    neighbour_votes,
    with_neighbours,
)
from badger_core.response.drgt_settings import DrgtSettings
from badger_core.response.graph import DRUG, LINE, Edges, Graph, Layout, check, loops
from badger_core.response.graph_edges import (
    expression_edges,
    label_edges,
    likeness_edges,
    target_edges,
)
from badger_core.response.graph_nodes import (
    Reference,
    drug_features,
    drug_likeness,
    gene_features,
    line_features,
    line_likeness,
)

LINE_POWER = 2.0
"""Of the likeness of lines, where their votes are weighed."""


@dataclass(frozen=True, eq=False)
class World:
    """Nodes in order, their features, and the edges that hold whatever the labels.

    Attributes:
        kind: of the labels.
        layout: names.
        z: (L, E) standardised expression.
        drugs, lines, genes: features, as in Graph.
        edges: loops, expression, targets and likeness.
        alike: (D, T) and (L, U) likeness to the nodes of training, to a power, 0 to itself.
        at: (T,) and (U,) places of those.
        settings: of the run.
    """

    kind: str
    layout: Layout
    z: np.ndarray
    drugs: Tensor
    lines: Tensor
    genes: Tensor
    edges: Edges
    alike: tuple[Tensor, Tensor]
    at: tuple[Tensor, Tensor]
    settings: DrgtSettings

    def graph(self, message: Pairs) -> Graph:
        """The graph in which these pairs, and no others, are known."""
        n_drugs, n_lines = len(self.layout.drugs), len(self.layout.lines)
        strength = edge_strength(self.kind, message, n_drugs, self.settings.clearly)
        known = label_edges(
            self.layout, message.drug, message.line, strength, self.settings.resistant
        )
        effects = main_effects(self.kind, message, n_drugs, n_lines)
        edges = Edges.joined([self.edges, known])
        of_drugs = with_neighbours(effects[0], self.alike[0], self.at[0])
        votes = neighbour_votes(self.kind, message, effects, self.alike, self.at)
        return Graph(self.drugs, self.lines, self.genes, of_drugs, effects[1], votes, edges)


def make_world(
    kind: str,
    drugs: Drugs,
    lines: Lines,
    gives: tuple[np.ndarray, np.ndarray],
    reference: Reference,
    targets: Mapping[str, tuple[int, ...]],
    symbols: tuple[str, ...],
    settings: DrgtSettings,
) -> World:
    """Features and standing edges of all nodes.

    Args:
        kind: of the labels.
        drugs: D, each key once.
        lines: L, likewise.
        gives: (D,) and (L,) bool: nodes with known labels, which also send messages; those of the
            reference are among them.
        reference: scale and features come from it.
        targets: structure key to columns of the panel; {} for no edges of that kind.
        symbols: E names of the panel's genes.
        settings: of the run.
    """
    layout = Layout(tuple(map(str, drugs.keys)), tuple(map(str, lines.keys)), symbols)
    z = reference.expressed(lines)
    at = [np.flatnonzero(mask) for mask in gives]
    of_drugs = drug_likeness(drugs, drugs.take(at[0]))
    columns = _places(drugs.keys[at[0]], reference.drug_keys)
    by_structure = drug_features(drugs, of_drugs[:, columns], settings.power)
    of_lines, by_expression, line_weights = line_parts(z, lines.keys, at[1], reference)
    most = max(1, min(settings.genes_of_line, settings.gene_edges // len(at[1])))
    edges = Edges.joined(
        [
            loops(layout),
            expression_edges(layout, z, gives[1], settings.threshold, most),
            target_edges(layout, targets, gives[0]),
            likeness_edges(layout, DRUG, of_drugs, at[0], settings.neighbours),
            likeness_edges(layout, LINE, of_lines, at[1], settings.neighbours),
        ]
    )
    check(layout, edges)
    return World(
        kind,
        layout,
        z,
        torch.from_numpy(by_structure),
        by_expression,
        torch.from_numpy(gene_features(reference)),
        edges,
        (torch.from_numpy(of_drugs**settings.power), line_weights),
        (torch.from_numpy(at[0]), torch.from_numpy(at[1])),
        settings,
    )


def line_parts(
    z: np.ndarray, keys: np.ndarray, at: np.ndarray, reference: Reference
) -> tuple[np.ndarray, Tensor, Tensor]:
    """What follows from expression: (L, U) likeness, (L, Fl) features, (L, U) weights of votes.

    Args:
        z: (L, E) standardised expression.
        keys: (L,) of the lines.
        at: (U,) places of the lines of training.
        reference: features come from it.
    """
    alike = line_likeness(z, keys, at)
    columns = _places(keys[at], reference.line_keys)
    features = line_features(z, alike[:, columns], reference)
    weights = np.maximum(alike, 0) ** LINE_POWER
    return alike, torch.from_numpy(features), torch.from_numpy(weights)


def _places(names: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    place = {name: i for i, name in enumerate(names)}
    return np.array([place[name] for name in wanted], np.int64)
