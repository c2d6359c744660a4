"""An expression file to lines that can be predicted for: the way that page and command share."""

from pathlib import Path

from badger_core.cells.catalogue import CellLine
from badger_core.cells.centring import AUTO
from badger_core.cells.upload import Upload, read_table
from badger_core.data.bundle import Bundle
from badger_core.data.expression_file import read_expression_file
from badger_core.errors import ExpressionError
from badger_core.naming import fold, nearest


def lines_of_file(
    content: bytes | Path,
    bundle: Bundle,
    name: str = "",
    platform: str = AUTO,
    sheet: str | None = None,
) -> Upload:
    """The samples of a file as lines, and the mapping report.

    Args:
        content: the file, or where it is.
        bundle: genes and reference lines.
        name: what the file is called; the path's own name for ''.
        platform: what to centre on: 'auto', 'own' or the name of a platform.
        sheet: of a workbook.

    Raises:
        ExpressionError: says what came, what is wrong and what to do.
    """
    name = name or (content.name if isinstance(content, Path) else "the file")
    table = read_expression_file(content, name, sheet)
    return read_table(table, name, bundle.genes, bundle.cells, platform)


def choose_sample(upload: Upload, sample: str | None) -> CellLine:
    """The line of one sample; for None the only one.

    Raises:
        ExpressionError: if several are there and none was named, or none is called so.
    """
    names = [line.display_name for line in upload.lines]
    if sample is None:
        if len(names) == 1:
            return upload.lines[0]
        raise ExpressionError(
            f"'{upload.report.file}' has {len(names)} samples: {', '.join(names[:8])}"
            f"{' ...' if len(names) > 8 else ''}. Name one by --sample."
        )
    for line in upload.lines:
        if fold(line.display_name) == fold(sample):
            return line
    table = upload.report.samples
    refused = table[(table["status"] == "refused") & (table["sample"].map(fold) == fold(sample))]
    if len(refused):
        raise ExpressionError(f"The sample '{sample}' was refused: {refused['reason'].iloc[0]}.")
    near = nearest(sample, names)
    hint = f"Did you mean {', '.join(near)}?" if near else f"It has {', '.join(names[:8])}."
    raise ExpressionError(f"'{upload.report.file}' has no sample '{sample[:60]}'. {hint}")
