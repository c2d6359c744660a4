"""Delimited text to rows of texts: encoding and delimiter are found out, and told."""

import csv
import io

import pandas as pd

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file_grid import table_of_grid
from badger_core.errors import ExpressionError

_DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas", " ": "spaces"}
_LOOKED_AT = 200
_MOST_TITLES = 6
_FIT = 0.9
"""Share of lines that must have as many fields as the header."""
_MOST_CONTROL = 0.01


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    UTF-8 (with or without mark), UTF-16 with mark (Excel's 'Unicode text'), else Latin-1.

    Raises:
        ExpressionError: for bytes that are no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "latin-1")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = "\0"
    head = text[:20000]
    strange = sum((ch < " " and ch not in "\t\r\n\f") or "\x7f" <= ch <= "\x9f" for ch in head)
    if "\0" in text or strange > _MOST_CONTROL * len(head):
        raise ExpressionError(
            f"'{name}' holds no text that can be read as a table. Save it as CSV (UTF-8), and give "
            "any other file under its own ending."
        )
    return text, {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "latin-1": "Latin-1"}[encoding]


def read_text(text: str, name: str, encoding: str) -> ExpressionTable:
    """A delimited table.

    Raises:
        ExpressionError: for a text without columns, with a line of another width, or without
            numbers.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = _without_comments([line for line in lines if line.strip(' ,;\t"')])
    above, delimiter = _above_and_delimiter(lines)
    if delimiter is None:
        raise ExpressionError(
            f"'{name}' has no columns that fit its first line ('{lines[0][:40] if lines else ''}')."
            " Separate them by commas, tabs or semicolons: one column of gene ids, one column per "
            "sample."
        )
    lines = lines[above:]
    grid = _grid("\n".join(lines), delimiter, name)
    form = "TSV" if delimiter == "\t" else "CSV"
    details = [f"columns separated by {_DELIMITERS[delimiter]}"]
    if encoding != "UTF-8":
        details.append(f"read as {encoding}")
    return table_of_grid(grid, name, form, tuple(details))


def _without_comments(lines: list[str]) -> list[str]:
    """Lines from the first on that is no comment (#)."""
    start = 0
    while start < len(lines) - 1 and lines[start].startswith("#") and not _is_header(lines[start:]):
        start += 1
    return lines[start:]


def _is_header(lines: list[str]) -> bool:
    """Whether a line that begins with # has as many fields as the line below it."""
    below = lines[1]
    return not below.startswith("#") and any(
        lines[0].count(sign) == below.count(sign) > 0 for sign in ("\t", ",", ";")
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
    try:
        rows = csv.reader(lines, delimiter=sign, skipinitialspace=sign == " ")
        return [len(row) for row in rows]
    except csv.Error:
        return []


def _grid(text: str, delimiter: str, name: str) -> list[list[str]]:
    """Rows of texts, all as wide as the widest of the first ones."""
    head = csv.reader(io.StringIO(text[:2_000_000]), delimiter=delimiter)
    width = max((len(row) for row, _ in zip(head, range(_LOOKED_AT), strict=False)), default=0)
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=None,
            names=range(width),
            dtype=object,
            keep_default_na=False,
            skipinitialspace=delimiter == " ",
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error) as error:
        raise ExpressionError(
            f"'{name}' has lines of different widths or a quote that is never closed "
            f"({str(error).strip()[-80:]}). Export the table again."
        ) from error
    return frame.to_numpy(object).tolist()
