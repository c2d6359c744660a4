"""A sheet of a workbook to an `ExpressionTable`; a gene name that became a date is told as such."""

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file_grid import Grid, table_of_grid
from badger_core.data.workbook_cells import Cells, read_cells
from badger_core.data.workbook_sheets import Book, SheetPart, open_book
from badger_core.errors import ExpressionError
from badger_core.naming import shown


def read_excel(content: bytes, name: str, sheet: str | None) -> ExpressionTable:
    """One sheet: the first that a person sees, or the named one.

    Raises:
        ExpressionError: for a damaged workbook, a sheet that is not there, or one without a table.
    """
    book = open_book(content, name)
    chosen = _chosen(book, sheet)
    cells = read_cells(book, chosen)
    details = [f"sheet '{shown(chosen.title, 60)}'"]
    others = [one for one in book.sheets if one is not chosen]
    if sheet is None and others:
        hidden = sum(not one.visible for one in others)
        details.append(
            f"the first of {len(book.sheets)} sheets" + (f", {hidden} hidden" if hidden else "")
        )
    grid = Grid(cells.rows, cells.numbers, "row", (*cells.notes, *_merged(cells)))
    try:
        return table_of_grid(grid, name, "Excel", tuple(details))
    except ExpressionError as error:
        if sheet is not None or not others:
            raise
        raise ExpressionError(
            f"{error} This was the sheet '{shown(chosen.title, 40)}'; name the one to read, if it "
            f"is another: {_listed(others)}."
        ) from error


def sheet_titles(content: bytes, name: str) -> tuple[str, ...]:
    """Titles of the sheets of cells.

    Raises:
        ExpressionError: for a damaged workbook.
    """
    return tuple(one.title for one in open_book(content, name).sheets)


def _chosen(book: Book, sheet: str | None) -> SheetPart:
    if sheet is None:
        return next((one for one in book.sheets if one.visible), book.sheets[0])
    found = next((one for one in book.sheets if one.title == sheet), None)
    if found is None:
        raise ExpressionError(
            f"'{book.parts.name}' has no sheet '{shown(sheet, 60)}'. Its sheets are: "
            f"{_listed(book.sheets)}."
        )
    return found


def _merged(cells: Cells) -> tuple[str, ...]:
    """A sentence on merged cells within the table, whose header is the first row of several."""
    header = next(
        (at for at, row in zip(cells.numbers, cells.rows, strict=True) if any(row[1:])), 0
    )
    within = [first for first, last in cells.merged if last >= header]
    if not within:
        return ()
    return (
        f"{len(within):,} groups of cells are merged (the first: row {within[0]}); only the first "
        "cell of each holds a value. Take the merging back if the others shall have it too.",
    )


def _listed(sheets: tuple[SheetPart, ...] | list[SheetPart]) -> str:
    titles = [shown(one.title, 40) for one in sheets]
    return ", ".join(titles[:8]) + (f" and {len(titles) - 8} more" if len(titles) > 8 else "")
