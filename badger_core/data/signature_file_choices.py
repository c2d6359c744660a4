"""What can be chosen in a signature file: sheets of a workbook, columns, or named signatures."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from badger_core.data.expression_file import read_expression_file
from badger_core.data.expression_file_excel import sheet_titles
from badger_core.data.signature_file import SignatureFile
from badger_core.data.signature_file_lists import read_gmt, side_of
from badger_core.data.signature_file_text import plain_text
from badger_core.errors import BadgerError

_ZIP = b"PK\x03\x04"


class Choices(NamedTuple):
    """Titles, each () where there is nothing to choose."""

    columns: tuple[str, ...]  # of numbers, or names of the signatures of a GMT
    sheets: tuple[str, ...]


def choices(files: Sequence[SignatureFile], sheet: str | None = None) -> Choices:
    """What a person may choose in these files; nothing where they cannot be read.

    Args:
        files: with their content.
        sheet: of a workbook, whose columns are meant.
    """
    if len(files) != 1 or files[0].ending in (".grp", ".rnk"):
        return Choices((), ())
    file, sheets = files[0], ()
    try:
        if file.ending == ".gmt":
            found = {side_of(one.name)[0] for one in read_gmt(plain_text(*file), file.title)}
            return Choices(tuple(sorted(found - {""})) if len(found) > 1 else (), ())
        sheets = _sheets(file.content, file.title)
        table = read_expression_file(file.content, file.title, sheet)
    except BadgerError:
        return Choices((), sheets)
    headers = table.column_names["header"]
    columns = [
        title
        for title, values in zip(headers, table.values.T, strict=True)
        if title not in table.row_names and not np.isnan(values).all()
    ]
    return Choices(tuple(dict.fromkeys(columns)) if len(columns) > 1 else (), sheets)


def _sheets(content: object, name: str) -> tuple[str, ...]:
    """Titles of the sheets of a workbook with several."""
    if not isinstance(content, bytes) or not content.startswith(_ZIP):
        return ()
    titles = sheet_titles(content, name)
    return titles if len(titles) > 1 else ()
