"""Workbooks written by hand, so that each part can be what no spreadsheet program would write."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook

SHEET, TEXTS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def by_hand(rows: Sequence[Sequence[object]]) -> bytes:
    """One sheet as Excel writes it: texts in a part of their own, numbers in the sheet."""
    texts: dict[str, int] = {}
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for at, value in enumerate(row):
            place = f'r="{chr(65 + at)}{number}"'
            if isinstance(value, str):
                cells.append(f'<c {place} t="s"><v>{texts.setdefault(value, len(texts))}</v></c>')
            elif value is not None:
                cells.append(f"<c {place}><v>{value!r}</v></c>")
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    return archive(
        {
            "_rels/.rels": f'<Relationships {_RELS}><Relationship Id="r1" '
            f'Type="{_KINDS}/officeDocument" Target="{BOOK}"/></Relationships>',
            BOOK: f'<workbook {_MAIN} xmlns:r="{_KINDS}"><sheets>'
            '<sheet name="s1" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships {_RELS}>"
            f'<Relationship Id="r1" Type="{_KINDS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{_KINDS}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
            TEXTS: f"<sst {_MAIN}>{shared}</sst>",
            SHEET: f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>",
        }
    )


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, part in parts.items():
            out.writestr(name, part)
    return file.getvalue()


def saved(
    *sheets: Sequence[Sequence[object]], change: Callable[[Workbook], None] | None = None
) -> bytes:
    """A workbook of openpyxl with a sheet of each list of rows: 's1', 's2'."""
    book = Workbook()
    book.remove(book.active)
    for at, rows in enumerate(sheets, 1):
        page = book.create_sheet(f"s{at}")
        for row in rows:
            page.append(list(row))
    if change is not None:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Name to part of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def with_part(content: bytes, path: str, part: str | bytes | None) -> bytes:
    """A workbook with one part replaced, or without it."""
    parts: dict[str, str | bytes] = {**parts_of(content)}
    if part is None:
        del parts[path]
    else:
        parts[path] = part
    return archive(parts)


def with_long_part(content: bytes, path: str, pieces: Iterable[bytes]) -> bytes:
    """A workbook with one part written piece by piece, which is not held in memory."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, part in parts_of(content).items():
            if name != path:
                out.writestr(name, part)
        with out.open(path, "w", force_zip64=True) as long:
            for piece in pieces:
                long.write(piece)
    return file.getvalue()


def claiming(content: bytes, path: str, size: int) -> bytes:
    """A workbook whose list of parts lies about the unpacked size of one."""
    told = bytearray(content)
    at = -1
    while (at := told.find(b"PK\x01\x02", at + 1)) >= 0:
        length = struct.unpack_from("<H", told, at + 28)[0]
        if told[at + 46 : at + 46 + length] == path.encode():
            struct.pack_into("<I", told, at + 24, size)
    return bytes(told)
