"""What a gene means to the answers: it is set to its training mean in every line, and they change.

Its edges go (a mean gene has none), and features of lines, their likeness and so the votes of alike
lines are worked out without it. D drugs, L lines, E genes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from badger_core.response.drgt_fitted import FittedDrgt
from badger_core.response.drgt_world import line_parts
from badger_core.response.graph import GENE, Graph


def occluded(fitted: FittedDrgt, genes: Sequence[int]) -> Iterator[np.ndarray]:
    """For each gene (D, L): answers as they are less those without the gene, in logits.

    For AUC in standard deviations of the labels.

    Args:
        fitted: the model; its known drugs and lines are asked for.
        genes: columns of the panel.
    """
    base = fitted.logits(fitted.world()[0].graph(fitted.pairs))
    for gene in genes:
        yield base - fitted.logits(without(fitted, gene))


def without(fitted: FittedDrgt, gene: int) -> Graph:
    """The graph of what is known, with a gene at its training mean everywhere."""
    world = fitted.world()[0]
    z = world.z.copy()
    z[:, gene] = 0
    keys = np.array(world.layout.lines, object)
    _, lines, weights = line_parts(z, keys, world.at[1].numpy(), fitted.reference)
    node = world.layout.start(GENE) + gene
    edges = world.edges
    own = (edges.source == edges.target) | ((edges.source != node) & (edges.target != node))
    alike = (world.alike[0], weights)
    changed = replace(world, z=z, lines=lines, alike=alike, edges=edges.keep(own))
    return changed.graph(fitted.pairs)


def gene_effects(fitted: FittedDrgt, genes: Sequence[int]) -> np.ndarray:
    """(D, len(genes)) root mean square over lines of what a gene changes for this drug alone.

    What it changes for all drugs alike in a line, and for all lines alike, is taken off first.
    """
    columns = []
    for change in occluded(fitted, genes):
        own = change - change.mean(axis=0)
        own -= own.mean(axis=1, keepdims=True)
        columns.append(np.sqrt((own**2).mean(axis=1)))
    return np.stack(columns, axis=1)
