"""The nodes and links that the two figures of routes draw: fragments, pathways and genes."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from badger_core.explain.prediction_maps import NONE, Explanation, fragment_names
from badger_core.explain.prediction_routes import Routes
from badger_core.plots.attention_colours import FRAGMENT, INFERRED, TARGET
from badger_core.plots.attention_grids import SIGNS, pathway_labels
from badger_core.plots.theme import COLOURS

LAYERS = ("fragment", "pathway", "gene")


class Node(NamedTuple):
    """One thing on a route: its layer, its position there, its label, its colour."""

    layer: str
    at: int
    label: str
    colour: str


class Link(NamedTuple):
    """Attention between two nodes, by their position in the list of nodes."""

    source: int
    target: int
    share: float


class Drawn(NamedTuple):
    """A figure and what its nodes and links stand for: a click reports positions."""

    spec: dict
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def nodes_and_links(
    explanation: Explanation, found: Routes, directions: Mapping[int, str]
) -> tuple[tuple[Node, ...], tuple[Link, ...]]:
    """What carries attention among the shown routes; every pathway passes on what it gets.

    Args:
        explanation: of one prediction.
        found: its routes.
        directions: gene to 'up' or 'down'.
    """
    names = [*fragment_names(explanation), NONE]
    labels = pathway_labels(explanation)
    into, out = found.share.sum(axis=2), found.share.sum(axis=0)  # (F + 1, p), (p, g)
    nodes = [
        Node("fragment", f, names[f], FRAGMENT if f < len(explanation.fragments) else INFERRED)
        for f in np.flatnonzero(into.sum(axis=1) > 0).tolist()
    ]
    for p in found.pathways.tolist():
        held = bool(explanation.pathways["targets"].iloc[p])
        nodes.append(Node("pathway", p, labels[p], TARGET if held else INFERRED))
    for g in found.genes.tolist():
        way = directions[g]
        symbol = explanation.genes["symbol"].iloc[g]
        nodes.append(Node("gene", g, f"{SIGNS[way]} {symbol}", COLOURS[way]))
    place = {(node.layer, node.at): i for i, node in enumerate(nodes)}
    links = []
    for i, p in enumerate(found.pathways.tolist()):
        middle = place["pathway", p]
        for f in np.flatnonzero(into[:, i] > 0).tolist():
            links.append(Link(place["fragment", f], middle, float(into[f, i])))
        for j in np.flatnonzero(out[i] > 0).tolist():
            links.append(Link(middle, place["gene", int(found.genes[j])], float(out[i, j])))
    return tuple(nodes), tuple(links)
