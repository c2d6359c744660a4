"""Edges of the graph: from message labels, expression, known targets and likeness.

Nodes of a question that training has no labels of only receive messages, so that an answer does not
depend on what else is asked. D drugs, L lines, E genes, T and U drugs and lines of training.
"""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

from badger_core.response.graph import (
    DRUG,
    DRUGS_ALIKE,
    EXPRESSED_BY,
    EXPRESSES,
    GENE,
    LINE,
    LINES_ALIKE,
    RESISTANT,
    RESISTANT_BACK,
    SENSITIVE,
    SENSITIVE_BACK,
    TARGETED_BY,
    TARGETS,
    Edges,
    Layout,
)


def expression_edges(
    layout: Layout, z: np.ndarray, gives: np.ndarray, threshold: float, most: int
) -> Edges:
    """Line and gene are joined where the line expresses it well above the training mean.

    Args:
        layout: of all nodes.
        z: (L, E) standardised expression.
        gives: (L,) bool, whether the line also sends messages to its genes.
        threshold: least z of an edge, in standard deviations; z is the weight.
        most: genes of a line that are kept, the highest.
    """
    kept = z > threshold
    if most < z.shape[1]:
        kept &= z >= -np.partition(-z, most - 1, axis=1)[:, most - 1 : most]
    line, gene = np.nonzero(kept)
    weight = z[line, gene]
    lines, genes = line + layout.start(LINE), gene + layout.start(GENE)
    back = gives[line]
    return Edges.joined(
        [
            Edges.of(EXPRESSED_BY, genes, lines, weight),
            Edges.of(EXPRESSES, lines[back], genes[back], weight[back]),
        ]
    )


def target_edges(
    layout: Layout, targets: Mapping[str, tuple[int, ...]], gives: np.ndarray
) -> Edges:
    """Drug and gene are joined where the gene is a known target.

    Args:
        layout: of all nodes.
        targets: structure key to columns of the panel.
        gives: (D,) bool, whether the drug also sends messages to its targets.
    """
    pairs = [(d, g) for d, key in enumerate(layout.drugs) for g in targets.get(key, ())]
    drug, gene = np.array(pairs, np.int64).reshape(-1, 2).T
    drugs, genes, back = drug + layout.start(DRUG), gene + layout.start(GENE), gives[drug]
    return Edges.joined(
        [
            Edges.of(TARGETED_BY, genes, drugs),
            Edges.of(TARGETS, drugs[back], genes[back]),
        ]
    )


def likeness_edges(layout: Layout, kind: str, alike: np.ndarray, at: np.ndarray, k: int) -> Edges:
    """From its k most alike training nodes to each node, where there is any likeness above zero.

    Args:
        layout: of all nodes.
        kind: DRUG or LINE.
        alike: (D, T) or (L, U) likeness, 0 to itself; it is the weight.
        at: (T,) or (U,) places of the training nodes among those of this kind.
        k: neighbours of each node; 0 for no such edge.
    """
    relation = DRUGS_ALIKE if kind == DRUG else LINES_ALIKE
    k = min(k, alike.shape[1])
    order = np.argsort(-alike, axis=1, kind="stable")[:, :k]
    node = np.repeat(np.arange(len(alike)), k)
    other = order.ravel()
    kept = alike[node, other] > 0
    node, other = node[kept], other[kept]
    start = layout.start(kind)
    return Edges.of(relation, at[other] + start, node + start, alike[node, other])


def label_edges(
    layout: Layout, drug: Tensor, line: Tensor, strength: Tensor, resistant: bool
) -> Edges:
    """Both ways between a drug and a line that is sensitive to it, and resistant where asked.

    Args:
        layout: of all nodes.
        drug: (S,) places among the drugs.
        line: (S,) places among the lines.
        strength: (S,) above 0 for sensitive, below for resistant, 0 for no edge; its size is the
            weight.
        resistant: whether resistance makes edges too, of a relation of their own.
    """
    drugs, lines = drug + layout.start(DRUG), line + layout.start(LINE)
    parts = []
    kinds = [(strength > 0, SENSITIVE, SENSITIVE_BACK)]
    if resistant:
        kinds.append((strength < 0, RESISTANT, RESISTANT_BACK))
    for rows, there, back in kinds:
        weight = strength[rows].abs().float()
        for relation, source, target in ((there, drugs, lines), (back, lines, drugs)):
            same = torch.full_like(source[rows], relation)
            parts.append(Edges(source[rows], target[rows], same, weight))
    return Edges.joined(parts)
