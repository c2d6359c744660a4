"""Figures of a comparison: a square of numbers that answers clicks, and two rankings as dots."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from badger_core.plots.markup import name_in
from badger_core.plots.saving import ROOM
from badger_core.plots.theme import QUIET, UP, bare_layout

_INK = {False: "#1B2430", True: "#E8EDF2"}
_MIDDLE = {False: "#F2F5F8", True: "#26303A"}
_LOW, _HIGH = {False: "#3D8FC4", True: "#2B6E9E"}, {False: "#E69F45", True: "#A8641A"}
_NUMBERS_UP_TO = 12
_LETTERS = 26
_N_NAMED = 6
_LABEL_GAP = 0.05  # of the height, between two names
_LABEL_WIDTH = 0.3  # of the width: a name on a phone


def square(
    labels: Sequence[str], values: np.ndarray, low: float, high: float, dark: bool, digits: int = 2
) -> dict:
    """ECharts options of a (K, K) heatmap whose cells can be chosen; row 0 stands on top.

    Cell (row, column) has the data index `row * K + column`.

    Args:
        labels: K, of rows and columns.
        values: (K, K), finite.
        low: value of the blue end; below 0 the grey middle is 0, else grey is `low`.
        high: value of the orange end.
        dark: True for a dark page.
        digits: after the point.
    """
    n = len(labels)
    short = [_short(label) for label in labels]
    small = n <= _NUMBERS_UP_TO
    axis = {
        "type": "category",
        "data": short,
        "axisTick": {"show": False},
        "axisLine": {"show": False},
        "splitLine": {"show": False},
    }
    ink = {"color": _INK[dark], "fontSize": 12 if small else 10, "interval": 0}
    data = [
        {
            "value": [j, i, round(float(values[i, j]), digits)],
            "name": f"{labels[i]} / {labels[j]}",
            "label": {"formatter": f"{values[i, j]:.{digits}f}".replace("-", "−")},
        }
        for i in range(n)
        for j in range(n)
    ]
    colours = [_MIDDLE[dark], _HIGH[dark]]
    if low < 0:
        colours = [_LOW[dark], *colours]
    return {
        "animation": False,
        "grid": {"left": 8, "right": 12, "top": 8, "bottom": 8 + ROOM, "containLabel": True},
        "xAxis": {**axis, "position": "bottom", "axisLabel": {**ink, "rotate": 38 if n > 3 else 0}},
        "yAxis": {**axis, "inverse": True, "axisLabel": ink},
        "tooltip": {"formatter": "{b}: {@[2]}"},
        "visualMap": {
            "show": False,
            "min": low,
            "max": high,
            "dimension": 2,
            "inRange": {"color": colours},
        },
        "series": [
            {
                "type": "heatmap",
                "data": data,
                "selectedMode": "single",
                "label": {"show": small, "color": _INK[dark], "fontSize": 12},
                "itemStyle": {"borderColor": _MIDDLE[dark], "borderWidth": 1},
                "select": {"itemStyle": {"borderColor": _INK[dark], "borderWidth": 2}},
                "emphasis": {"itemStyle": {"borderColor": _INK[dark], "borderWidth": 2}},
            }
        ],
    }


def square_height(n: int) -> int:
    """Pixels that a square of K rows needs."""
    return 150 + ROOM + n * (30 if n <= _NUMBERS_UP_TO else 17)


def two_rankings(
    names: tuple[str, str], one: np.ndarray, other: np.ndarray, symbols: Sequence[str], dark: bool
) -> go.Figure:
    """One dot per gene, the score in one ranking against the other; genes that differ are named.

    Args:
        names: of the rankings: across, and upward.
        one: (G,) scores across.
        other: (G,) scores upward.
        symbols: G.
        dark: True for a dark page.
    """
    low, high = min(one.min(), other.min()), max(one.max(), other.max())
    air = 0.06 * (high - low) or 1.0
    reach = [low - air, high + air]
    apart = np.abs(one - other)
    far = [i for i in np.argsort(-apart, kind="stable")[:_N_NAMED] if apart[i] > 0]
    figure = go.Figure(
        go.Scatter(
            x=reach,
            y=reach,
            mode="lines",
            line={"color": QUIET, "dash": "dot", "width": 1},
            hoverinfo="skip",
        )
    )
    figure.add_scatter(
        x=one,
        y=other,
        mode="markers",
        marker={"color": QUIET, "size": 5, "opacity": 0.7},
        customdata=np.array(symbols, object)[:, None],
        hovertemplate="<b>%{customdata[0]}</b><br>%{x:+.3f} and %{y:+.3f}<extra></extra>",
    )
    figure.add_scatter(
        x=one[far],
        y=other[far],
        mode="markers",
        marker={"color": UP, "size": 7, "symbol": "diamond"},
        hoverinfo="skip",
    )
    _name(figure, one[far], other[far], [symbols[i] for i in far], reach[1] - reach[0], dark)
    figure.update_xaxes(title_text=name_in(_short(names[0], 44)), range=reach, nticks=6)
    rows = [note.ay for note in figure.layout.annotations]
    tall = [min([reach[0], *(r - air for r in rows)]), max([reach[1], *(r + air for r in rows)])]
    figure.update_yaxes(title_text=name_in(_short(names[1], 44)), range=tall, nticks=6)
    bare_layout(figure, 380, dark)
    return figure.update_layout(margin={"t": 10})


def _name(
    figure: go.Figure, x: np.ndarray, y: np.ndarray, names: Sequence[str], span: float, dark: bool
) -> None:
    """Names away from the diagonal, where there is room, each with a thin line to its point."""
    for place, at, to, name in zip(rows_of_names(x, y, span), x, y, names, strict=True):
        figure.add_annotation(
            x=at,
            y=to,
            ax=0,
            ay=place,
            ayref="y",
            text=name_in(name),
            font={"color": _INK[dark], "size": 11},
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=QUIET,
            standoff=4,
        )


def rows_of_names(x: np.ndarray, y: np.ndarray, span: float) -> np.ndarray:
    """(N,) height of each name: above its point where y > x, else below; free of the others.

    Args:
        x: (N,) of the points.
        y: (N,) of the points.
        span: of both axes.
    """
    gap, wide = _LABEL_GAP * span, _LABEL_WIDTH * span
    out = np.full(len(x), np.nan)
    for i in np.argsort(-np.abs(y - x), kind="stable"):
        step = gap if y[i] > x[i] else -gap
        out[i] = y[i] + 1.5 * step
        near, others = np.abs(x - x[i]) < wide, np.arange(len(x)) != i
        while (
            (np.abs(out - out[i]) < 0.99 * gap) & near & others  # NaN is near nothing
            | (np.abs(y - out[i]) < 0.8 * gap) & (np.abs(x - x[i]) < wide / 2)
        ).any():
            out[i] += step / 2
    return out


def _short(label: str, most: int = _LETTERS) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"
