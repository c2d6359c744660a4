"""Screens whose network is known: a random graph, knockdowns, and transcripts counted with noise.

The log level of each gene in a cell is its base level, plus noise of its own, plus what its
regulators' departures from theirs pass on, so that an effect runs down the graph. A knocked down
gene is lowered in the cells that aim at it. Counts are Poisson around a gamma-distributed mean,
scaled with the cell's depth.

Specification: section 1.10 of the sibling systems. N cells, T targets, G genes.
"""

from typing import NamedTuple

import numpy as np

from badger_core.data.perturbation import CONTROL, CellScreen

KNOCKDOWN = -1.6
"""Of the target's log level (natural logarithm): 80% of its transcripts are lost."""

REPLICATES = 3
_MEAN_REGULATORS = 2.0
_STRENGTH = (0.4, 0.9)
_BASE = (0.9, 0.9)
_OWN_NOISE = 0.3
_DEPTH_SPREAD = 0.35
_SHAPE = 4.0


class Simulated(NamedTuple):
    """A screen and the truth behind it; T targets in the order of `screen.targets()`.

    Attributes:
        screen: the cells; every target is among the genes.
        direct: (T, G) what one log unit more of the target adds to a gene at once; 0 for no edge.
        total: (T, G) change of the log level of every gene by the knockdown, along all paths; the
            target's own entry is the knockdown.
        reach: (T, G) whether a path of edges leads from target to gene; False to itself.
    """

    screen: CellScreen
    direct: np.ndarray
    total: np.ndarray
    reach: np.ndarray


def simulate(
    seed: int,
    n_genes: int = 60,
    n_targets: int = 40,
    cells: int = 120,
    controls: int = 1500,
    effect: float = 1.0,
) -> Simulated:
    """One random world.

    Args:
        seed: the same seed gives the same world.
        n_genes: G.
        n_targets: T, at most G; they are drawn from all genes.
        cells: for each target.
        controls: cells that aim at nothing.
        effect: multiplies the edges and the knockdown; 0 is the null world, in which no
            perturbation does anything.
    """
    rng = np.random.default_rng(seed)
    edges = _random_graph(rng, n_genes) * effect
    passes_on = np.linalg.inv(np.eye(n_genes) - edges)
    knocked = np.sort(rng.choice(n_genes, n_targets, replace=False))
    aims = np.repeat(np.concatenate([knocked, [-1]]), [*[cells] * n_targets, controls])
    counts = _count(rng, aims, passes_on, effect)
    genes = np.array([f"G{i:0{len(str(n_genes - 1))}d}" for i in range(n_genes)])
    target = np.where(aims >= 0, genes[aims], CONTROL)
    reach = _closure(edges)[knocked]
    itself = np.arange(n_genes) == knocked[:, None]
    total = np.where(reach | itself, KNOCKDOWN * effect * passes_on[knocked], 0.0)
    order = rng.permutation(len(aims))
    screen = CellScreen(
        counts,
        genes,
        target,
        np.where(aims >= 0, np.char.add(target, "g1"), "NTg1"),
        np.array([f"rep_{1 + i % REPLICATES}" for i in range(len(aims))]),
        np.zeros((len(aims), 2), np.int32),
    )
    return Simulated(screen.take(order), edges[knocked], total, reach)


def _random_graph(rng: np.random.Generator, n_genes: int) -> np.ndarray:
    """(G, G) strengths of regulator (row) on gene (column), along a random order, so no cycles."""
    place = rng.permutation(n_genes)
    chance = min(1.0, 2 * _MEAN_REGULATORS / max(n_genes - 1, 1))
    there = (place[:, None] < place[None, :]) & (rng.random((n_genes, n_genes)) < chance)
    size = rng.uniform(*_STRENGTH, (n_genes, n_genes))
    return np.where(there, size * rng.choice([-1, 1], (n_genes, n_genes)), 0.0)


def _closure(edges: np.ndarray) -> np.ndarray:
    """(G, G) truths: whether a path of one edge or more leads from row to column."""
    there = edges != 0
    reach = there.copy()
    for _ in range(len(edges)):
        longer = reach | (reach.astype(int) @ there.astype(int) > 0)
        if (longer == reach).all():
            break
        reach = longer
    return reach


def _count(
    rng: np.random.Generator, aims: np.ndarray, passes_on: np.ndarray, effect: float
) -> np.ndarray:
    """(N, G) uint16 transcripts; `aims` (N,) is the place of the target, -1 for controls."""
    shape = (len(aims), len(passes_on))
    shift = rng.normal(0, _OWN_NOISE, shape)
    hit = np.flatnonzero(aims >= 0)
    shift[hit, aims[hit]] += KNOCKDOWN * effect
    level = rng.normal(*_BASE, shape[1]) + shift @ passes_on
    depth = np.exp(rng.normal(0, _DEPTH_SPREAD, (shape[0], 1)))
    mean = np.exp(level) * depth * rng.gamma(_SHAPE, 1 / _SHAPE, shape)
    return np.minimum(rng.poisson(mean), np.iinfo(np.uint16).max).astype(np.uint16)
