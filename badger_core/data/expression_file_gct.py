"""GCT 1.2 and 1.3, the text formats of GenePattern and CLUE, to an `ExpressionTable`.

Formats: https://software.broadinstitute.org/software/igv/GCT and https://clue.io/connectopedia
(GCT 1.3: a line with the numbers of rows, columns, row annotations and column annotations).
"""

import numpy as np
import pandas as pd

from badger_core.cells.expression_table import ExpressionTable
from badger_core.errors import ExpressionError

_AGAIN = "Export the file again, or upload the table as CSV."


def is_gct(text: str) -> bool:
    """Whether a text begins as a GCT file does."""
    return text.lstrip().startswith(("#1.2", "#1.3"))


def read_gct(text: str, name: str) -> ExpressionTable:
    """Values with the annotation of rows and columns.

    Raises:
        ExpressionError: where the announced and the found numbers of rows or columns differ.
    """
    lines = [line.split("\t") for line in text.lstrip().splitlines() if line.strip()]
    version = lines[0][0].strip()[1:]
    size = _size(lines, name, 4 if version == "1.3" else 2)
    n_rows, n_columns = size[:2]
    n_left, n_above = size[2:] if version == "1.3" else (1, 0)
    if len(lines) < 3:
        raise ExpressionError(f"'{name}' ends after its second line. {_AGAIN}")
    header, above, body = lines[2], lines[3 : 3 + n_above], lines[3 + n_above :]
    if len(body) != n_rows:
        raise ExpressionError(
            f"'{name}' announces {n_rows} rows and holds {len(body)}: it was cut off or put "
            f"together by hand. {_AGAIN}"
        )
    width = 1 + n_left + n_columns
    narrow = next((at for at, row in enumerate((header, *above, *body)) if len(row) != width), None)
    if narrow is not None:
        found = len((header, *above, *body)[narrow])
        raise ExpressionError(
            f"Line {narrow + 3} of '{name}' has {found} fields where the second line announces "
            f"{width}. {_AGAIN}"
        )
    if not body or not n_columns:
        raise ExpressionError(f"'{name}' holds no values. {_AGAIN}")
    cells = pd.DataFrame([row[1 + n_left :] for row in body])
    values = cells.apply(pd.to_numeric, errors="coerce").to_numpy(np.float64)
    row_names = {header[at]: [row[at].strip() for row in body] for at in range(1 + n_left)}
    column_names = {"header": [title.strip() for title in header[1 + n_left :]]}
    for row in above:
        column_names.setdefault(row[0], row[1 + n_left :])
    return ExpressionTable(f"GCT {version}", (), values, row_names, column_names)


def _size(lines: list[list[str]], name: str, count: int) -> list[int]:
    """The numbers of the second line."""
    try:
        size = [int(field) for field in lines[1][:count]]
    except (IndexError, ValueError):
        size = []
    if len(size) != count or min(size) < 0:
        raise ExpressionError(
            f"The second line of '{name}' must hold {count} whole numbers: rows, columns"
            f"{', row annotations, column annotations' if count == 4 else ''}. {_AGAIN}"
        )
    return size
