"""Areas under the curve as dots with intervals around .5, which is chance."""

from collections.abc import Sequence

import pandas as pd

from badger_core.plots.benchmark_svg import INK, OTHER, OURS, PLAIN, Scale, Sheet, across, key, wide

WIDTH = 860
_ROW, _EDGE, _TOP = 19, 14, 52
_LOOK = {"dot": OURS, "diamond": OTHER, "ring": PLAIN}


def areas(title: str, table: pd.DataFrame, entries: Sequence[tuple[str, str]]) -> str:
    """An SVG with one row per label and its marks, a dashed line at chance.

    Args:
        title: above the panel.
        table: columns label, shape (dot | diamond | ring), value, low and high (NaN where there is
            no interval) and bold; rows in the order to be drawn, marks of one label together.
        entries: words and shape of the key.
    """
    labels = list(dict.fromkeys(table["label"]))
    left = _EDGE + max(map(wide, labels)) + 10
    bottom = _TOP + _ROW * len(labels)
    sheet = Sheet(WIDTH, bottom + 44, title)
    sheet.text(_EDGE, 18, title, size=14, bold=True)
    key(sheet, WIDTH - _EDGE, [(words, shape, _LOOK[shape]) for words, shape in entries])
    shown = pd.concat([table["value"], table["low"], table["high"], pd.Series([0.45, 0.55])])
    scale = Scale(shown.min() - 0.02, shown.max() + 0.02, left, WIDTH - _EDGE - 6)
    across(sheet, scale, _TOP, bottom, most=10)
    chance = scale.at(0.5)
    sheet.line((chance, _TOP - 6), (chance, bottom), INK, 'stroke-dasharray="4 3"')
    sheet.text(chance, _TOP - 13, "chance", "middle", 11)
    sheet.text((left + WIDTH) / 2, bottom + 30, "area under the ROC curve", "middle", 11)
    place = {label: _TOP + _ROW * (at + 0.5) for at, label in enumerate(labels)}
    for row in table.drop_duplicates("label").itertuples():
        sheet.text(left - 10, place[row.label], row.label, "end", 12, bold=row.bold)
    for row in table.itertuples():
        y, colour = place[row.label], _LOOK[row.shape]
        if row.low == row.low and row.high == row.high:
            ends = ((scale.at(row.low), y), (scale.at(row.high), y))
            sheet.line(*ends, colour, 'stroke-width="2"')
    for row in table.itertuples():
        if row.value == row.value:
            sheet.mark(scale.at(row.value), place[row.label], row.shape, _LOOK[row.shape], 4)
    return sheet.svg()
