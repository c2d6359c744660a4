"""Rows of a text table, so that one broken quotation mark spoils its own row alone."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

_LONGEST = 1000
"""Lines of one row: a MOL block in a cell has some hundreds."""


class Row(NamedTuple):
    """One row that is not blank."""

    number: int
    """Its first line, from 1."""
    cells: list[str]
    problem: str
    """What is wrong with it, in a sentence; '' where nothing is."""


def table_rows(text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a table from its heading on, blank ones left out.

    A row whose quotation mark is never closed, or is closed only rows later, would swallow those
    rows: it is told, and reading goes on in the line behind it. So is a row with more cells than
    the heading, whose cells belong to other columns than they stand in. Where a space divides the
    cells, further ones belong to the last column.

    Args:
        text: with newlines as line ends; lines before the first that is not blank do not count.
        delimiter: one character.
    """
    lines = _Lines(text)
    width = 0
    while (line := lines.next()) is not None:
        if not line.strip():
            continue
        number = lines.number
        cells, more, closed = _record(line, lines, delimiter)
        width = width or len(cells)
        if delimiter == " " and len(cells) > width:
            cells = [*cells[: width - 1], " ".join(cells[width - 1 :])]
        swallowed = width > 1 and any(len(cells_of(a, delimiter)) == width for a in more[:-1])
        if not closed or swallowed or (more and len(cells) != width):
            lines.put_back(more)
            problem = 'A quotation mark (") of this row is not closed. Close it, or delete it.'
            yield Row(number, [], problem)
        elif any(cell.strip() for cell in cells[width:]):
            problem = (
                f"This row has {len(cells)} cells and the heading {width}, so that it is not clear "
                "which is the structure. Put a cell that holds the delimiter in quotation marks."
            )
            yield Row(number, cells[:width], problem)
        elif any(cell.strip() for cell in cells):
            yield Row(number, cells, "")


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line; none where a cell is longer than any is."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that are not blank with their numbers, from 1; newlines alone end a line."""
    for number, line in enumerate(io.StringIO(text), 1):
        if line.strip():
            yield number, line.rstrip("\n")


class _Lines:
    """Lines of a text one after the other, some of which can be given back."""

    def __init__(self, text: str) -> None:
        self._source = io.StringIO(text)
        self._waiting: deque[str] = deque()
        self.number = 0

    def next(self) -> str | None:
        line = self._waiting.popleft() if self._waiting else self._source.readline()
        self.number += bool(line)
        return line or None

    def put_back(self, lines: list[str]) -> None:
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)


def _record(line: str, lines: _Lines, delimiter: str) -> tuple[list[str], list[str], bool]:
    """Cells of the row that begins with a line, its further lines, and whether it ended well."""
    if '"' not in line:
        return line.rstrip("\n").split(delimiter), [], True
    more: list[str] = []

    def feed() -> Iterator[str]:
        yield line
        while len(more) < _LONGEST and (another := lines.next()) is not None:
            more.append(another)
            yield another

    try:
        cells = next(csv.reader(feed(), delimiter=delimiter), [])
    except csv.Error:  # a cell of more than 131,072 characters
        return [], more, False
    quotes = line.count('"') + sum(another.count('"') for another in more)
    return cells, more, not more or quotes % 2 == 0
