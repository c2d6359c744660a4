"""Drawings of a report as bars: the strongest genes, and the most attended pathways."""

import pandas as pd

from badger_core.plots.benchmark_svg import INK, Scale, Sheet, across, wide
from badger_core.plots.theme import COLOURS, QUIET

WIDTH = 860
_ROW, _EDGE, _GAP = 17, 14, 40
_BAR = 'stroke-width="11"'


def gene_bars(title: str, table: pd.DataFrame, count: int) -> str:
    """An SVG with the `count` genes at each end of a ranking, up on the left, down on the right.

    Bars of both directions have the same scale and begin at the names; a thin line is ± spread.

    Args:
        title: what a screen reader says.
        table: columns symbol, score and spread, by rank.
        count: genes each way.
    """
    ends = {"up": table.head(count), "down": table.tail(count)[::-1]}
    names = max(wide(symbol, 11) for part in ends.values() for symbol in part["symbol"]) + 8
    each = (WIDTH - 2 * _EDGE - _GAP) / 2
    reach = max((part["score"].abs() + part["spread"]).max() for part in ends.values()) * 1.03 or 1
    top, bottom = 34, 34 + _ROW * count
    sheet = Sheet(WIDTH, bottom + 46, title)
    for number, (way, part) in enumerate(ends.items()):
        left = _EDGE + number * (each + _GAP)
        start, end = (left + names, left + each) if way == "up" else (left, left + each - names)
        zero = start if way == "up" else end
        low, high = (0, reach) if way == "up" else (-reach, 0)
        scale = Scale(low, high, start, end)
        sheet.text(zero, 16, f"Predicted {way}", "start" if way == "up" else "end", 13, bold=True)
        across(sheet, scale, top, bottom, most=5)
        sheet.text((start + end) / 2, bottom + 30, "predicted change (typical SDs)", "middle", 11)
        for row, gene in enumerate(part.itertuples()):
            y = top + _ROW * (row + 0.5)
            sheet.line((zero, y), (scale.at(_within(gene.score, low, high)), y), COLOURS[way], _BAR)
            spread = [_within(gene.score + s * gene.spread, low, high) for s in (-1, 1)]
            sheet.line(*((scale.at(v), y) for v in spread), INK, 'stroke-width="1.3"')
            anchor, at = ("end", zero - 6) if way == "up" else ("start", zero + 6)
            sheet.text(at, y, gene.symbol, anchor, 11)
        sheet.line((zero, top), (zero, bottom), QUIET)
    return sheet.svg()


def share_bars(title: str, table: pd.DataFrame) -> str:
    """An SVG with a bar per row, the value written behind it and ± its spread as a thin line.

    Args:
        title: what a screen reader says.
        table: columns name, value (0 to 1) and spread.
    """
    longest = 62
    names = [n if len(n) <= longest else f"{n[: longest - 1]}…" for n in table["name"]]
    left = _EDGE + max(wide(name, 11) for name in names) + 8
    top, bottom = 14, 14 + _ROW * len(table)
    sheet = Sheet(WIDTH, bottom + 12, title)
    high = float((table["value"] + table["spread"]).max()) or 1.0
    scale = Scale(0, high, left, WIDTH - _EDGE - 52)
    for row, (name, value, spread) in enumerate(
        zip(names, table["value"], table["spread"], strict=True)
    ):
        y = top + _ROW * (row + 0.5)
        sheet.text(left - 8, y, name, "end", 11)
        sheet.line((left, y), (scale.at(value), y), COLOURS["down"], _BAR)
        ends = (max(value - spread, 0), value + spread)
        sheet.line(*((scale.at(v), y) for v in ends), INK, 'stroke-width="1.3"')
        sheet.text(scale.at(ends[1]) + 6, y, f"{100 * value:.2f}%", "start", 11)
    sheet.line((left, top), (left, bottom), QUIET)
    return sheet.svg()


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
