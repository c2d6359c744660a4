"""Routes of attention as a Sankey diagram (ECharts): fragments, pathways, genes."""

from collections.abc import Mapping

from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_routes import Routes
from badger_core.plots.attention_colours import INK, PAGE
from badger_core.plots.route_nodes import LAYERS, Drawn, Link, Node, nodes_and_links
from badger_core.plots.saving import ROOM

STRONGEST = 3
"""Links of each gene that stand out; the others are pale, or all would hide one another."""
_STRONG, _PALE = {False: 0.4, True: 0.5}, 0.07
_LEAST_HEIGHT, _NODE = 300, 22


def sankey_height(drawn: Drawn) -> int:
    """Pixels that the option needs: the fullest layer counts."""
    fullest = max(sum(node.layer == layer for node in drawn.nodes) for layer in LAYERS)
    return max(_LEAST_HEIGHT, 40 + _NODE * fullest) + ROOM


def route_sankey(
    explanation: Explanation, found: Routes, directions: Mapping[int, str], dark: bool = False
) -> Drawn:
    """Width is the share of the genes' attention, in per cent; nodes and links can be clicked.

    Args:
        explanation: of one prediction.
        found: the routes to show.
        directions: gene to 'up' or 'down'.
        dark: True for a dark page.
    """
    nodes, links = nodes_and_links(explanation, found, directions)
    strong = _strongest(nodes, links)
    series = {
        "type": "sankey",
        "selectedMode": "single",
        "left": 4,
        "right": 86,
        "top": 8,
        "bottom": 8 + ROOM,
        "nodeWidth": 12,
        "nodeGap": 7,
        "draggable": False,
        "layoutIterations": 0,
        "emphasis": {"focus": "adjacency"},
        "label": {
            "color": INK[dark],
            "textBorderColor": PAGE[dark],
            "textBorderWidth": 2,
            "fontSize": 12,
            "width": 190,
            "overflow": "truncate",
        },
        "lineStyle": {"color": "source"},
        "data": [
            {
                "name": node.label,
                "depth": LAYERS.index(node.layer),
                "itemStyle": {"color": node.colour, "borderWidth": 0},
            }
            for node in nodes
        ],
        "links": [
            {
                "source": nodes[link.source].label,
                "target": nodes[link.target].label,
                "value": round(100 * link.share, 6),
                "lineStyle": {"opacity": _STRONG[dark] if link in strong else _PALE},
            }
            for link in links
        ],
        "cursor": "pointer",
    }
    narrow = {"label": {"width": 96}, "right": 74}
    spec = {
        "animation": False,
        "tooltip": {"trigger": "item", "valueFormatter": "%.3f %%", "confine": True},
        "series": [series],
        "media": [{"query": {"maxWidth": 480}, "option": {"series": [narrow]}}],
    }
    return Drawn(spec, nodes, links)


def _strongest(nodes: tuple[Node, ...], links: tuple[Link, ...]) -> set[Link]:
    """The links into pathways, and of those into each gene the strongest."""
    kept = {link for link in links if nodes[link.target].layer == "pathway"}
    for i, node in enumerate(nodes):
        if node.layer == "gene":
            own = sorted((x for x in links if x.target == i), key=lambda x: -x.share)
            kept.update(own[:STRONGEST])
    return kept
