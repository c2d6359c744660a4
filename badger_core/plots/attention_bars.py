"""Attention on each fragment beside what deleting it does, as two rows of bars (ECharts)."""

import numpy as np
import pandas as pd

from badger_core.plots.attention_colours import INK, LINE, QUIET_INK

BAR = 30
"""Pixels of one fragment."""
_ATTENTION, _EFFECT = "#0A7ABF", "#C97411"
_PAD = 62


def bars_height(table: pd.DataFrame) -> int:
    """Pixels that the option needs."""
    return _PAD + BAR * len(table)


def deletion_bars(table: pd.DataFrame, dark: bool = False) -> dict:
    """Left the share of attention, right the change of order; fragments from top to bottom.

    Args:
        table: columns fragment, smiles, attention, attention_sd, order, order_sd; an effect of NaN
            has no bar and says so.
        dark: True for a dark page.
    """
    names = table["fragment"].tolist()
    height = BAR * len(table)
    boxes = [
        {"left": 34, "width": "36%", "top": 30, "height": height},
        {"left": "58%", "width": "28%", "top": 30, "height": height},
    ]
    boxes = [box | {"containLabel": False, "outerBoundsMode": "none"} for box in boxes]
    titles = ("Attention share, %", "Deleting it, 1 − Spearman")
    lefts = (0, "52%")
    columns = (
        (table["attention"] * 100, table["attention_sd"] * 100, ".0f", _ATTENTION),
        (table["order"], table["order_sd"], ".3f", _EFFECT),
    )
    style = {"color": INK[dark], "fontSize": 12, "fontWeight": "bold"}
    return {
        "animation": False,
        "title": [
            {"text": text, "left": left, "top": 4, "textStyle": style}
            for text, left in zip(titles, lefts, strict=True)
        ],
        "grid": boxes,
        "tooltip": {"formatter": "{b}", "confine": True},
        "xAxis": [_values(i, dark) for i in range(2)],
        "yAxis": [_fragments(i, names, dark) for i in range(2)],
        "series": [_bars(i, table, columns[i], title, dark) for i, title in enumerate(titles)],
    }


def _bars(at: int, table: pd.DataFrame, column: tuple, title: str, dark: bool) -> dict:
    mean, spread, form, colour = column
    items = []
    for name, smiles, value, sd in zip(
        table["fragment"], table["smiles"], mean, spread, strict=True
    ):
        known = not np.isnan(value)
        text = f"{value:{form}} ± {sd:{form}}" if known else "not testable"
        text = text.replace("0.000 ± 0.000", "< 0.001")
        items.append(
            {
                "name": f"{name} ({smiles}), {title}: {text} over members",
                "value": round(float(value), 6) if known else 0,
                "label": {"formatter": text},
            }
        )
    return {
        "type": "bar",
        "name": title,
        "xAxisIndex": at,
        "yAxisIndex": at,
        "data": items,
        "barWidth": "62%",
        "itemStyle": {"color": colour},
        "label": {"show": True, "position": "right", "color": INK[dark], "fontSize": 12},
    }


def _values(at: int, dark: bool) -> dict:
    return {
        "type": "value",
        "gridIndex": at,
        "min": 0,
        "axisLabel": {"color": QUIET_INK[dark], "fontSize": 12},
        "splitLine": {"lineStyle": {"color": LINE[dark]}},
        "splitNumber": 2,
    }


def _fragments(at: int, names: list[str], dark: bool) -> dict:
    return {
        "type": "category",
        "gridIndex": at,
        "data": names,
        "inverse": True,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": LINE[dark]}},
        "axisLabel": {"color": INK[dark], "fontSize": 12, "interval": 0},
    }
