"""The text of a GCT 1.2 or 1.3 file to numbers and the texts beside and above them.

Formats: https://software.broadinstitute.org/software/igv/GCT and https://clue.io/connectopedia
(GCT 1.3: a line with the numbers of rows, columns, row annotations and column annotations).
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.errors import BadgerError

_AGAIN = "Export the file again, or upload the table as CSV."


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


def is_gct(text: str) -> bool:
    """Whether a text begins as a GCT file does."""
    return text.lstrip().startswith(("#1.2", "#1.3"))


def parse_gct(text: str, name: str, error: type[BadgerError]) -> GctText:
    """Take a file apart.

    Raises:
        error: where the announced and the found numbers of rows or columns differ.
    """
    lines = [line for line in text.lstrip().splitlines() if line.strip()]
    version = lines[0].split("\t")[0].strip()[1:]
    size = _size(lines, name, 4 if version == "1.3" else 2, error)
    n_rows, n_columns = size[:2]
    n_left, n_above = size[2:] if version == "1.3" else (1, 0)
    if len(lines) < 3:
        raise error(f"'{name}' ends after its second line. {_AGAIN}")
    width, first = 1 + n_left + n_columns, 3 + n_above
    if len(lines) - first != n_rows:
        raise error(
            f"'{name}' announces {n_rows} rows and holds {max(len(lines) - first, 0)}: it was cut "
            f"off or put together by hand. {_AGAIN}"
        )
    for number, line in enumerate(lines[2:], start=3):
        found = line.count("\t") + 1
        if found != width:
            raise error(
                f"Line {number} of '{name}' has {found} fields where the second line announces "
                f"{width}. {_AGAIN}"
            )
    if not n_rows or not n_columns:
        raise error(f"'{name}' holds no values. {_AGAIN}")
    header, above = lines[2].split("\t"), [line.split("\t") for line in lines[3:first]]
    values = np.empty((n_rows, n_columns))
    left: list[list[str]] = [[] for _ in range(1 + n_left)]
    for at, line in enumerate(lines[first:]):
        fields = line.split("\t")
        values[at] = _numbers(fields[1 + n_left :])
        for texts, field in zip(left, fields, strict=False):
            texts.append(field.strip())
    return GctText(
        version,
        values,
        list(zip(header, left, strict=False)),
        [title.strip() for title in header[1 + n_left :]],
        [(row[0], row[1 + n_left :]) for row in above],
    )


def _numbers(fields: list[str]) -> np.ndarray:
    try:
        return np.array(fields).astype(np.float64)  # exact, and quick where all are numbers
    except ValueError:
        return pd.to_numeric(pd.Series(fields), errors="coerce").to_numpy(np.float64)


def _size(lines: list[str], name: str, count: int, error: type[BadgerError]) -> list[int]:
    """The numbers of the second line."""
    try:
        size = [int(field) for field in lines[1].split("\t")[:count]]
    except (IndexError, ValueError):
        size = []
    if len(size) != count or min(size) < 0:
        raise error(
            f"The second line of '{name}' must hold {count} whole numbers: rows, columns"
            f"{', row annotations, column annotations' if count == 4 else ''}. {_AGAIN}"
        )
    return size
