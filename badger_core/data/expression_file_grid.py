"""Rows of cells, from a text or a sheet, to numbers with names: header, gaps, what is told."""

import re
from typing import NamedTuple

import numpy as np

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file_columns import Column, read_columns, warnings_of
from badger_core.errors import ExpressionError
from badger_core.naming import shown

_NUMBER = re.compile(r"[-+]?(?:(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][-+]?\d+)?|(?i:inf(?:inity)?))")
_WHOLE = re.compile(r"\d+(?:\.0+)?")
_ID_TITLE = re.compile(r"(?i).*(entrez|gene.?id|geneid|ncbi|locuslink).*")
_ID_WORD = re.compile(
    r"(?i)(genes?|gene.?(id|name|symbol)s?|symbols?|(hgnc|hugo).?symbol|ids?|names?|probes?"
    r"|probe.?(id|set)s?|samples?.?(ids?|names?)?|cells?.?(ids?|names?|lines?)?|ensembl.*"
    r"|entrez.*|description)"
)
"""What the first field of a header is called where it stands above the ids."""
_NUMERIC = 0.5
"""Share of the filled cells from which a column counts as numbers."""
_FIT = 0.9
"""Share of rows that are one field longer than the header, where R wrote no title of the ids."""
_PARTLY = 0.2
"""Share from which a column of other texts is told of, as it may be a sample."""
_PANEL = 20
"""A header of fewer numbers than this names samples or nothing, never genes."""
NO_HEADER = "the first column"
"""Title of the ids where no header gives one."""
ROW_NUMBER = "the row number"
"""Title of the names of rows where the first column holds numbers."""


class Grid(NamedTuple):
    """The cells of a file.

    Attributes:
        rows: texts without blanks around them; rows may be of unlike length.
        places: the number of each row in the file.
        place: what that number counts: 'line' or 'row'.
        notes: sentences on what was found while the cells were read.
    """

    rows: list[list[str]]
    places: list[int]
    place: str
    notes: tuple[str, ...] = ()


def table_of_grid(grid: Grid, name: str, form: str, details: tuple[str, ...]) -> ExpressionTable:
    """The table in rows of cells; the first row is the header, the first column names the rows.

    Args:
        grid: the cells.
        name: of the file, for messages.
        form: as of `ExpressionTable`.
        details: as of `ExpressionTable`; what is found out here is added.

    Raises:
        ExpressionError: if there is no row under the header, rows of other width than it, or no
            column of numbers.
    """
    grid = _without_titles(grid)
    header, grid, short = _header_and_body(grid, name)
    if header[0] == NO_HEADER:
        details = (*details, "no header line was found: the samples are numbered by their columns")
    columns, signs = read_columns(list(zip(*grid.rows, strict=True)))
    is_number = [
        (at > 0 or _is_measured(column, columns)) and column.odd_share <= 1 - _NUMERIC
        for at, column in enumerate(columns)
    ]
    numbers = [column for column, told in zip(columns, is_number, strict=True) if told]
    titles = [title for title, told in zip(header, is_number, strict=True) if told]
    if not numbers:
        raise ExpressionError(
            f"'{name}' has no column of numbers beside '{shown(header[0], 40)}'. Check the "
            "delimiter and the decimal sign, and export the values, not the formulas."
            + _said((*signs.doubts, *grid.notes))
        )
    row_names = _row_names(header, columns, is_number)
    partly = [
        title or f"column {at}"
        for at, (title, column, told) in enumerate(zip(header, columns, is_number, strict=True), 1)
        if not told and at > 1 and 1 - column.odd_share >= _PARTLY and not _ID_TITLE.match(title)
    ]
    warnings = warnings_of(grid.places, grid.place, numbers, titles, short, partly)
    return ExpressionTable(
        form,
        (*details, *signs.details),
        np.stack([column.numbers for column in numbers], axis=1),
        row_names,
        {"header": titles},
        (*grid.notes, *signs.doubts, *warnings),
    )


def _row_names(
    header: list[str], columns: list[Column], is_number: list[bool]
) -> dict[str, list[str]]:
    """The columns of texts, and those of numbers that are ids by their title."""
    taken = {title for title, told in zip(header, is_number, strict=True) if told}
    named: dict[str, list[str]] = {}
    if is_number[0]:
        named[ROW_NUMBER] = [str(at) for at in range(1, len(columns[0].texts) + 1)]
    for at, (title, column) in enumerate(zip(header, columns, strict=True)):
        if is_number[at] and not _ID_TITLE.fullmatch(title):
            continue
        title = title or f"column {at + 1}"
        if title in named or (title in taken and not is_number[at]):
            title = f"{title} ({at + 1})"
        named[title] = list(column.texts)
    return named


def _is_measured(first: Column, columns: list[Column]) -> bool:
    """Whether the first column holds measured numbers: a table without a column of ids."""
    filled = first.filled.sum()
    broken = (first.numbers % 1 != 0) & np.isfinite(first.numbers)
    return bool(filled) and bool(broken.sum() > _NUMERIC * filled) and len(columns) > 1


def _without_titles(grid: Grid) -> Grid:
    """The rows from the first on that fills more than its first cell, without what is empty."""
    kept = [at for at, row in enumerate(grid.rows) if any(row)]
    start = next((n for n, at in enumerate(kept) if any(grid.rows[at][1:])), 0)
    rows = [grid.rows[at] for at in kept[start:]]
    return grid._replace(rows=rows, places=[grid.places[at] for at in kept[start:]])


def _header_and_body(grid: Grid, name: str) -> tuple[list[str], Grid, list[int]]:
    """The header, shifted where R left out its first cell, or made up where there is none.

    All rows come back as wide as the table, without the columns that are empty; so do the places
    of rows that were too short.
    """
    rows = grid.rows
    if not rows or max(map(len, rows)) < 2:
        raise ExpressionError(
            f"'{name}' has one column only. It takes a column of gene ids and at least one column "
            "of numbers; check the delimiter." + _said(grid.notes)
        )
    header, body = rows[0], rows[1:]
    width = max(map(len, rows))
    whole = sum(len(row) == width and row[-1] != "" for row in body)
    if (
        body
        and whole >= _FIT * len(body)
        and (len(header) == width - 1 or (len(header) == width and header[-1] == ""))
        and all(header[: width - 1])
        and not _ID_WORD.fullmatch(header[0])
    ):
        header = ["", *header[: width - 1]]
    longer = next((at for at, row in enumerate(body, 1) if len(row) > len(header)), None)
    if longer is not None and grid.place == "line":
        raise ExpressionError(
            f"Line {grid.places[longer]} of '{name}' has {len(rows[longer])} fields where the "
            f"header has {len(header)}. Give every column a title; if the numbers have decimal "
            "commas, separate the columns by semicolons or tabs."
        )
    titled = max((at for at, title in enumerate(header, 1) if title), default=0)
    short = [grid.places[at] for at, row in enumerate(body, 1) if len(row) < titled]
    short = short if grid.place == "line" else []  # an empty cell at the end is no end
    full = [row + [""] * (width - len(row)) for row in (header, *body)]
    used = [at for at in range(width) if any(row[at] for row in full)]
    full = [[row[at] for at in used] for row in full] if len(used) < width else full
    header, body, places = full[0], full[1:], grid.places[1:]
    if _is_no_header(header):
        header = [NO_HEADER, *(f"column {at + 1}" for at in range(1, len(header)))]
        body, places = full, grid.places
    if not body:
        raise ExpressionError(
            f"'{name}' has a header and no rows under it. It takes one row per gene (or one per "
            "sample) with the numbers of at least one sample." + _said(grid.notes)
        )
    return header, grid._replace(rows=body, places=places), short


def _is_no_header(header: list[str]) -> bool:
    """Whether the first row holds numbers, and no numbers that name genes or samples."""
    beside = [cell for cell in header[1:] if cell]
    if not beside or not all(map(_NUMBER.fullmatch, beside)):
        return False
    if header[0] == "" or _ID_WORD.fullmatch(header[0]):
        return False
    ids = len(set(beside)) == len(beside) and all(map(_WHOLE.fullmatch, beside))
    return len(beside) < _PANEL or not ids


def _said(notes: tuple[str, ...]) -> str:
    return "".join(f" {note}" for note in notes[:2])
