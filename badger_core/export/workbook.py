"""Rankings and other tables as an Excel workbook in which a gene name stays a name."""

import io
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from badger_core.legible import visible
from badger_core.predict.ranking import Ranking

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT = "@"
_LONGEST = 32_767
"""Characters of a cell, Excel's limit."""


def ranking_xlsx(ranking: Ranking) -> bytes:
    """The table on one sheet and the manifest on another; texts are text cells, never formulas."""
    return tables_xlsx({"genes": ranking.table}, ranking.manifest)


def tables_xlsx(sheets: Mapping[str, pd.DataFrame], manifest: dict) -> bytes:
    """Tables as a workbook, one sheet each, and the provenance on a last one.

    Args:
        sheets: title (31 characters at most, Excel's limit) to table.
        manifest: provenance.
    """
    from openpyxl import Workbook  # slow to load, and no page needs it to be drawn

    book = Workbook()
    book.remove(book.active)
    for title, table in sheets.items():
        _fill(book.create_sheet(title), list(table), table.itertuples(index=False))
    provenance = book.create_sheet("manifest")
    _fill(provenance, ["field", "value"], _flat(manifest))
    provenance.column_dimensions["A"].width = 28
    provenance.column_dimensions["B"].width = 90
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: "Worksheet", names: list[str], rows: object) -> None:
    from openpyxl.styles import Font

    for row, values in enumerate([names, *rows], start=1):
        for column, value in enumerate(values, start=1):
            _write(sheet.cell(row, column), value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _write(cell: "Cell", value: object) -> None:
    from openpyxl.cell.cell import TYPE_STRING

    cell.value = visible(value)[:_LONGEST] if isinstance(value, str) else value
    if isinstance(value, str):  # openpyxl takes a text that begins with = for a formula
        cell.data_type = TYPE_STRING
        cell.number_format = _TEXT


def _flat(content: dict, above: str = "") -> list[tuple[str, object]]:
    """(field, value) pairs of a nested dictionary; the names of the levels are joined by dots."""
    pairs: list[tuple[str, object]] = []
    for name, value in content.items():
        if isinstance(value, dict):
            pairs += _flat(value, f"{above}{name}.")
        else:
            plain = value if isinstance(value, str | int | float) else json.dumps(value)
            pairs.append((f"{above}{name}", plain))
    return pairs
