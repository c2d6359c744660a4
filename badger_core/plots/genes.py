"""All genes of one ranking as points to click: score against agreement, and score against rank."""

from collections.abc import Collection

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.theme import COLOURS, QUIET, bare_layout

HEIGHT = 440
_HOVER = (
    "<b>%{customdata[1]}</b> (Entrez %{customdata[0]})<br>rank %{customdata[2]}<br>"
    "score %{customdata[3]:+.3f} ± %{customdata[4]:.3f}<extra></extra>"
)
_SHAPES = {"up": "triangle-up", "down": "triangle-down"}
_KEY = (("up", "▲"), ("down", "▼"))
_N_NAMED, _N_NAMED_IN_SET = 5, 14
_FAINT = 0.22
_LABEL_GAP = 0.034  # of the height, between two names
_FURTHEST = 1.5  # gaps between a name and its point: further off it misleads
_LEAST_SPREAD = 1e-3
_RING = {False: "#1B2430", True: "#E8EDF2"}


def agreement_plot(
    table: pd.DataFrame, members: Collection[int], chosen: int | None, dark: bool = False
) -> go.Figure:
    """Score against how many of its spreads it lies from zero, on a logarithmic scale.

    It looks like a volcano plot and is none: the height is agreement of the ensemble, no p value.

    Args:
        table: a ranking, columns of `schema.RANKING_COLUMNS`, with a spread that is not all zero.
        members: Entrez ids to stand out; empty where all genes shall.
        chosen: Entrez id of the gene with a ring, or None.
        dark: True for a dark page.
    """
    figure = go.Figure(layout={"yaxis": {"type": "log"}})
    _points(figure, table, table["score"], agreement(table), members, chosen, dark)
    figure.add_vline(x=0, line={"color": QUIET, "width": 1, "dash": "dot"})
    reach = 1.2 * float(table["score"].abs().max())
    figure.update_xaxes(title_text="predicted change (typical SDs)", range=[-reach, reach])
    figure.update_yaxes(
        title_text="agreement: |score| ÷ spread of the ensemble",
        tickvals=[0.01, 0.1, 1, 10, 100],
        ticktext=["0.01", "0.1", "1", "10", "100"],
    )
    return bare_layout(figure, HEIGHT, dark)


def rank_points(
    table: pd.DataFrame, members: Collection[int], chosen: int | None, dark: bool = False
) -> go.Figure:
    """Score against rank; arguments as for `agreement_plot`."""
    figure = go.Figure()
    _points(figure, table, table["rank"], table["score"], members, chosen, dark)
    figure.add_hline(y=0, line={"color": QUIET, "width": 1, "dash": "dot"})
    figure.update_xaxes(
        title_text=f"rank (1 goes up most, {len(table)} goes down most)",
        range=[-25, len(table) + 25],
        tickvals=[1, *range(200, len(table) - 100, 200), len(table)],
        showgrid=False,
    )
    figure.update_yaxes(title_text="predicted change (typical SDs)")
    return bare_layout(figure, HEIGHT, dark)


def agreement(table: pd.DataFrame) -> pd.Series:
    """|score| over the spread, which counts as 0.001 where it is less."""
    return table["score"].abs() / table["spread"].clip(lower=_LEAST_SPREAD)


def _points(
    figure: go.Figure,
    table: pd.DataFrame,
    x: pd.Series,
    y: pd.Series,
    members: Collection[int],
    chosen: int | None,
    dark: bool,
) -> None:
    """Triangles up and down; members of a set larger, the others faint; the chosen one ringed."""
    inside = table["entrez"].isin(members)
    for direction, shape in _SHAPES.items():
        for member in (False, True):
            rows = (table["direction"] == direction) & (inside == member)
            opacity = 0.95 if member else (_FAINT if inside.any() else 0.75)
            figure.add_scatter(
                x=x[rows],
                y=y[rows],
                mode="markers",
                marker={"symbol": shape, "color": COLOURS[direction], "opacity": opacity}
                | {"size": 10 if member else 7, "line": {"width": 0}},
                selected={"marker": {"opacity": opacity}},
                unselected={"marker": {"opacity": opacity}},
                customdata=_details(table[rows]),
                hovertemplate=_HOVER,
            )
    at = table["entrez"] == chosen
    if at.any():
        figure.add_scatter(
            x=x[at],
            y=y[at],
            mode="markers",
            marker={"symbol": "circle-open", "size": 17, "color": _RING[dark], "line_width": 2},
            hoverinfo="skip",
        )
    _name(figure, table, x, y, _named(table, inside) | at)
    key = (f"<span style='color:{COLOURS[d]}'>{s}</span> predicted {d}" for d, s in _KEY)
    figure.update_layout(title={"text": "   ".join(key), "x": 0.0, "xanchor": "left"})
    figure.update_layout(clickmode="event+select")


def _named(table: pd.DataFrame, inside: pd.Series) -> pd.Series:
    """Which symbols are written: the set's strongest genes, else both ends of the ranking."""
    if inside.any():
        strength = table["score"].abs().where(inside)
        return strength >= strength.nlargest(_N_NAMED_IN_SET).min()
    return table["rank"].le(_N_NAMED) | table["rank"].gt(len(table) - _N_NAMED)


def _name(
    figure: go.Figure, table: pd.DataFrame, x: pd.Series, y: pd.Series, named: pd.Series
) -> None:
    """Symbols beside their points, outwards, moved apart where they would touch."""
    logarithmic = figure.layout.yaxis.type == "log"
    scale = np.log10(y.clip(lower=10.0**-9)) if logarithmic else y
    gap = float(np.ptp(scale)) * _LABEL_GAP
    strongest = table["score"].abs().sort_values(ascending=False, kind="stable").index
    for outside, side in ((table["score"] > 0, "right"), (table["score"] <= 0, "left")):
        rows = [i for i in strongest if named[i] and outside[i]]
        place = apart(scale[rows].to_numpy(), gap)
        near = ~np.isnan(place)
        rows, place = np.array(rows, int)[near], place[near]
        figure.add_scatter(
            x=x[rows],
            y=10**place if logarithmic else place,
            mode="text",
            text=[f"\u2003{symbol}\u2003" for symbol in table["symbol"][rows]],
            textposition=f"middle {side}",
            textfont={"size": 11},
            hoverinfo="skip",
            cliponaxis=False,
        )


def apart(places: np.ndarray, gap: float) -> np.ndarray:
    """(N,) places at least a gap apart, NaN where none is free within `_FURTHEST` gaps.

    The first comes first: it stands where it would like to.

    Args:
        places: (N,) where labels would like to stand.
        gap: least distance between two of them.
    """
    steps = sorted(np.arange(-_FURTHEST, _FURTHEST + 0.5, 0.5), key=abs)
    out = np.full(len(places), np.nan)
    for i, wish in enumerate(places):
        for place in wish + gap * np.array(steps):
            if not (np.abs(out - place) < gap * 0.999).any():  # NaN is near nothing
                out[i] = place
                break
    return out


def _details(rows: pd.DataFrame) -> np.ndarray:
    return rows[["entrez", "symbol", "rank", "score", "spread"]].to_numpy(object)
