"""Drawings of a report on a square: predicted against measured, and correlations of rankings."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.plots.benchmark_svg import GRID, INK, Scale, Sheet, wide
from badger_core.plots.theme import COLOURS

_SIDE = 380
_LOW, _MIDDLE, _HIGH = (61, 143, 196), (242, 245, 248), (230, 159, 69)
_CELL_MOST, _CELL_LEAST = 54, 22


def measured_dots(title: str, table: pd.DataFrame) -> str:
    """An SVG with a dot per gene: where it stands when predicted, and when measured.

    Args:
        title: what a screen reader says.
        table: columns rank (1 goes up most), score and measured (mean rank, 1 goes up most; NaN
            where not measured).
    """
    known = table.dropna(subset="measured")
    sheet = Sheet(_SIDE + 90, _SIDE + 70, title)
    over, up = Scale(len(table), 1, 60, 60 + _SIDE), Scale(0, 1, 20 + _SIDE, 20)
    for value in (0, 0.25, 0.5, 0.75, 1):
        sheet.line((over.start, up.at(value)), (over.end, up.at(value)), GRID)
        sheet.text(over.start - 6, up.at(value), f"{value:g}", "end", 11)
    for row in known.itertuples():
        colour = COLOURS["up" if row.score > 0 else "down"]
        sheet.mark(over.at(row.rank), up.at(row.measured), "dot", colour, 1.4)
    for rank in (len(table), len(table) // 2, 1):
        sheet.text(over.at(rank), up.start + 14, str(rank), "middle", 11)
    sheet.text((over.start + over.end) / 2, up.start + 34, "predicted rank (right: goes up most)",
               "middle", 12)  # fmt: skip
    sheet.text(over.start, 8, "measured, mean rank (1: goes up most)", "start", 12)
    return sheet.svg()


def correlation_square(title: str, labels: Sequence[str], values: np.ndarray) -> str:
    """An SVG heatmap of (K, K) correlations, each written into its cell where there is room.

    Blue is below zero, orange above, pale is zero.
    """
    n = len(labels)
    short = [label if len(label) <= 30 else f"{label[:29]}…" for label in labels]
    cell = max(_CELL_LEAST, min(_CELL_MOST, 620 / n))
    left = 20 + max(wide(f"{name} (00)", 11) for name in short)
    sheet = Sheet(left + n * cell + 16, 30 + n * cell + 10, title)
    for i, name in enumerate(short):
        y = 30 + (i + 0.5) * cell
        sheet.text(left - 8, y, f"{name} ({i + 1})", "end", 11)
        sheet.text(left + (i + 0.5) * cell, 16, str(i + 1), "middle", 11)
        for j in range(n):
            x = left + j * cell
            ends = ((x + 0.5, y), (x + cell - 0.5, y))
            sheet.line(*ends, _shade(values[i, j]), f'stroke-width="{cell - 1:.1f}"')
            if cell > 30:
                words = f"{values[i, j]:.2f}".replace("-", "−")
                sheet.text(x + cell / 2, y, words, "middle", 11, colour=INK)
    return sheet.svg()


def _shade(value: float) -> str:
    end, share = (_HIGH if value > 0 else _LOW), min(abs(float(value)), 1.0)
    mixed = (round(m + share * (e - m)) for m, e in zip(_MIDDLE, end, strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)
