"""Genes as the rows of a figure, from the top: their names, its height, the legend above them."""

from collections.abc import Iterable

import numpy as np
import plotly.graph_objects as go

from badger_core.plots.theme import DEEP_FOOT, bare_layout

_ROW, _FRAME = 21, 104


def gene_rows(figure: go.Figure, names: Iterable[str], dark: bool) -> go.Figure:
    """Finish a figure whose row i, counted from 0 at the top, is the gene i.

    Args:
        figure: with all its marks.
        names: of the genes.
        dark: True for a dark page.
    """
    names = list(names)
    figure.update_yaxes(
        tickvals=np.arange(len(names)),
        ticktext=names,
        range=[len(names) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
    )
    figure = bare_layout(figure, _FRAME + _ROW * len(names), dark, DEEP_FOOT)
    legend = {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom", "font": {"size": 12}}
    return figure.update_layout(
        showlegend=True, legend=legend | {"itemclick": False, "itemdoubleclick": False}
    )
