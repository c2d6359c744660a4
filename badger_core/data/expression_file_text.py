"""Delimited text to rows of cells: the delimiter is found out, and told."""

import csv
import itertools
import re
from collections.abc import Iterator

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file_grid import Grid, table_of_grid
from badger_core.data.text_lines import TextLines
from badger_core.errors import ExpressionError
from badger_core.limits import limits
from badger_core.naming import shown

_DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas", " ": "spaces"}
_LOOKED_AT = 200
_MOST_TITLES = 6
_FIT = 0.9  # share of lines that must have as many fields as the header
_MOST_FIELDS = 200_000  # of a line: more than any genome has genes
_MOST_QUOTED = 20  # lines of one cell; where a quote opens more, it was never closed
_MOST_KNOWN = 100_000  # texts that are held once, however often they come
_NUMBER = re.compile(r"[-+]?\d*[.,]?\d+(?:[eE][-+]?\d+)?")
_NOTHING = ' ,;\t"'


def read_text(text: TextLines, name: str) -> ExpressionTable:
    """A delimited table.

    Raises:
        ExpressionError: for no columns or numbers, too many cells, a line of another width or a
            quote that is never closed.
    """
    lines = _numbered(text)
    head = list(itertools.islice(lines, _LOOKED_AT + _MOST_TITLES))
    for at, line in head:
        _check_fields(at, line, name)
    above, delimiter = _above_and_delimiter([line for _, line in head])
    if delimiter is None:
        first = shown(head[0][1], 40) if head else ""
        if len(head) < 2:
            raise ExpressionError(
                f"'{name}' has one line only ('{first}'). It takes a header, and under it one row "
                "per gene (or one per sample) with numbers."
            )
        raise ExpressionError(
            f"'{name}' has no columns that fit its first line ('{first}'). Separate them by "
            "commas, tabs or semicolons: one column of gene ids, one column per sample."
        )
    for at, line in head[:above]:
        if line.count('"') % 2:
            raise ExpressionError(_open_quote(name, at))
    grid = _grid(itertools.chain(head[above:], lines), delimiter, name)
    form = "TSV" if delimiter == "\t" else "CSV"
    details = [f"columns separated by {_DELIMITERS[delimiter]}"]
    if text.encoding != "UTF-8":
        details.append(f"read as {text.encoding}")
    if above:
        details.append(f"{above} lines above it left out, from '{shown(head[0][1], 30)}' on")
    if not text.is_ended:
        details.append("its last line has no end: so ends a file that was cut off, too")
    return table_of_grid(grid, name, form, tuple(details))


def _numbered(text: TextLines) -> Iterator[tuple[int, str]]:
    """Lines that hold anything, with their numbers, from the first on that is no comment (#)."""
    lines = ((at, line) for at, line in enumerate(text, 1) if line.strip(_NOTHING))
    held = next(lines, None)
    while held is not None:
        below = next(lines, None)
        if below is None or not held[1].startswith("#") or _is_header(held[1], below[1]):
            yield held
            if below is not None:
                yield below
            yield from lines
            return
        held = below


def _is_header(line: str, below: str) -> bool:
    """Whether a line that begins with # has as many fields as a line of numbers below it."""
    return not below.startswith("#") and any(
        line.count(sign) == below.count(sign) > 0
        and any(_NUMBER.fullmatch(field.strip(' "')) for field in below.split(sign)[1:])
        for sign in ("\t", ",", ";")
    )


def _above_and_delimiter(lines: list[str]) -> tuple[int, str | None]:
    """How many lines of title stand above the table, and its delimiter; None where none fits."""
    for above in range(min(_MOST_TITLES, len(lines) - 1)):
        delimiter = _delimiter(lines[above : above + _LOOKED_AT])
        if delimiter is not None:
            return above, delimiter
    return 0, None


def _delimiter(lines: list[str]) -> str | None:
    """The sign that gives the header and nearly all lines below it the same number of fields."""
    for sign in _DELIMITERS:
        widths = _widths_by(lines, sign)
        if len(widths) < 2 or max(widths[1:]) < 2:
            continue
        usual = max(set(widths[1:]), key=widths[1:].count)
        fit = widths[1:].count(usual) / len(widths[1:])
        if fit >= _FIT and usual > 1 and widths[0] in (usual, usual - 1):
            return sign
    return None


def _widths_by(lines: list[str], sign: str) -> list[int]:
    if not any(0 < line.count(sign) < _MOST_FIELDS for line in lines[:3]):
        return []
    try:
        rows = list(csv.reader(lines, delimiter=sign, skipinitialspace=sign == " "))
        return [
            max((at for at, cell in enumerate(rows[0], 1) if cell), default=1),
            *map(len, rows[1:]),
        ]
    except csv.Error:
        return []


def _grid(lines: Iterator[tuple[int, str]], delimiter: str, name: str) -> Grid:
    """Rows of texts with the numbers of their lines."""
    most = limits().table_cells
    rows: list[list[str]] = []
    places: list[int] = []
    long: list[int] = []
    known: dict[str, str] = {}
    cells, width = 0, 0
    source = _Source(lines, delimiter, name)
    reader = csv.reader(source, delimiter=delimiter, skipinitialspace=delimiter == " ")
    try:
        for fields in reader:
            if len(known) > _MOST_KNOWN:
                known.clear()
            row = [known.setdefault(field, field) for field in map(str.strip, fields)]
            if len(rows) < _LOOKED_AT:
                width = max(width, len(row))
            while len(row) > width and not row[-1]:
                row.pop()
            cells += len(row)
            if cells > most:
                raise ExpressionError(
                    f"'{name}' has more than {most:,} fields (line {source.first}). Keep the "
                    "samples that you ask about, or upload them in several files."
                )
            if source.count > 1:
                long.append(source.first)
            rows.append(row)
            places.append(source.first)
            source.count = 0
    except csv.Error as error:
        raise ExpressionError(_open_quote(name, source.first)) from error
    if long and long[-1] == places[-1] and len(rows[-1]) != width:
        raise ExpressionError(_open_quote(name, long[-1]))
    if not long:
        return Grid(rows, places, "line")
    said = (
        f"{len(long)} rows run over several lines, because of quotes (the first: line {long[0]})."
    )
    return Grid(rows, places, "line", (said,))


class _Source:
    """The lines that a reader of rows asks for.

    Attributes:
        first: number of the first line of the present row.
        count: lines of the present row so far; who takes a row sets it to 0.
    """

    def __init__(self, lines: Iterator[tuple[int, str]], delimiter: str, name: str) -> None:
        self._lines, self._delimiter, self._name = lines, delimiter, name
        self.first, self.count = 0, 0

    def __iter__(self) -> Iterator[str]:
        for at, line in self._lines:
            if not self.count:
                self.first = at
            self.count += 1
            if self.count > _MOST_QUOTED:
                raise ExpressionError(_open_quote(self._name, self.first))
            _check_fields(at, line, self._name, self._delimiter)
            yield line + "\n"


def _check_fields(at: int, line: str, name: str, signs: str = "\t;|,") -> None:
    if max(map(line.count, signs)) >= _MOST_FIELDS:
        raise ExpressionError(
            f"Line {at} of '{name}' has more than {_MOST_FIELDS:,} fields. It takes one line per "
            "gene or per sample: check where the lines end."
        )


def _open_quote(name: str, line: int) -> str:
    return (
        f"A quote that opens in line {line} of '{name}' is never closed, or its field is longer "
        "than any name. Remove it, or export the table again."
    )
