"""An expression file of any kind to an `ExpressionTable`: the kind is told by its first bytes."""

import re
from pathlib import Path

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file_excel import read_excel
from badger_core.data.expression_file_gct import read_gct
from badger_core.data.expression_file_h5ad import read_h5ad
from badger_core.data.expression_file_text import read_text
from badger_core.data.gct_text import is_gct
from badger_core.data.text_lines import text_lines
from badger_core.errors import ExpressionError
from badger_core.files import read_at_most, unpacked
from badger_core.limits import limits

FORMS = "CSV, TSV, Excel (.xlsx), GCT 1.2 or 1.3, or h5ad"
_OLD_EXCEL, _HDF5, _GZIP, _ZIP = (
    b"\xd0\xcf\x11\xe0",
    b"\x89HDF\r\n\x1a\n",
    b"\x1f\x8b",
    b"PK\x03\x04",
)
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
"""Part of a workbook that a password protects: it comes in the container of the old kind."""
_NO_TABLES = re.compile(
    rb"%PDF|\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|7z\xbc\xaf|Rar!|BZh\d1AY|\xfd7zXZ|"
    rb"\x28\xb5\x2f\xfd|PK\x05\x06|PAR1|SQLite format|\{\\rtf|\x93NUMPY|RDX[23]\n",
    re.DOTALL,
)
_WEB = re.compile(rb"(?i)\s*<(?:\?xml|!doctype|html|table|head|body|meta|workbook|!--)")


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
    if len(content) > limits().upload_mb * 1024**2:
        raise ExpressionError(
            f"'{name}' has {len(content) / 1024**2:.0f} MB, and {limits().upload_mb} MB are read "
            "at most. Keep the samples that you ask about, or compress the file by gzip."
        )
    if content.startswith(_GZIP):
        content = _unpacked(content, name)
    if not content.strip():
        raise ExpressionError(f"'{name}' is empty. Export the table again, with its numbers.")
    if content.startswith(_HDF5):
        return read_h5ad(content, name)
    if content.startswith(_ZIP):
        return read_excel(content, name, sheet)
    _refuse_others(content, name, forms)
    lines = text_lines(content, name, ExpressionError)
    return read_gct(lines, name) if is_gct(lines.head(200)) else read_text(lines, name)


def _bytes_of(path: Path) -> bytes:
    most = limits().upload_mb * 1024**2
    content = read_at_most(path, most, ExpressionError)
    if len(content) > most:
        raise ExpressionError(
            f"'{path}' is larger than {limits().upload_mb} MB. Keep the samples that you ask "
            "about, or compress the file by gzip."
        )
    return content


def _unpacked(content: bytes, name: str) -> bytes:
    most = limits().unpacked_mb * 1024**2
    content = unpacked(content, name, most, ExpressionError)
    if len(content) > most:
        raise ExpressionError(
            f"'{name}' unpacks to more than {limits().unpacked_mb} MB. Keep the samples that you "
            "ask about."
        )
    return content


def _refuse_others(content: bytes, name: str, forms: str) -> None:
    if content.startswith(_OLD_EXCEL):
        if _PROTECTED in content:
            raise ExpressionError(
                f"'{name}' is protected by a password. Save it without one, as .xlsx or as CSV."
            )
        raise ExpressionError(
            f"'{name}' is a workbook of the old kind (.xls). Save it as .xlsx or as CSV."
        )
    if content.startswith(_GZIP):
        raise ExpressionError(f"'{name}' is compressed twice. Unpack it once.")
    if _NO_TABLES.match(content):
        raise ExpressionError(f"'{name}' is a picture, document or archive. Upload {forms}.")
    if _WEB.match(content[:200].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")):
        raise ExpressionError(
            f"'{name}' is a web page or XML, as some programs write under the ending .xls. Open it "
            "in a spreadsheet program and save it as .xlsx or as CSV."
        )
