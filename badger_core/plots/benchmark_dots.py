"""Benchmark scores as dots: by model with intervals, and by line or source without."""

import pandas as pd

from badger_core.plots.benchmark_svg import INK, OTHER, OURS, PLAIN, Scale, Sheet, across, key, wide

WIDTH = 860
_ROW, _NARROW = 21, 16
_LOOK = {"ours": ("dot", OURS), "best": ("diamond", OTHER), "baseline": ("ring", PLAIN)}
_SERIES = (("ring", PLAIN), ("diamond", OTHER), ("dot", OURS))
_GAP, _EDGE = 34, 14


def dots(title: str, table: pd.DataFrame, guides: pd.DataFrame) -> str:
    """An SVG with one row per model and one panel per stratum.

    Args:
        title: above the panels.
        table: columns model, role (ours | best | baseline), stratum, mean, low and high; rows in
            the order to be drawn, NaN where there is no interval.
        guides: columns stratum, label and value, dashed lines across the rows.
    """
    models = list(dict.fromkeys(table["model"]))
    panels = list(dict.fromkeys(table["stratum"]))
    left = _EDGE + max(map(wide, models)) + 10
    each = (WIDTH - left - _EDGE - _GAP * (len(panels) - 1)) / len(panels)
    top, bottom = 74, 74 + _ROW * len(models)
    sheet = Sheet(WIDTH, bottom + 28, title)
    sheet.text(_EDGE, 18, title, size=14, bold=True)
    key(sheet, WIDTH - _EDGE, [("ours", *_LOOK["ours"]), ("best baseline", *_LOOK["best"])])
    shown = [table["mean"], table["low"], table["high"], guides["value"]]
    low, high = _reach(pd.concat(shown))
    for i, model in enumerate(models):
        role = table.loc[table["model"] == model, "role"].iloc[0]
        sheet.text(left - 10, top + _ROW * (i + 0.5), model, "end", bold=role == "ours")
    for number, stratum in enumerate(panels):
        start = left + number * (each + _GAP)
        scale = Scale(low, high, start, start + each)
        sheet.text(start, 42, stratum, bold=True)
        across(sheet, scale, top, bottom)
        for guide in guides[guides["stratum"] == stratum].itertuples():
            x = scale.at(guide.value)
            sheet.line((x, top - 6), (x, bottom), INK, 'stroke-dasharray="4 3"')
            sheet.text(x, top - 13, guide.label, "middle", 11)
        for row in table[table["stratum"] == stratum].itertuples():
            y = top + _ROW * (models.index(row.model) + 0.5)
            shape, colour = _LOOK[row.role]
            if row.low == row.low and row.high == row.high:
                ends = ((scale.at(row.low), y), (scale.at(row.high), y))
                sheet.line(*ends, colour, 'stroke-width="2"')
            if row.mean == row.mean:
                sheet.mark(scale.at(row.mean), y, shape, colour)
    return sheet.svg()


def groups(title: str, table: pd.DataFrame) -> str:
    """An SVG with one row per group (a line or a source) and one mark per model.

    Args:
        title: above the panel.
        table: columns group, n, model and value; the last model is ours.
    """
    models = list(dict.fromkeys(table["model"]))
    look = dict(zip(models, _SERIES[-len(models) :], strict=True))
    size = table.drop_duplicates("group").set_index("group")["n"]
    labels = {name: f"{name} ({n:,.0f})" for name, n in size.items()}
    left = _EDGE + max(map(wide, labels.values())) + 10
    top, bottom = 42, 42 + _NARROW * len(labels)
    sheet = Sheet(WIDTH, bottom + 28, title)
    sheet.text(_EDGE, 18, f"{title} (pairs)", size=14, bold=True)
    key(sheet, WIDTH - _EDGE, [(model, *look[model]) for model in models])
    low, high = _reach(table["value"])
    scale = Scale(low, high, left, WIDTH - _EDGE - 6)
    across(sheet, scale, top, bottom, most=10)
    place = {name: top + _NARROW * (i + 0.5) for i, name in enumerate(labels)}
    for name, label in labels.items():
        sheet.text(left - 10, place[name], label, "end", 11)
    for row in table.itertuples():
        if row.value == row.value:
            sheet.mark(scale.at(row.value), place[row.group], *look[row.model], 4)
    return sheet.svg()


def _reach(values: pd.Series) -> tuple[float, float]:
    """From zero, or what lies below it, to the largest value, with some air."""
    known = values.dropna()
    low, high = min(0.0, known.min()), max(0.0, known.max())
    if not len(known) or high - low < 1e-9:
        return -0.1, 1.0
    air = 0.04 * (high - low)
    return low - air, high + air
