"""A graph of drugs, lines and genes with one fixed order of nodes: drugs, then lines, then genes.

D drugs, L lines, E genes, N = D + L + E nodes, M edges. Source of the idea: drGT (arXiv
2405.08979); written from its mathematics.
"""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from badger_core.errors import ResponseError

DRUG, LINE, GENE = "drug", "line", "gene"
SELF = 0
SENSITIVE, SENSITIVE_BACK = 1, 2
RESISTANT, RESISTANT_BACK = 3, 4
EXPRESSES, EXPRESSED_BY = 5, 6
TARGETS, TARGETED_BY = 7, 8
DRUGS_ALIKE, LINES_ALIKE = 9, 10
ENDS = {
    SENSITIVE: (DRUG, LINE),
    SENSITIVE_BACK: (LINE, DRUG),
    RESISTANT: (DRUG, LINE),
    RESISTANT_BACK: (LINE, DRUG),
    EXPRESSES: (LINE, GENE),
    EXPRESSED_BY: (GENE, LINE),
    TARGETS: (DRUG, GENE),
    TARGETED_BY: (GENE, DRUG),
    DRUGS_ALIKE: (DRUG, DRUG),
    LINES_ALIKE: (LINE, LINE),
}
"""Kind of source and of target node by relation; SELF joins a node to itself."""
N_RELATIONS = len(ENDS) + 1


class Layout(NamedTuple):
    """Names of all nodes in their order.

    Attributes:
        drugs: D structure keys.
        lines: L names of lines.
        genes: E symbols.
    """

    drugs: tuple[str, ...]
    lines: tuple[str, ...]
    genes: tuple[str, ...]

    @property
    def count(self) -> int:
        """N."""
        return len(self.drugs) + len(self.lines) + len(self.genes)

    def start(self, kind: str) -> int:
        """Index of the first node of a kind."""
        before = {DRUG: 0, LINE: len(self.drugs), GENE: len(self.drugs) + len(self.lines)}
        return before[kind]

    def stop(self, kind: str) -> int:
        """One past the last node of a kind."""
        return {DRUG: self.start(LINE), LINE: self.start(GENE), GENE: self.count}[kind]

    def name(self, node: int) -> str:
        """What stands at an index."""
        return (*self.drugs, *self.lines, *self.genes)[node]


class Edges(NamedTuple):
    """M directed edges; a message runs from source to target.

    Attributes:
        source: (M,) int64 nodes.
        target: (M,) int64 nodes.
        relation: (M,) int64, SELF or a key of ENDS.
        weight: (M,) float32.
    """

    source: Tensor
    target: Tensor
    relation: Tensor
    weight: Tensor

    @classmethod
    def of(
        cls, relation: int, source: np.ndarray, target: np.ndarray, weight: np.ndarray | float = 1.0
    ) -> "Edges":
        """Edges of one relation; `weight` is (M,) or one number for all."""
        m = len(source)
        weights = np.broadcast_to(np.asarray(weight, np.float32), m).copy()
        return cls(
            torch.as_tensor(np.asarray(source, np.int64)),
            torch.as_tensor(np.asarray(target, np.int64)),
            torch.full((m,), relation, dtype=torch.int64),
            torch.from_numpy(weights),
        )

    @classmethod
    def joined(cls, parts: "list[Edges]") -> "Edges":
        """All of them in order."""
        return cls(*(torch.cat(columns) for columns in zip(*parts, strict=True)))

    def keep(self, rows: Tensor) -> "Edges":
        """Some of them, by (K,) index or (M,) mask."""
        return Edges(*(column[rows] for column in self))

    def to(self, device: torch.device) -> "Edges":
        """On another device."""
        return Edges(*(column.to(device) for column in self))


class Graph(NamedTuple):
    """What the network reads; no label stands in it but those of message pairs.

    Attributes:
        drugs: (D, Fd) float32 features by structure.
        lines: (L, Fl) float32 features by expression.
        genes: (E, Fg) float32 features by expression over training lines.
        drug_effect: (D, 3) shrunken mean of its message labels, 1 if it has any, and the mean of
            similar drugs if it has none.
        line_effect: (L, 2) shrunken mean of its message labels, and 1 if it has any.
        votes: (D, L, 3) of `drgt_pairs.neighbour_votes`.
        edges: M of them.
    """

    drugs: Tensor
    lines: Tensor
    genes: Tensor
    drug_effect: Tensor
    line_effect: Tensor
    votes: Tensor
    edges: Edges

    def to(self, device: torch.device) -> "Graph":
        """On another device."""
        return Graph(*(part.to(device) for part in self))


def loops(layout: Layout) -> Edges:
    """N edges from each node to itself."""
    nodes = np.arange(layout.count)
    return Edges.of(SELF, nodes, nodes)


def check(layout: Layout, edges: Edges) -> None:
    """See that every edge runs between the kinds of node of its relation.

    Raises:
        ResponseError: naming the first edge that does not.
    """
    for relation, ends in ENDS.items():
        rows = torch.nonzero(edges.relation == relation).flatten()
        for kind, nodes in zip(ends, (edges.source, edges.target), strict=True):
            found = nodes[rows]
            wrong = (found < layout.start(kind)) | (found >= layout.stop(kind))
            if wrong.any():
                node = int(found[wrong][0])
                raise ResponseError(
                    f"An edge of relation {relation} ends at node {node}, which is no {kind}. "
                    "Add the offset of its kind (Layout.start) to the index."
                )
