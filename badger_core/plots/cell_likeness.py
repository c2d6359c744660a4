"""Figures of likeness to one line: its neighbours as bars, and diseases as rows of points."""

import pandas as pd
import plotly.graph_objects as go

from badger_core.plots.theme import DEEP_FOOT, DOWN, QUIET, UP, bare_layout

_ROW = 23
_AROUND = 52 + DEEP_FOOT
_HOVER = "<b>%{customdata[0]}</b><br>%{customdata[1]}<br>similarity %{x:.2f}<extra></extra>"


def likeness_bars(table: pd.DataFrame, usual: float, dark: bool = False) -> go.Figure:
    """Bars of the most similar lines; hatched where a line depends on the one asked about.

    Args:
        table: of `similar_lines`, the rows to show.
        usual: likeness that 95% of the pairs of unrelated lines do not reach: a dashed line.
        dark: True for a dark page.
    """
    depends = (table["dependent"] != "").tolist()
    figure = go.Figure(
        go.Bar(
            x=table["likeness"],
            y=table["display_name"],
            orientation="h",
            marker={
                "color": [QUIET if d else DOWN for d in depends],
                "pattern": {"shape": ["/" if d else "" for d in depends]},
                "line": {"width": 0},
            },
            text=[" depends" if d else "" for d in depends],
            textposition="outside",
            cliponaxis=False,
            customdata=table[["display_name", "disease"]].replace("", "disease not recorded"),
            hovertemplate=_HOVER,
        )
    )
    figure.add_vline(x=usual, line={"color": QUIET, "width": 1.5, "dash": "dash"})
    bare_layout(figure, _AROUND + _ROW * len(table), dark, DEEP_FOOT)
    key = "┆ 95% of the pairs of unrelated lines lie left of the dashed line"
    figure.update_layout(
        bargap=0.28, title={"text": key, "x": 0.0, "font": {"size": 12, "weight": "normal"}}
    )
    figure.update_xaxes(
        title_text="similarity (centred Spearman)", rangemode="tozero", nticks=6, tickangle=0
    )
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False, dtick=1)
    return figure


def disease_points(
    diseases: pd.DataFrame, neighbours: pd.DataFrame, usual: float, dark: bool = False
) -> go.Figure:
    """One row per disease: each independent line a point, the median a bar, the best one filled.

    Args:
        diseases: of `diseases_alike`, the rows to show.
        neighbours: of `similar_lines`, dependent lines left out, disease names as in `diseases`.
        usual: as of `likeness_bars`.
        dark: True for a dark page.
    """
    order = diseases["disease"].tolist()
    shown = neighbours[neighbours["disease"].isin(order)]
    figure = go.Figure(
        go.Scatter(
            x=shown["likeness"],
            y=shown["disease"],
            mode="markers",
            marker={"symbol": "circle-open", "size": 8, "color": QUIET},
            customdata=shown[["display_name", "disease"]],
            hovertemplate=_HOVER,
        )
    )
    figure.add_scatter(
        x=diseases["median"],
        y=diseases["disease"],
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 15, "color": DOWN, "line": {"width": 3}},
        customdata=diseases[["disease", "n_lines"]],
        hovertemplate="<b>%{customdata[0]}</b><br>median of %{customdata[1]} lines: %{x:.2f}"
        "<extra></extra>",
    )
    figure.add_scatter(
        x=diseases["best"],
        y=diseases["disease"],
        mode="markers",
        marker={"symbol": "diamond", "size": 10, "color": UP},
        customdata=diseases[["best_line", "disease"]],
        hovertemplate=_HOVER,
    )
    figure.add_vline(x=usual, line={"color": QUIET, "width": 1.5, "dash": "dash"})
    bare_layout(figure, _AROUND + _ROW * len(diseases), dark, DEEP_FOOT)
    key = (
        f"<span style='color:{UP}'>◆</span> best   <span style='color:{DOWN}'>┃</span> median   "
        f"<span style='color:{QUIET}'>○</span> each line   ┆ 95% of unrelated pairs lie left"
    )
    figure.update_layout(
        title={"text": key, "x": 0.0, "xanchor": "left", "font": {"size": 12, "weight": "normal"}}
    )
    figure.update_xaxes(title_text="similarity (centred Spearman)", nticks=6, tickangle=0)
    figure.update_yaxes(categoryorder="array", categoryarray=order[::-1], automargin=True, dtick=1)
    return figure
