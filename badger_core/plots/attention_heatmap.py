"""A heatmap of attention as an ECharts option whose cells can be clicked."""

from typing import NamedTuple

import numpy as np

from badger_core.plots.attention_colours import INK, LINE, QUIET_INK, ink_on, scale

ROW = 24
"""Pixels of one row."""
_TOP, _BOTTOM, _UPRIGHT, _LABELS, _NARROW = 8, 74, 58, 190, 118


class Grid(NamedTuple):
    """What a heatmap shows; cell (r, c) is item r x C + c of the first series.

    Attributes:
        rows, columns: labels; equal ones are told apart by their position.
        values: (R, C) attention, 0 to 1.
        words: R x C texts for the pointer.
        title: of the colour scale, with the unit.
        digits: of the numbers on the scale and, where `numbers`, in the cells.
        numbers: whether cells show their number.
        upright: whether labels of columns stand upright.
        chosen: position (r, c) of the cell with a frame, or None.
    """

    rows: list[str]
    columns: list[str]
    values: np.ndarray
    words: list[str]
    title: str
    digits: int
    numbers: bool
    upright: bool
    chosen: tuple[int, int] | None


def heatmap_height(grid: Grid) -> int:
    """Pixels that the option needs."""
    return _TOP + ROW * len(grid.rows) + _BOTTOM + (_UPRIGHT if grid.upright else 0)


def heatmap(grid: Grid, dark: bool = False) -> dict:
    """ECharts option: rows from top to bottom, numbers in per cent.

    Args:
        grid: what to show.
        dark: True for a dark page.
    """
    top = float(grid.values.max()) or 1.0
    title = {"color": QUIET_INK[dark], "fontSize": 12, "fontWeight": "normal"}
    bottom = _BOTTOM + (_UPRIGHT if grid.upright else 0)
    return {
        "animation": False,
        "grid": {
            "left": _LABELS + 8,
            "right": 4,
            "top": _TOP,
            "bottom": bottom,
            "containLabel": False,
            "outerBoundsMode": "none",
        },
        "title": {"text": grid.title, "left": 0, "bottom": 22, "textStyle": title},
        "tooltip": {
            "formatter": "{b}",
            "confine": True,
            "extraCssText": "max-width: 340px; white-space: normal;",
        },
        "xAxis": _axis(grid.columns, dark)
        | {"axisLabel": {**_label(dark), "rotate": 90 if grid.upright else 0, "interval": 0}},
        "yAxis": _axis(grid.rows, dark)
        | {
            "inverse": True,
            "axisLabel": {**_label(dark), "width": _LABELS, "overflow": "truncate", "interval": 0},
        },
        "visualMap": {
            "type": "continuous",
            "min": 0,
            "max": 100 * top,
            "dimension": 2,
            "inRange": {"color": scale(dark)},
            "orient": "horizontal",
            "left": 0,
            "bottom": 0,
            "itemWidth": 12,
            "itemHeight": 130,
            "text": [f"{100 * top:.{grid.digits}f}%", "0%"],
            "textStyle": {"color": INK[dark], "fontSize": 12},
            "hoverLink": False,
        },
        "series": [
            {
                "type": "heatmap",
                "name": grid.title,
                "selectedMode": "single",
                "data": _cells(grid, top, dark),
                "label": {"show": grid.numbers, "fontSize": 11},
                "itemStyle": {"borderWidth": 1, "borderColor": LINE[dark]},
                "emphasis": {"itemStyle": {"borderColor": INK[dark], "borderWidth": 2}},
                "select": {"itemStyle": {"borderColor": LINE[dark], "borderWidth": 1}},
                "cursor": "pointer",
            },
            _frame(grid, top, dark),
        ],
        "media": [
            {
                "query": {"maxWidth": 400},
                "option": {
                    "grid": {"left": _NARROW + 8},
                    "yAxis": {"axisLabel": {"width": _NARROW}},
                },
            }
        ],
    }


def _cells(grid: Grid, top: float, dark: bool) -> list[dict]:
    """One item per cell, row by row."""
    n_columns = len(grid.columns)
    cells = []
    for place, value in enumerate(grid.values.ravel()):
        row, column = divmod(place, n_columns)
        cell = {
            "name": grid.words[place],
            "value": [column, row, round(100 * float(value), 4)],
        }
        if grid.numbers:
            text = f"{100 * value:.{grid.digits}f}"
            cell["label"] = {"formatter": text, "color": ink_on(float(value) / top, dark)}
        cells.append(cell)
    return cells


def _frame(grid: Grid, top: float, dark: bool) -> dict:
    """The chosen cell once more with a frame, on top of its neighbours; clicks pass through."""
    cells = _cells(grid, top, dark)
    at = [] if grid.chosen is None else [grid.chosen[0] * len(grid.columns) + grid.chosen[1]]
    return {
        "type": "heatmap",
        "name": "chosen",
        "silent": True,
        "z": 3,
        "data": [cells[i] for i in at],
        "label": {"show": grid.numbers, "fontSize": 11},
        "itemStyle": {"borderWidth": 3, "borderColor": "#C97411"},
    }


def _axis(labels: list[str], dark: bool) -> dict:
    return {
        "type": "category",
        "data": labels,
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "splitLine": {"show": False},
        "splitArea": {"show": False},
    }


def _label(dark: bool) -> dict:
    return {"color": INK[dark], "fontSize": 12, "hideOverlap": False}
