"""ECharts options of a network whose nodes have places and whose names stand over the lines."""

from collections.abc import Sequence
from typing import NamedTuple

from badger_core.plots.attention_colours import INK, PAGE
from badger_core.plots.saving import ROOM


class Room(NamedTuple):
    """Pixels around a network for its names, and how long these may be."""

    left: int
    right: int
    label: int
    font: int = 12


def network_chart(
    points: Sequence[dict],
    links: Sequence[dict],
    wide: Room,
    narrow: Room,
    narrow_below: int,
    top: int = 14,
    dark: bool = False,
) -> dict:
    """Options of a graph on an invisible grid from 0 to 1, y growing down; a click tells the node.

    Args:
        points: ECharts nodes with a `value` (x, y).
        links: ECharts links between places in `points`.
        wide: on a screen.
        narrow: on a phone.
        narrow_below: width in pixels up to which the second counts.
        top: pixels above.
        dark: True for a dark page.
    """
    hidden = {"type": "value", "min": 0, "max": 1, "show": False}
    series = {
        "type": "graph",
        "layout": "none",
        "coordinateSystem": "cartesian2d",
        "selectedMode": "single",
        "roam": False,
        "emphasis": {"focus": "adjacency"},
        "label": {
            "show": True,
            "color": INK[dark],
            "textBorderColor": PAGE[dark],
            "textBorderWidth": 3,
            "fontSize": wide.font,
            "width": wide.label,
            "overflow": "truncate",
        },
        "data": list(points),
        "links": list(links),
        "cursor": "pointer",
    }
    label = {"width": narrow.label, "fontSize": narrow.font}
    return {
        "animation": False,
        "tooltip": {"formatter": "{b}", "confine": True},
        "grid": {
            "left": wide.left,
            "right": wide.right,
            "top": top,
            "bottom": 8 + ROOM,
            "containLabel": False,
        },
        "xAxis": hidden,
        "yAxis": hidden | {"inverse": True},
        "series": [series],
        "media": [
            {
                "query": {"maxWidth": narrow_below},
                "option": {
                    "grid": {"left": narrow.left, "right": narrow.right},
                    "series": [{"label": label}],
                },
            }
        ],
    }
