"""Edges of lost genes as a network: these in the middle, what falls left, what rises right."""

import pandas as pd

from badger_core.plots.attention_colours import QUIET_INK
from badger_core.plots.network_chart import Room, network_chart
from badger_core.plots.saving import ROOM
from badger_core.plots.theme import DOWN, UP

_ROW = 21
_WIDE, _NARROW = Room(96, 96, 90), Room(66, 66, 62, 10)
_X = {"falls": 0.0, "target": 0.5, "rises": 1.0}


def network_nodes(edges: pd.DataFrame) -> pd.DataFrame:
    """Nodes of some edges, in the order in which they are drawn and clicked.

    A gene stands left where its strongest edge lowers it by the loss, else right; a lost gene
    stands in the middle, also where another's loss changes it.

    Args:
        edges: rows with target, gene and strength (below 0: the loss lowers the gene), the
            strongest first.

    Returns:
        Columns name, place ('falls', 'target' or 'rises'), x and y (0 to 1, y grows down).
    """
    targets = list(dict.fromkeys(edges["target"]))
    own = edges[~edges["gene"].isin(targets)]
    first = own.drop_duplicates("gene")
    place = dict.fromkeys(targets, "target")
    for gene, strength in zip(first["gene"], first["strength"], strict=True):
        place[gene] = "falls" if strength < 0 else "rises"
    rank = {name: at for at, name in enumerate(targets)}
    middle = own.assign(at=own["target"].map(rank)).groupby("gene")["at"].mean()
    rows = []
    for side in _X:
        names = [name for name, where in place.items() if where == side]
        if side != "target":  # near the targets that they hang on, so that fewer edges cross
            names.sort(key=lambda name: (middle[name], name))
        rows += [(name, side, _X[side], (at + 0.5) / len(names)) for at, name in enumerate(names)]
    return pd.DataFrame(rows, columns=["name", "place", "x", "y"])


def network_height(nodes: pd.DataFrame) -> int:
    """Pixels that the figure needs: the fullest column counts."""
    fullest = int(nodes["place"].value_counts().max()) if len(nodes) else 1
    return max(340, 40 + _ROW * fullest) + ROOM


def network_figure(nodes: pd.DataFrame, edges: pd.DataFrame, dark: bool = False) -> dict:
    """ECharts options; nodes and links are in the order of the tables, so a click gives a row.

    Args:
        nodes: of `network_nodes` the edges.
        edges: columns target, gene, strength and role.
        dark: True for a dark page.
    """
    at = {name: place for place, name in enumerate(nodes["name"])}
    widest = float(edges["strength"].abs().max()) or 1.0
    links = []
    for edge in edges.itertuples(index=False):
        falls = edge.strength < 0
        links.append(
            {
                "source": at[edge.target],
                "target": at[edge.gene],
                "name": f"{edge.target} lost: {edge.gene} {'falls' if falls else 'rises'}",
                "lineStyle": {
                    "width": round(1.2 + 3 * abs(edge.strength) / widest, 2),
                    "color": DOWN if falls else UP,
                    "type": "solid" if falls else "dashed",
                    "opacity": 0.65,
                    "curveness": 0.25 if nodes["place"].iat[at[edge.gene]] == "target" else 0,
                },
            }
        )
    points = [_point(row, dark) for row in nodes.to_dict("records")]
    return network_chart(points, links, _WIDE, _NARROW, 560, dark=dark)


def _point(node: dict, dark: bool) -> dict:
    side = {"falls": "left", "target": "top", "rises": "right"}[node["place"]]
    colour = {"falls": DOWN, "target": QUIET_INK[dark], "rises": UP}[node["place"]]
    return {
        "name": node["name"],
        "value": [round(node["x"], 4), round(node["y"], 4)],
        "symbol": "rect" if node["place"] == "target" else "triangle",
        "symbolRotate": 180 if node["place"] == "falls" else 0,
        "symbolSize": 13 if node["place"] == "target" else 10,
        "itemStyle": {"color": colour},
        "label": {"position": side},
    }
