"""GCT 1.2 and 1.3 files to a `Matrix`: texts, typed where they are written as numbers."""

from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.data.gct_text import is_gct, parse_gct
from badger_core.data.matrix import Matrix
from badger_core.data.text_lines import text_lines
from badger_core.data.typed_texts import typed
from badger_core.errors import MatrixFileError
from badger_core.files import read_at_most, unpacked
from badger_core.limits import limits


def read_gct(source: Path | bytes, name: str = "") -> Matrix:
    """Values with what the file says of rows and columns; gzip is undone.

    GCT 1.2 says one thing of a row, its Description, and nothing of a column.

    Raises:
        MatrixFileError: for a file that is missing, too large, damaged or no GCT, or that names a
            field or an id of its annotation twice.
    """
    most = limits().matrix_text_mb * 1024**2
    if isinstance(source, bytes):
        name = name or "The file"
    else:
        name = name or str(source)
        source = read_at_most(Path(source), most, MatrixFileError)
    content = unpacked(source, name, most, MatrixFileError)
    if len(content) > most:
        raise MatrixFileError(
            f"'{name}' has more than {limits().matrix_text_mb:,} MB of text. Use the GCTX file of "
            "the same data, which is read in slices."
        )
    text = text_lines(content, name, MatrixFileError)
    if not is_gct(text.head(200)):
        raise MatrixFileError(f"'{name}' does not begin as a GCT file does, with #1.2 or #1.3.")
    found = parse_gct(text, name, MatrixFileError)
    (_, ids), *left = found.row_fields
    return Matrix(
        found.values.astype(np.float32),
        _frame(ids, left, name),
        _frame(found.columns, found.column_fields, name),
    )


def _frame(ids: list[str], fields: list[tuple[str, list[str]]], name: str) -> pd.DataFrame:
    index = pd.Index(ids, dtype="str", name="id")
    titles = [title for title, _ in fields]
    if len(set(titles)) < len(titles):
        twice = next(title for title in titles if titles.count(title) > 1)
        raise MatrixFileError(f"'{name}' has two fields '{twice}'. Rename one of them.")
    return pd.DataFrame({title: typed(texts, index) for title, texts in fields}, index=index)
