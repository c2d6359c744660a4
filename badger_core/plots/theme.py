"""Colours and layout that all figures share: readable with any colour vision, light or dark."""

import plotly.graph_objects as go

UP = "#C97411"
"""Orange, for what goes up; contrast at least 3 on the light and on the dark page."""
DOWN = "#0A7ABF"
"""Blue, for what goes down."""
QUIET = "#808B97"
"""Grey, for spreads and guide lines."""
COLOURS = {"up": UP, "down": DOWN}
_INK = {False: "#1B2430", True: "#E8EDF2"}
_GRID = {False: "#DDE3E9", True: "#2E3944"}


def bare_layout(figure: go.Figure, height: int, dark: bool) -> go.Figure:
    """Give a figure its height, its ink, and no legend, zoom or background of its own.

    Args:
        figure: changed in place and returned.
        height: in pixels.
        dark: True for ink that reads on a dark page.
    """
    figure.update_layout(
        height=height,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 34, "b": 40},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        font={"color": _INK[dark], "size": 12},
        title_font={"color": _INK[dark], "size": 15},
        hoverlabel={"font": {"size": 13}},
    )
    axis = {
        "fixedrange": True,
        "gridcolor": _GRID[dark],
        "zerolinecolor": QUIET,
        "tickfont": {"color": _INK[dark], "size": 12},
        "title_font": {"color": _INK[dark], "size": 12},
    }
    figure.update_xaxes(axis)
    figure.update_yaxes(axis)
    return figure
