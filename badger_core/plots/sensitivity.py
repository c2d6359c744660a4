"""Lines (or drugs) by predicted sensitivity: dots with intervals, and what was measured."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.attention_colours import INK, PAGE
from badger_core.plots.markup import name_in
from badger_core.plots.theme import DEEP_FOOT, DOWN, QUIET, UP, bare_layout

HEIGHT = 400
_BAND = {False: "rgba(128,139,151,0.28)", True: "rgba(128,139,151,0.38)"}
NAMED = 32
"""Rows up to which each has its name at the axis."""
AXES = {
    "ctrp": "AUC (CTRP v2): lower kills more",
    "nci60": "probability of sensitive (NCI-60)",
}


def ranked_dots(table: pd.DataFrame, screen: str, what: str, dark: bool = False) -> go.Figure:
    """Rows from left, most killing first; blue dots are predicted, orange diamonds measured.

    Args:
        table: in the order to be drawn: name, predicted, low, high, measured (NaN where it was
            not), rank and chosen (bool).
        screen: 'ctrp' or 'nci60', a key of `AXES`.
        what: the rows are, in the plural, such as 'lines'.
        dark: True for a dark page.
    """
    at = np.arange(1, len(table) + 1)
    named = len(table) <= NAMED
    figure = go.Figure()
    if not named:
        _band(figure, table, at, dark)
    reach = {"array": table["high"] - table["predicted"], "color": QUIET, "width": 0}
    reach |= {"arrayminus": table["predicted"] - table["low"], "thickness": 3, "visible": named}
    figure.add_scatter(
        x=at,
        y=table["predicted"],
        error_y={"type": "data", "symmetric": False, **reach},
        mode="markers",
        name=f"predicted, {'bar' if named else 'band'}: 80% interval",
        marker={"color": DOWN, "size": 9 if named else 4},
        customdata=table[["name", "low", "high", "rank"]],
        hovertemplate="<b>%{customdata[0]}</b>, place %{customdata[3]}<br>predicted %{y:.2f} "
        "(%{customdata[1]:.2f} to %{customdata[2]:.2f})<extra></extra>",
    )
    known = table["measured"].notna().to_numpy()
    if known.any():
        figure.add_scatter(
            x=at[known],
            y=table["measured"][known],
            mode="markers",
            name="measured",
            marker={"color": UP, "size": 9 if named else 5, "symbol": "diamond"},
            customdata=table[["name"]][known],
            hovertemplate="<b>%{customdata[0]}</b><br>measured %{y:.2f}<extra></extra>",
        )
    _mark(figure, table, at, dark)
    figure.update_xaxes(title_text=f"{what}, most sensitive first", showgrid=False, zeroline=False)
    if named:
        short = [name if len(name) <= 14 else f"{name[:13]}…" for name in table["name"]]
        figure.update_xaxes(tickvals=at, ticktext=short, tickangle=-60)
    figure.update_yaxes(title_text=AXES[screen], zeroline=False)
    figure = bare_layout(figure, HEIGHT, dark, DEEP_FOOT)
    legend = {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"}
    return figure.update_layout(
        showlegend=True,
        legend=legend | {"itemclick": False, "itemdoubleclick": False, "font": {"size": 12}},
    )


def _band(figure: go.Figure, table: pd.DataFrame, at: np.ndarray, dark: bool) -> None:
    """The intervals of many rows: their bars would run into each other."""
    figure.add_scatter(
        x=np.concatenate([at, at[::-1]]),
        y=np.concatenate([table["low"], table["high"][::-1]]),
        fill="toself",
        fillcolor=_BAND[dark],
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
        showlegend=False,
    )


def _mark(figure: go.Figure, table: pd.DataFrame, at: np.ndarray, dark: bool) -> None:
    """A ring around the row that was asked for, and its name."""
    own = table["chosen"].to_numpy()
    if not own.any():
        return
    first = int(np.flatnonzero(own)[0])
    x, y = at[first], table["predicted"].iat[first]
    figure.add_scatter(
        x=[x],
        y=[y],
        mode="markers",
        marker={"color": "rgba(0,0,0,0)", "size": 15, "line": {"color": INK[dark], "width": 2}},
        hoverinfo="skip",
        showlegend=False,
    )
    left = first < len(table) / 2
    figure.add_annotation(
        x=x,
        y=y,
        text=f"<b>{name_in(table['name'].iat[first])}</b>",
        showarrow=True,
        arrowcolor=INK[dark],
        arrowwidth=1,
        arrowhead=0,
        standoff=8,
        ax=40 if left else -40,
        ay=36,
        xanchor="left" if left else "right",
        font={"color": INK[dark], "size": 13},
        bgcolor=PAGE[dark],
        borderpad=2,
    )
