"""GCT 1.2 and 1.3, the text formats of GenePattern and CLUE, to an `ExpressionTable`."""

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.gct_text import parse_gct
from badger_core.data.text_lines import TextLines
from badger_core.errors import ExpressionError
from badger_core.limits import limits


def read_gct(text: TextLines, name: str) -> ExpressionTable:
    """Values with the annotation of rows and columns.

    Raises:
        ExpressionError: where the announced and the found numbers of rows or columns differ, or
            where a text stands for a number.
    """
    found = parse_gct(text, name, ExpressionError, limits().table_cells)
    column_names = {"header": found.columns}
    for title, texts in found.column_fields:
        column_names.setdefault(title, texts)
    return ExpressionTable(
        f"GCT {found.version}", (), found.values, dict(found.row_fields), column_names
    )
