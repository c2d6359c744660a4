"""Reliability curves: stated confidence against what came true, one small panel per split."""

import pandas as pd

from badger_core.plots.benchmark_svg import (
    GRID,
    INK,
    OTHER,
    OURS,
    PLAIN,
    Scale,
    Sheet,
    across,
    key,
    steps,
)

WIDTH = 860
_COLUMNS, _SIDE, _EDGE = 3, 210, 14
_LOOK = (("dot", OURS), ("diamond", OTHER), ("ring", PLAIN), ("dot", INK))


def curves(title: str, table: pd.DataFrame) -> str:
    """An SVG with a panel per split and a curve per kind; on the diagonal, promises are kept.

    Args:
        title: above the panels.
        table: columns split, kind, mean_confidence, mean_outcome and n.
    """
    splits, kinds = (list(dict.fromkeys(table[name])) for name in ("split", "kind"))
    look = {kind: _LOOK[i % len(_LOOK)] for i, kind in enumerate(kinds)}
    known = pd.concat([table["mean_confidence"], table["mean_outcome"]]).dropna()
    high = min(1.0, 1.08 * known.max()) if len(known) and known.max() > 0 else 1.0
    rows = -(-len(splits) // _COLUMNS)
    pitch = (WIDTH - _EDGE) / _COLUMNS
    sheet = Sheet(WIDTH, 34 + rows * (_SIDE + 64), title)
    sheet.text(_EDGE, 18, title, size=14, bold=True)
    key(sheet, WIDTH - _EDGE, [(kind, *look[kind]) for kind in kinds])
    for i, split in enumerate(splits):
        left = _EDGE + 38 + (i % _COLUMNS) * pitch
        top = 62 + (i // _COLUMNS) * (_SIDE + 64)
        over = Scale(0, high, left, left + _SIDE)
        up = Scale(0, high, top + _SIDE, top)
        sheet.text(left, top - 14, split, bold=True)
        _frame(sheet, over, up)
        for kind in kinds:
            part = table[(table["split"] == split) & (table["kind"] == kind)]
            _curve(sheet, over, up, part.sort_values("mean_confidence"), *look[kind])
    return sheet.svg()


def _frame(sheet: Sheet, over: Scale, up: Scale) -> None:
    across(sheet, over, up.end, up.start, most=5)
    for value in steps(0, up.high, 5):
        y = up.at(value)
        sheet.line((over.start, y), (over.end, y), GRID)
        sheet.text(over.start - 5, y, f"{value:.2f}".rstrip("0").rstrip("."), "end", 11)
    corner = (over.at(over.high), up.at(up.high))
    sheet.line((over.start, up.start), corner, INK, 'stroke-dasharray="4 3"')
    sheet.text((over.start + over.end) / 2, up.start + 26, "promised", "middle", 11)
    sheet.text(over.start + 6, up.end + 9, "came true", "start", 11)


def _curve(
    sheet: Sheet, over: Scale, up: Scale, part: pd.DataFrame, shape: str, colour: str
) -> None:
    points = [
        (over.at(row.mean_confidence), up.at(row.mean_outcome))
        for row in part.dropna(subset=["mean_confidence", "mean_outcome"]).itertuples()
    ]
    if len(points) > 1:
        sheet.path(points, colour, 'stroke-width="1.5"')
    for point in points:
        sheet.mark(*point, shape, colour, 3.5)
