"""A list of hypotheses as a layered network (networkx layout, ECharts): disease to genes."""

from typing import NamedTuple

import networkx as nx
import pandas as pd

from badger_core.plots.attention_colours import QUIET_INK
from badger_core.plots.network_chart import Room, network_chart
from badger_core.plots.saving import ROOM
from badger_core.plots.theme import DOWN, UP

KINDS = ("disease", "line", "drug", "pathway", "gene")
"""The columns from left to right."""
_COLOURS = {
    "disease": "#B0609A",
    "line": "#808B97",
    "drug": "#12946F",
    "pathway": "#A98600",
}
_SIGNS = {
    "disease": "roundRect",
    "line": "rect",
    "drug": "circle",
    "pathway": "diamond",
    "gene": "triangle",
}
_ROW = 20
_WIDE, _NARROW = Room(90, 90, 170), Room(44, 52, 70, 10)


def network_height(nodes: pd.DataFrame) -> int:
    """Pixels that the figure needs: the fullest column counts."""
    return max(340, 40 + _ROW * int(nodes["kind"].value_counts().max())) + ROOM


def network_figure(nodes: pd.DataFrame, edges: pd.DataFrame, dark: bool = False) -> dict:
    """ECharts options; nodes are in the order of the table, so a click gives a row.

    Args:
        nodes: columns of `repurpose.network.NODE_COLUMNS`, as that gives them.
        edges: columns of `EDGE_COLUMNS`.
        dark: True for a dark page.
    """
    places = positions(nodes, edges)
    widest = {kind: float(own["weight"].abs().max()) or 1.0 for kind, own in edges.groupby("kind")}
    at = {key: place for place, key in enumerate(nodes["id"])}
    rows = nodes.itertuples(index=False)
    links = [
        {
            "source": at[edge.source],
            "target": at[edge.target],
            "name": f"{edge.kind} {edge.note}".strip(),
            "lineStyle": _style(edge, widest[edge.kind], dark),
        }
        for edge in edges.itertuples(index=False)
    ]
    points = [_point(row, places[row.id]) for row in rows]
    return network_chart(points, links, _WIDE, _NARROW, 520, dark=dark)


def positions(nodes: pd.DataFrame, edges: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Id to (x, y), 0 to 1, a column for each kind (networkx' multipartite layout); y grows down.

    Within a column a node stands near the mean height of its neighbours to the left, so that fewer
    edges cross.
    """
    graph = nx.Graph()
    for node in nodes.itertuples(index=False):
        graph.add_node(node.id, subset=KINDS.index(node.kind))
    graph.add_edges_from(zip(edges["source"], edges["target"], strict=True))
    placed = nx.multipartite_layout(graph, subset_key="subset", align="vertical")
    present = [kind for kind in KINDS if (nodes["kind"] == kind).any()]
    found: dict[str, tuple[float, float]] = {}
    for column, kind in enumerate(present):
        keys = nodes.loc[nodes["kind"] == kind, "id"].tolist()

        def height(key: str) -> tuple[float, float]:
            known = [found[n][1] for n in graph.neighbors(key) if n in found]
            middle = sum(known) / len(known) if known else 0.5
            return middle, float(placed[key][1])

        keys.sort(key=height)
        for rank, key in enumerate(keys):
            x = column / max(len(present) - 1, 1)
            found[key] = (x, (rank + 0.5) / len(keys))
    return found


class _Node(NamedTuple):
    """A row of the network's table of nodes."""

    kind: str
    label: str
    value: float


class _Edge(NamedTuple):
    """A row of its table of edges."""

    kind: str
    weight: float


def _point(node: _Node, place: tuple[float, float]) -> dict:
    colour = _COLOURS.get(node.kind) or (UP if node.value > 0 else DOWN)
    side = {"disease": "top", "line": "top", "drug": "top", "pathway": "top", "gene": "right"}
    return {
        "name": node.label,
        "value": [round(place[0], 4), round(place[1], 4)],
        "symbol": _SIGNS[node.kind],
        "symbolRotate": 180 if node.kind == "gene" and node.value < 0 else 0,
        "symbolSize": 15 if node.kind == "disease" else 11,
        "itemStyle": {"color": colour},
        "label": {"position": side[node.kind]},
    }


def _style(edge: _Edge, widest: float, dark: bool) -> dict:
    if edge.kind in ("holds", "asked in"):
        return {"type": "dashed", "width": 1, "color": QUIET_INK[dark], "opacity": 0.5}
    width = 1 + 3 * abs(edge.weight) / widest
    colour = {"lowered": DOWN, "raised": UP}.get(edge.kind, QUIET_INK[dark])
    return {"width": round(width, 2), "color": colour, "opacity": 0.5}
