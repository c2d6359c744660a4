"""The figure of one ranking: all of its genes by rank."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.theme import COLOURS, QUIET, bare_layout

HEIGHT = 400
_HOVER = (
    "<b>%{customdata[0]}</b> (Entrez %{customdata[1]})<br>rank %{customdata[2]}<br>"
    "score %{customdata[3]:+.3f} ± %{customdata[4]:.3f}<extra></extra>"
)
_N_NAMED = 4
_LABEL_GAP = 0.05  # of the range of scores, between two names


def rank_plot(table: pd.DataFrame, dark: bool = False) -> go.Figure:
    """Score against rank for every gene, with the spread as a band and both ends named."""
    rank, score, spread = (table[name].to_numpy() for name in ("rank", "score", "spread"))
    figure = go.Figure(
        go.Scatter(
            x=np.concatenate([rank, rank[::-1]]),
            y=np.concatenate([score + spread, (score - spread)[::-1]]),
            fill="toself",
            fillcolor="rgba(128,139,151,0.28)",
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
        )
    )
    for direction, rows in table.groupby("direction", sort=False):
        figure.add_scatter(
            x=rows["rank"],
            y=rows["score"],
            mode="markers",
            name=f"predicted {direction}",
            marker={"color": COLOURS[direction], "size": 5},
            customdata=_details(rows),
            hovertemplate=_HOVER,
        )
    figure.add_hline(y=0, line={"color": QUIET, "width": 1, "dash": "dot"})
    _name_ends(figure, table)
    key = (f"<span style='color:{COLOURS[d]}'>●</span> predicted {d}" for d in ("up", "down"))
    figure.update_layout(title={"text": "   ".join(key), "x": 0.0, "xanchor": "left"})
    figure.update_xaxes(
        title_text="rank (1 goes up most, 978 goes down most)",
        range=[-20, len(table) + 20],
        tickvals=[1, *range(200, len(table) - 100, 200), len(table)],
        showgrid=False,
    )
    figure.update_yaxes(title_text="predicted change (typical SDs)")
    return bare_layout(figure, HEIGHT, dark)


def _name_ends(figure: go.Figure, table: pd.DataFrame) -> None:
    """Symbols beside the first and the last genes, moved towards zero where they would touch."""
    gap = float(np.ptp(table["score"])) * _LABEL_GAP
    for rows, sign in ((table.head(_N_NAMED), 1), (table.tail(_N_NAMED)[::-1], -1)):
        height = np.inf
        for row in rows.itertuples():
            height = min(sign * row.score, height - gap)
            figure.add_annotation(
                x=row.rank,
                y=sign * height,
                text=row.symbol,
                showarrow=False,
                xshift=sign * 9,
                xanchor="left" if sign > 0 else "right",
                font={"size": 11},
            )


def _details(rows: pd.DataFrame) -> np.ndarray:
    return rows[["symbol", "entrez", "rank", "score", "spread"]].to_numpy(object)
