"""Colours and layout that all figures share: readable with any colour vision, light or dark."""

from typing import TYPE_CHECKING

from badger_core.plots.attention_colours import INK, PAGE, QUIET_INK

if TYPE_CHECKING:  # slow to load, and who only wants the colours needs none of it
    import plotly.graph_objects as go

UP = "#C97411"
"""Orange, for what goes up; contrast at least 3 on the light and on the dark page."""
DOWN = "#0A7ABF"
"""Blue, for what goes down."""
QUIET = "#808B97"
"""Grey, for spreads and guide lines."""
COLOURS = {"up": UP, "down": DOWN}
FOOT, DEEP_FOOT = 40, 58
"""Pixels below the axes; the deep one keeps a long title of the axis off the button that saves."""
_GRID = {False: "#DDE3E9", True: "#2E3944"}


def bare_layout(figure: "go.Figure", height: int, dark: bool, foot: int = FOOT) -> "go.Figure":
    """Give a figure its height, its ink, the page's colour behind it, no legend and no zoom.

    Args:
        figure: changed in place and returned.
        height: in pixels.
        dark: True for ink that reads on a dark page.
        foot: pixels below the axes.
    """
    figure.update_layout(
        height=height,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 34, "b": foot},
        paper_bgcolor=PAGE[dark],
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": QUIET_INK[dark], "activecolor": INK[dark]},
        font={"color": INK[dark], "size": 12},
        title_font={"color": INK[dark], "size": 15},
        hoverlabel={"font": {"size": 13}},
    )
    axis = {
        "fixedrange": True,
        "gridcolor": _GRID[dark],
        "zerolinecolor": QUIET,
        "tickfont": {"color": INK[dark], "size": 12},
        "title_font": {"color": INK[dark], "size": 12},
    }
    figure.update_xaxes(axis)
    figure.update_yaxes(axis)
    return figure
