"""The text of a GCT 1.2 or 1.3 file to numbers and the texts beside and above them.

Formats: https://software.broadinstitute.org/software/igv/GCT and https://clue.io/connectopedia
(GCT 1.3: a line with the numbers of rows, columns, row annotations and column annotations).
"""

import itertools
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.text_lines import TextLines
from badger_core.errors import BadgerError
from badger_core.naming import shown

_AGAIN = "Export the file again, or save the table as CSV."
_GAPS = frozenset(("", "na", "n/a", "nan", "null", "none", "-"))


class GctText(NamedTuple):
    """What stands in the file.

    Attributes:
        version: '1.2' or '1.3'.
        values: (R, C) float64, NaN for what is no number.
        row_fields: titles with the texts of R rows; the ids come first.
        columns: (C,) ids.
        column_fields: titles with the texts of C columns.
    """

    version: str
    values: np.ndarray
    row_fields: list[tuple[str, list[str]]]
    columns: list[str]
    column_fields: list[tuple[str, list[str]]]


def is_gct(head: str) -> bool:
    """Whether a text that begins so is a GCT file."""
    return head.lstrip("\ufeff \t\r\n").startswith(("#1.2", "#1.3"))


def parse_gct(
    text: TextLines, name: str, error: type[BadgerError], most: int | None = None
) -> GctText:
    """Take a file apart, line by line.

    Args:
        text: the file.
        name: of the file, for messages.
        error: what is raised.
        most: values that it may hold; as many as have space in the file for None.

    Raises:
        error: where the announced and the found numbers of rows or columns differ, where a text
            stands for a number, or for too many values.
    """
    lines = ((at, line) for at, line in enumerate(text, 1) if line.strip())
    version = next(lines)[1].split("\t")[0].strip()[1:]
    size = _size(next(lines, (2, ""))[1], name, 4 if version == "1.3" else 2, error)
    n_rows, n_columns = size[:2]
    n_left, n_above = size[2:] if version == "1.3" else (1, 0)
    width = 1 + n_left + n_columns
    header = next(lines, None)
    if header is None:
        raise error(f"'{name}' ends after its second line. {_AGAIN}")
    if max(n_rows * n_columns, n_above * width, width) > len(text.content):
        raise error(
            f"'{name}' announces {n_rows:,} rows and {n_columns:,} columns, more than a file of "
            f"its size can hold. {_AGAIN}"
        )
    if most is not None and n_rows * n_columns > most:
        raise error(
            f"'{name}' holds {n_rows:,} x {n_columns:,} values, and {most:,} are read at most. "
            "Keep the samples that you ask about."
        )
    titles = _fields(header, width, name, error)
    above = [_fields(line, width, name, error) for line in itertools.islice(lines, n_above)]
    values = np.empty((n_rows, n_columns))
    left: list[list[str]] = [[] for _ in range(1 + n_left)]
    found = 0
    for found, line in enumerate(lines, 1):
        fields = _fields(line, width, name, error)
        if found <= n_rows:
            values[found - 1] = _numbers(fields[1 + n_left :], line[0], name, error)
            for texts, field in zip(left, fields, strict=False):
                texts.append(field.strip())
    if found != n_rows or len(above) != n_above:
        raise error(
            f"'{name}' announces {n_rows:,} rows and holds {found:,}: it was cut off or put "
            f"together by hand. {_AGAIN}"
        )
    if not n_rows or not n_columns:
        raise error(f"'{name}' holds no values. {_AGAIN}")
    return GctText(
        version,
        values,
        list(zip(titles, left, strict=False)),
        [title.strip() for title in titles[1 + n_left :]],
        [(row[0], row[1 + n_left :]) for row in above],
    )


def _fields(line: tuple[int, str], width: int, name: str, error: type[BadgerError]) -> list[str]:
    """The fields of a numbered line."""
    found = line[1].count("\t") + 1
    if found != width:
        raise error(
            f"Line {line[0]} of '{name}' has {found:,} fields where the second line announces "
            f"{width:,}. {_AGAIN}"
        )
    return line[1].split("\t")


def _numbers(fields: list[str], line: int, name: str, error: type[BadgerError]) -> np.ndarray:
    numbers = np.array(pd.to_numeric(np.array(fields, object), errors="coerce"), np.float64)
    for at in np.flatnonzero(np.isnan(numbers)).tolist():
        if fields[at].strip().casefold() not in _GAPS:
            raise error(
                f"Line {line} of '{name}' has '{shown(fields[at], 30)}' where a number belongs. "
                f"Numbers have a decimal point; what is missing is empty or NA. {_AGAIN}"
            )
    return numbers


def _size(line: str, name: str, count: int, error: type[BadgerError]) -> list[int]:
    """The numbers of the second line."""
    try:
        size = [int(field) for field in line.rstrip().split("\t")[:count]]
    except ValueError:
        size = []
    if len(size) != count or min(size) < 0:
        raise error(
            f"The second line of '{name}' must hold {count} whole numbers: rows, columns"
            f"{', row annotations, column annotations' if count == 4 else ''}. {_AGAIN}"
        )
    return size
