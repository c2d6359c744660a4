"""The figure of a measured pair: how soon the ranking comes upon what was measured to move most."""

import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.theme import COLOURS, QUIET, bare_layout

HEIGHT = 250
CUTS = (50, 100, 200)
"""Genes from the top of the ranking, for the table beside the figure."""
_LINES = {
    "up": ("predicted up", COLOURS["up"], "solid", 3),
    "down": ("predicted down", COLOURS["down"], "dash", 3),
    "repeat": ("a repeat", QUIET, "solid", 2),
    "drug_free": ("drug-free", QUIET, "dash", 2),
    "luck": ("luck", QUIET, "dot", 2),
}


def recovery_plot(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Share of the measured top 200 found, against the genes taken from the top.

    Args:
        table: columns genes, up, down, drug_free, repeat and luck; a column of NaN is left out.
        dark: True for a dark page.
    """
    figure = go.Figure()
    shown = [name for name in _LINES if table[name].notna().any()]
    for name in reversed(shown):
        label, colour, dash, width = _LINES[name]
        figure.add_scatter(
            x=table["genes"],
            y=table[name],
            mode="lines",
            name=label,
            line={"color": colour, "dash": dash, "width": width},
            hovertemplate=f"{label}: %{{y:.0%}} found<extra></extra>",
        )
    figure.update_layout(hovermode="x unified")
    figure.update_xaxes(title_text="genes taken from the top of the ranking", range=[0, len(table)])
    figure.update_yaxes(title_text="measured top 200 found", range=[0, 1.02], tickformat=".0%")
    figure = bare_layout(figure, HEIGHT, dark)
    legend = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "reversed"}
    return figure.update_layout(
        showlegend=True, legend=legend | {"itemclick": False, "itemdoubleclick": False}
    )


def recovery_cuts(table: pd.DataFrame) -> pd.DataFrame:
    """The figure as a table: one row per line of it, one column per cut, in percent."""
    rows = table.set_index("genes").loc[[cut for cut in CUTS if cut <= len(table)]]
    names = [name for name in _LINES if rows[name].notna().any()]
    cuts = rows[names].T.set_axis([_LINES[name][0] for name in names])
    return (100 * cuts).round(1)
