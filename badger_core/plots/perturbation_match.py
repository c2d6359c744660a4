"""Which gains of a gene a drug is like or against, as dots on a line of standard deviations."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.gene_rows import gene_rows
from badger_core.plots.theme import DOWN, QUIET, UP


def match_dots(table: pd.DataFrame, sure: float, dark: bool = False) -> go.Figure:
    """Genes from top; filled where the match is beyond chance, rings where it is not.

    Args:
        table: in the order to be drawn: symbol, match, z, score and fdr.
        sure: FDR below which a match is beyond chance.
        dark: True for a dark page.
    """
    figure = go.Figure()
    at = np.arange(len(table))
    held = (table["fdr"] < sure).to_numpy()
    like = (table["z"] > 0).to_numpy()
    for name, where, colour, symbol in (
        ("acts like the gain", like, UP, "triangle-right"),
        ("acts against the gain", ~like, DOWN, "triangle-left"),
    ):
        if not where.any():
            continue
        signs = np.where(held[where], symbol, f"{symbol}-open")
        figure.add_scatter(
            x=table["z"][where],
            y=at[where],
            mode="markers",
            name=name,
            marker={"color": colour, "size": 11, "symbol": signs, "line": {"width": 1.5}},
            customdata=table[["match", "score", "fdr"]][where],
            hovertemplate="<b>%{customdata[0]}</b><br>z %{x:+.2f}, cosine %{customdata[1]:+.2f}, "
            "FDR %{customdata[2]:.3f}<extra></extra>",
        )
    for place, z in zip(at, table["z"], strict=True):
        figure.add_shape(type="line", x0=0, x1=z, y0=place, y1=place, layer="below",
                         line={"color": QUIET, "width": 1})  # fmt: skip
    figure.update_xaxes(title_text="standard deviations of the library", zeroline=True)
    return gene_rows(figure, table["symbol"], dark)
