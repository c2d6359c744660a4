"""A sheet of a workbook to rows of texts; a gene name that became a date is told as such."""

import io
from datetime import date, datetime

from openpyxl import load_workbook

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file_grid import table_of_grid
from badger_core.errors import ExpressionError

_MOST_CELLS = 6_000_000


def read_excel(content: bytes, name: str, sheet: str | None) -> ExpressionTable:
    """One sheet: the first, or the named one.

    Raises:
        ExpressionError: for a damaged workbook, a sheet that is not there, or one without a table.
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        titles = [page.title for page in book.worksheets]
    except Exception as error:  # openpyxl has no error of its own for what is damaged
        raise ExpressionError(
            f"'{name}' is a damaged workbook. Open it and save it again, as .xlsx or as CSV."
        ) from error
    if not titles or (sheet is not None and sheet not in titles):
        raise ExpressionError(
            f"'{name}' has no sheet '{sheet or ''}'. Its sheets are: {', '.join(titles)[:200]}."
        )
    chosen = sheet or titles[0]
    grid: list[list[object]] = []
    cells = 0
    try:
        for row in book[chosen].iter_rows(values_only=True):
            cells += len(row)
            if cells > _MOST_CELLS:
                raise ExpressionError(
                    f"The sheet '{chosen}' of '{name}' has more than {_MOST_CELLS:,} cells. Save "
                    "it as CSV with the samples that you ask about."
                )
            grid.append([_text(cell) for cell in row])
    except ExpressionError:
        raise
    except Exception as error:
        raise ExpressionError(
            f"The sheet '{chosen}' of '{name}' is damaged. Save the workbook again."
        ) from error
    finally:
        book.close()
    width = max(map(len, grid), default=0)
    grid = [row + [""] * (width - len(row)) for row in grid]
    details = [f"sheet '{chosen}'"]
    if sheet is None and len(titles) > 1:
        details.append(f"the first of {len(titles)} sheets")
    return table_of_grid(grid, name, "Excel", tuple(details))


def _text(cell: object) -> object:
    """A date as Excel shows a mangled gene symbol ('1-Mar'); whole numbers without point."""
    if isinstance(cell, datetime | date):
        return f"{cell.day}-{cell:%b}"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell
