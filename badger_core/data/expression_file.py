"""An expression file of any kind to an `ExpressionTable`: the kind is told by its first bytes."""

import io
import struct
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file_excel import read_excel
from badger_core.data.expression_file_gct import read_gct
from badger_core.data.expression_file_h5ad import read_h5ad
from badger_core.data.expression_file_text import decode, read_text
from badger_core.data.gct_text import is_gct
from badger_core.errors import ExpressionError
from badger_core.files import read_at_most, unpacked

MOST_BYTES = 50 * 1024**2
"""Of a file as it comes."""
MOST_UNPACKED = 300 * 1024**2
"""Of a compressed file once it is unpacked."""
FORMS = "CSV, TSV, Excel (.xlsx), GCT 1.2 or 1.3, or h5ad"
_OLD_EXCEL, _HDF5, _GZIP, _ZIP = (
    b"\xd0\xcf\x11\xe0",
    b"\x89HDF\r\n\x1a\n",
    b"\x1f\x8b",
    b"PK\x03\x04",
)
_NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"7z\xbc\xaf", b"Rar!", b"BZh")


def read_expression_file(
    content: bytes | Path, name: str = "", sheet: str | None = None, forms: str = FORMS
) -> ExpressionTable:
    """Numbers and names of a file, as they lie in it.

    Args:
        content: the file, or where it is.
        name: what it is called, for messages.
        sheet: of a workbook; its first one for None.
        forms: what the caller takes, for messages.

    Raises:
        ExpressionError: for a file that is missing, empty, too large, damaged or no table; it says
            which and what to do.
    """
    if isinstance(content, Path):
        name, content = name or content.name, _bytes_of(content)
    name = name or "The file"
    if len(content) > MOST_BYTES:
        raise ExpressionError(
            f"'{name}' has {len(content) / 1024**2:.0f} MB, and {MOST_BYTES // 1024**2} MB are "
            "read at most. Keep the samples that you ask about, or compress the file by gzip."
        )
    if content.startswith(_GZIP):
        content, name = _unpacked(content, name), name.removesuffix(".gz")
    if not content.strip():
        raise ExpressionError(f"'{name}' is empty. Export the table again, with its numbers.")
    if content.startswith(_HDF5):
        return read_h5ad(content, name)
    if content.startswith(_ZIP):
        _refuse_other_archives(content, name, forms)
        return read_excel(content, name, sheet)
    if content.startswith(_OLD_EXCEL):
        raise ExpressionError(
            f"'{name}' is a workbook of the old kind (.xls). Save it as .xlsx or as CSV."
        )
    if content.startswith(_NO_TABLES):
        raise ExpressionError(f"'{name}' is a picture, document or archive. Upload {forms}.")
    text, encoding = decode(content, name)
    return read_gct(text, name) if is_gct(text) else read_text(text, name, encoding)


def _bytes_of(path: Path) -> bytes:
    content = read_at_most(path, MOST_BYTES, ExpressionError)
    if len(content) > MOST_BYTES:
        raise ExpressionError(
            f"'{path}' is larger than {MOST_BYTES // 1024**2} MB. Keep the samples that you "
            "ask about, or compress the file by gzip."
        )
    return content


def _unpacked(content: bytes, name: str) -> bytes:
    content = unpacked(content, name, MOST_UNPACKED, ExpressionError)
    if len(content) > MOST_UNPACKED:
        raise ExpressionError(
            f"'{name}' unpacks to more than {MOST_UNPACKED // 1024**2} MB. Keep the samples that "
            "you ask about."
        )
    return content


def _refuse_other_archives(content: bytes, name: str, forms: str) -> None:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, OSError, EOFError, struct.error) as error:
        raise ExpressionError(f"'{name}' is a damaged archive. Save the workbook again.") from error
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise ExpressionError(f"'{name}' is an archive, no workbook. Unpack it and upload {forms}.")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ExpressionError(
            f"'{name}' unpacks to more than {MOST_UNPACKED // 1024**2} MB. Save the sheet as CSV "
            "with the samples that you ask about."
        )
