"""Rows of cells, from a text or a sheet, to numbers with names: header, decimal signs, gaps."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.cells.expression_table import ExpressionTable
from badger_core.errors import ExpressionError

_GAPS = frozenset(
    ("", "na", "n/a", "nan", "null", "none", "-", "--", ".", "?", "#n/a", "#div/0!", "#value!")
)
_COMMA_NUMBER = re.compile(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"[-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][-+]?\d+)?")
_ID_TITLE = re.compile(r"(?i).*(entrez|gene.?id|geneid|ncbi|locuslink).*")
_NUMBER_LIKE = re.compile(r"[-+]?[\d.,]+(?:[eE][-+]?\d+)?")
_NUMERIC = 0.5
"""Share of the filled cells from which a column counts as numbers."""
_PANEL = 20
"""A header of fewer numbers than this names samples or nothing, never genes."""
_EXAMPLES = 3
NO_HEADER = "the first column"
"""Title of the ids where no header gives one."""


def table_of_grid(
    grid: Sequence[Sequence[object]], name: str, form: str, details: tuple[str, ...]
) -> ExpressionTable:
    """The table in rows of cells; the first row is the header, the first column names the rows.

    Args:
        grid: rows of texts; None or NaN where a row is too short.
        name: of the file, for messages.
        form: as of `ExpressionTable`.
        details: as of `ExpressionTable`; what is found out here is added.

    Raises:
        ExpressionError: if there is no row under the header, a row is too short, or no column of
            numbers.
    """
    rows = [[_text(cell) for cell in row] for row in grid]
    rows = _without_titles(rows)
    header, body = _header_and_body(rows, name)
    if body and len(body) == len(rows):
        details = (*details, "no header line was found: the samples are numbered by their columns")
    if not body:
        raise ExpressionError(
            f"'{name}' has a header and no rows under it. It takes one row per gene (or one per "
            "sample) with the numbers of at least one sample."
        )
    comma = _decimal_comma(body)
    if comma is not None:
        details = (*details, "decimal commas" if comma else "commas between thousands")
    row_names: dict[str, list[str]] = {}
    titles, columns, odd = [], [], []
    for at, title in enumerate(header):
        texts = [row[at] for row in body]
        numbers, filled = _numbers(texts, comma)
        odd_here = filled & np.isnan(numbers)
        is_number = at > 0 and odd_here.sum() <= (1 - _NUMERIC) * filled.sum()
        if not is_number or _ID_TITLE.fullmatch(title):
            row_names[_fresh(title or f"column {at + 1}", row_names)] = texts
        if is_number:
            titles.append(title)
            columns.append(numbers)
            odd += [texts[place] for place in np.flatnonzero(odd_here)]
    if not columns:
        raise ExpressionError(
            f"'{name}' has no column of numbers beside '{header[0][:40]}'. Check the delimiter and "
            "the decimal sign, and export the values, not the formulas."
        )
    values = np.stack(columns, axis=1)
    return ExpressionTable(
        form, details, values, row_names, {"header": titles}, _warnings(grid, odd)
    )


def _warnings(grid: Sequence[Sequence[object]], odd: list[str]) -> tuple[str, ...]:
    """Sentences on rows that are too short and on cells that are no numbers."""
    said = []
    short = sum(row[-1] != row[-1] for row in grid[1:])  # NaN stands where a row ended early
    if short:
        said.append(f"{short} lines end before the last column; what they lack counts as gaps.")
    if odd:
        shown = ", ".join(f"'{text[:20]}'" for text in dict.fromkeys(odd[:_EXAMPLES]))
        said.append(
            f"{len(odd)} cells among the numbers are no numbers and count as gaps: {shown}."
        )
    return tuple(said)


def _without_titles(rows: list[list[str]]) -> list[list[str]]:
    """Rows from the first on that fills more than its first cell, without what is empty."""
    rows = [row for row in rows if any(row)]
    start = next((at for at, row in enumerate(rows) if any(row[1:])), 0)
    rows = rows[start:]
    filled = [any(column) for column in zip(*rows, strict=True)] if rows else []
    return [[cell for cell, kept in zip(row, filled, strict=True) if kept] for row in rows]


def _header_and_body(rows: list[list[str]], name: str) -> tuple[list[str], list[list[str]]]:
    """The header, shifted where R left out its first cell, or made up where there is none."""
    if not rows or len(rows[0]) < 2:
        raise ExpressionError(
            f"'{name}' has one column only. It takes a column of gene ids and at least one column "
            "of numbers; check the delimiter."
        )
    header, body = rows[0], rows[1:]
    if header[-1] == "" and all(header[:-1]) and body and all(row[-1] for row in body):
        return ["", *header[:-1]], body
    beside = [cell for cell in header[1:] if cell]
    numbers = [cell for cell in beside if _NUMBER.fullmatch(cell)]
    named = header[0] == "" or re.fullmatch(r"(?i)(gene|symbol|id|name|probe|sample)\w*", header[0])
    if beside and len(numbers) == len(beside) and not named and len(beside) < _PANEL:
        return [NO_HEADER, *(f"column {at + 1}" for at in range(1, len(header)))], rows
    return header, body


def _decimal_comma(body: list[list[str]]) -> bool | None:
    """True for decimal commas, False for commas between thousands, None where there is neither."""
    with_comma = [c for row in body for c in row[1:] if "," in c and _NUMBER_LIKE.fullmatch(c)]
    if not with_comma:
        return None
    if any(not _THOUSANDS.fullmatch(c) for c in with_comma):
        return all(_COMMA_NUMBER.fullmatch(c) for c in with_comma) or None
    if any("." in c or c.count(",") > 1 for c in with_comma):
        return False
    plain = sum(1 for row in body for c in row[1:] if c not in ("0", "") and c.isdigit())
    return plain == 0


def _numbers(texts: list[str], comma: bool | None) -> tuple[np.ndarray, np.ndarray]:
    """(R,) numbers with NaN for the rest, and (R,) whether a cell is filled."""
    filled = [not _is_gap(text) for text in texts]
    clean = [_dotted(text, comma) if full else "" for text, full in zip(texts, filled, strict=True)]
    numbers = pd.to_numeric(pd.Series(clean, dtype=object), errors="coerce").to_numpy(np.float64)
    return numbers, np.array(filled)


def _is_gap(text: str) -> bool:
    return text.casefold() in _GAPS


def _dotted(text: str, comma: bool | None) -> str:
    text = text.replace("\u2212", "-").replace("\u00a0", "")
    if comma is None or "," not in text:
        return text
    return text.replace(",", "." if comma else "")


def _fresh(title: str, taken: dict[str, list[str]]) -> str:
    return title if title not in taken else f"{title} ({len(taken) + 1})"


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell).strip()
