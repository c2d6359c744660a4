"""The cells of a sheet as texts: dates as they are shown, and what is not told by the cells alone.

A formula whose result was not saved, merged cells and hidden rows are told of in notes.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from badger_core.data.workbook_sheets import Book, SheetPart, date_styles, shared_texts, shown_date
from badger_core.errors import ExpressionError
from badger_core.limits import limits

_COLUMN = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_ESCAPE = re.compile(r"_x((?![dD][89A-Fa-f])[0-9A-Fa-f]{4})_")
"""A sign that XML cannot hold, but for halves of signs."""
_PER_EMPTY = 3
"""Cells that may be filled for each one that may have a format only."""
_OTHER = 1_000_000
"""Elements of a sheet that are no cells."""


class Cells(NamedTuple):
    """The filled cells of a sheet.

    Attributes:
        rows: texts of the columns that are used, '' for empty cells, the last ones left out.
        numbers: of the rows in the sheet, from 1.
        notes: sentences on what the texts do not tell.
        merged: first and last row of each group of merged cells.
    """

    rows: list[list[str]]
    numbers: list[int]
    notes: tuple[str, ...]
    merged: tuple[tuple[int, int], ...]


def read_cells(book: Book, sheet: SheetPart) -> Cells:
    """The cells of one sheet.

    Raises:
        ExpressionError: for a damaged sheet or one of too many cells.
    """
    reader = _Reader(book, sheet, shared_texts(book), date_styles(book))
    book.parts.parse(sheet.path, reader.start, reader.end, reader.text)
    used = sorted({at for row in reader.rows for at, text in enumerate(row) if text})
    if len(used) * len(reader.rows) > _most():
        raise reader.too_many()
    rows = reader.rows
    if used and len(used) <= used[-1]:
        rows = [[row[at] for at in used if at < len(row)] for row in rows]
    return Cells(rows, reader.numbers, tuple(reader.notes()), tuple(reader.merged))


class _Reader:
    """What is called with the tags of a sheet."""

    def __init__(
        self, book: Book, sheet: SheetPart, texts: Sequence[str], dates: frozenset[str]
    ) -> None:
        self._book, self._sheet, self._texts, self._dates = book, sheet, texts, dates
        self._left, self._other = _most(), 0
        self._left_empty = self._left // _PER_EMPTY
        self._columns: dict[str, int] = {}
        self._row: list[str] = []
        self._at = self._column = 0
        self._kind, self._is_date = "n", False
        self._pieces: list[str] | None = None
        self._value = ""
        self._formula = False
        self._unsaved: list[str] = []
        self._n_unsaved = self._hidden = 0
        self._reference = ""
        self.rows: list[list[str]] = []
        self.numbers: list[int] = []
        self.merged: list[tuple[int, int]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._kind = attributes.get("t", "n")
            self._is_date = attributes.get("s", "") in self._dates
            self._reference = attributes.get("r", "")
            self._column = self._place(self._reference) if self._reference else self._column + 1
            self._value, self._formula = "", False
        elif tag in ("v", "t"):
            self._pieces = []
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            at = int(attributes.get("r", self._at + 1))
            if not self._at < at <= _MOST_ROWS:
                raise self._book.parts.damaged(self._sheet.path)
            self._at, self._column, self._row = at, 0, []
            self._hidden += attributes.get("hidden") in ("1", "true")
        elif tag == "mergeCell":
            rows = [int(row) for _, row in _COLUMN.findall(attributes.get("ref", ""))]
            if len(rows) == 2:
                self.merged.append((rows[0], rows[1]))
        else:
            self._other += 1
            if self._other > _OTHER:
                raise self._book.parts.damaged(self._sheet.path)

    def end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._value += "".join(self._pieces or ())
            self._pieces = None
        elif tag == "c":
            self._keep()
        elif tag == "row" and self._row:
            self.rows.append(self._row)
            self.numbers.append(self._at)

    def text(self, piece: str) -> None:
        if self._pieces is not None:
            self._pieces.append(piece)

    def notes(self) -> list[str]:
        """Sentences on formulas without a result and on hidden rows."""
        said = []
        if self._n_unsaved:
            said.append(
                f"{self._n_unsaved:,} formulas have no saved result and count as gaps (the first: "
                f"{self._unsaved[0]}). Open the workbook in a spreadsheet program, let it "
                "calculate, and save it."
            )
        if self._hidden:
            said.append(f"{self._hidden:,} hidden or filtered rows of the sheet were read too.")
        return said

    def too_many(self) -> ExpressionError:
        """The error of a sheet that is too large."""
        return ExpressionError(
            f"The sheet '{self._sheet.title[:60]}' of '{self._book.parts.name}' has more than "
            f"{_most():,} cells. Save it as CSV with the samples that you ask about."
        )

    def _place(self, reference: str) -> int:
        """Number of the column, from 1."""
        letters = reference.rstrip("0123456789")
        at = self._columns.get(letters)
        if at is None:
            if not _COLUMN.fullmatch(reference):
                raise self._book.parts.damaged(self._sheet.path)
            at = 0
            for letter in letters:
                at = 26 * at + ord(letter) - 64
            self._columns[letters] = at
        return at

    def _keep(self) -> None:
        text = self._text()
        if not text:
            self._left_empty -= 1
            if self._left_empty < 0:
                raise self.too_many()
            if self._formula and not self._value:
                self._n_unsaved += 1
                self._unsaved = self._unsaved or [self._reference or f"row {self._at}"]
            return
        gap = self._column - 1 - len(self._row)
        self._left -= gap + 1
        if self._left < 0:
            raise self.too_many()
        if gap < 0 or self._column > _MOST_COLUMNS:
            raise self._book.parts.damaged(self._sheet.path)
        if gap:
            self._row.extend([""] * gap)
        self._row.append(text)

    def _text(self) -> str:
        value, kind = self._value, self._kind
        if kind == "s":
            value = self._texts[int(value)] if value else ""
        elif kind == "b":
            return "TRUE" if value == "1" else "FALSE" if value == "0" else value
        elif kind in ("n", "d"):
            return self._number(value.strip())
        if "_x" in value:
            value = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
        return value.strip()

    def _number(self, value: str) -> str:
        """A date as a spreadsheet shows a mangled gene symbol ('1-Mar'); 7157.0 without point."""
        if value and (self._is_date or self._kind == "d"):
            return shown_date(value, self._book.since_1904)
        if "." in value or "E" in value or "e" in value:
            number = float(value)
            if number.is_integer() and abs(number) < 1e15:
                return str(int(number))
        return value


def _most() -> int:
    """Cells of a sheet: half of those of a text, because they take longer to read."""
    return limits().table_cells // 2
