"""Routes of attention beside what is known, as a layered network (networkx layout, ECharts).

Full lines are attention; dashed lines are knowledge: a known target belongs to the pathway, a
gene belongs to the pathway.
"""

from collections.abc import Mapping

import networkx as nx

from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_routes import Routes
from badger_core.plots.attention_colours import QUIET_INK, TARGET
from badger_core.plots.network_chart import Room, network_chart
from badger_core.plots.route_nodes import LAYERS, Drawn, Link, Node, nodes_and_links
from badger_core.plots.saving import ROOM

_ROW = 26
_WIDE, _NARROW = Room(100, 120, 240), Room(84, 92, 150)
_STRONGEST = 3  # links per pathway into each neighbouring layer
_TARGETS = 8


def network_height(drawn: Drawn) -> int:
    """Pixels that the option needs: the fullest column counts."""
    columns = {"target": "fragment"}
    column = [columns.get(node.layer, node.layer) for node in drawn.nodes]
    return max(320, 40 + _ROW * max(column.count(layer) for layer in LAYERS)) + ROOM


def route_network(
    explanation: Explanation, found: Routes, directions: Mapping[int, str], dark: bool = False
) -> Drawn:
    """The strongest links of each pathway, and the memberships among what is shown.

    Args:
        explanation: of one prediction.
        found: the routes to show.
        directions: gene to 'up' or 'down'.
        dark: True for a dark page.
    """
    nodes, all_links = nodes_and_links(explanation, found, directions)
    links = _strongest(nodes, all_links)
    targets = _targets(explanation, found)
    nodes = (*nodes, *(Node("target", i, f"◆ {name}", TARGET) for i, name in enumerate(targets)))
    known = _known(explanation, nodes, targets)
    places = positions(nodes, (*links, *known))
    widest = max((link.share for link in links), default=1.0)
    drawn = [
        _line(nodes, link, {"width": 1 + 5 * link.share / widest, "opacity": 0.45})
        | {"value": round(100 * link.share, 4)}
        for link in links
    ]
    drawn += [
        _line(nodes, link, {"type": "dashed", "width": 1.5, "color": QUIET_INK[dark]})
        for link in known
    ]
    points = [_point(node, places[i]) for i, node in enumerate(nodes)]
    spec = network_chart(points, drawn, _WIDE, _NARROW, 480, top=18, dark=dark)
    return Drawn(spec, nodes, (*links, *known))


def positions(nodes: tuple[Node, ...], links: tuple[Link, ...]) -> dict[int, tuple[float, float]]:
    """Node to (x, y), 0 to 1, in three columns by networkx' multipartite layout; y grows down."""
    graph = nx.Graph()
    columns = {"fragment": 0, "target": 0, "pathway": 1, "gene": 2}
    for i, node in enumerate(nodes):
        graph.add_node(i, subset=columns[node.layer])
    graph.add_edges_from((link.source, link.target) for link in links)
    placed = nx.multipartite_layout(graph, subset_key="subset", align="vertical")
    xs = sorted({round(float(x), 6) for x, _ in placed.values()})
    found = {}
    for c in range(3):
        column = [i for i, node in enumerate(nodes) if columns[node.layer] == c]
        column.sort(key=lambda i: float(placed[i][1]))
        for rank, i in enumerate(column):
            x = xs.index(round(float(placed[i][0]), 6)) / max(len(xs) - 1, 1)
            found[i] = (x, (rank + 0.5) / len(column))
    return found


def _strongest(nodes: tuple[Node, ...], links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The strongest links of each pathway, each way: all of them would hide one another."""
    kept = set()
    for i, node in enumerate(nodes):
        if node.layer == "pathway":
            for side in ("source", "target"):
                own = [link for link in links if getattr(link, side) == i]
                kept.update(sorted(own, key=lambda link: -link.share)[:_STRONGEST])
    return tuple(link for link in links if link in kept)


def _targets(explanation: Explanation, found: Routes) -> list[str]:
    """Known targets in the shown pathways, those in most of them first."""
    held = [t for p in found.pathways for t in explanation.pathways["targets"].iloc[p]]
    return sorted(set(held), key=lambda t: (-held.count(t), t))[:_TARGETS]


def _known(explanation: Explanation, nodes: tuple[Node, ...], targets: list[str]) -> list[Link]:
    """Memberships of targets and genes in pathways, as links without a share."""
    at = {(node.layer, node.at): i for i, node in enumerate(nodes)}
    pathways = [node.at for node in nodes if node.layer == "pathway"]
    genes = [node.at for node in nodes if node.layer == "gene"]
    known = []
    for p in pathways:
        for name in set(explanation.pathways["targets"].iloc[p]) & set(targets):
            known.append(Link(at["target", targets.index(name)], at["pathway", p], 0.0))
        for g in genes:
            if explanation.is_member[p, g]:
                known.append(Link(at["pathway", p], at["gene", g], 0.0))
    return sorted(known)


def _point(node: Node, place: tuple[float, float]) -> dict:
    side = {"fragment": "left", "target": "left", "pathway": "top", "gene": "right"}[node.layer]
    return {
        "name": node.label,
        "value": [round(place[0], 4), round(place[1], 4)],
        "symbol": "diamond" if node.layer == "target" else "circle",
        "symbolSize": 12,
        "itemStyle": {"color": node.colour},
        "label": {"position": side},
    }


def _line(nodes: tuple[Node, ...], link: Link, style: dict) -> dict:
    said = f"{100 * link.share:.3f}% of attention" if link.share else "known membership"
    source, target = nodes[link.source].label, nodes[link.target].label
    return {
        "source": link.source,
        "target": link.target,
        "name": f"{source} → {target}: {said}",
        "lineStyle": {"color": nodes[link.source].colour, **style},
    }
