"""Workbooks that no spreadsheet program writes get a sentence; bombs are not unpacked."""

import io
import zipfile
from collections.abc import Iterator

import pytest

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file import read_expression_file
from badger_core.data.signature_file import SignatureFile
from badger_core.data.signature_file_choices import Choices, choices
from badger_core.limits import Limits
from tests.hostile.test_tables_excel import BY_HAND, KIND, NAME, PART, VALUES, read
from tests.hostile.trial import bounded, refused
from tests.hostile.workbooks import (
    BOOK,
    SHEET,
    TEXTS,
    archive,
    claiming,
    parts_of,
    with_long_part,
    with_part,
)

ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
REFUSED = {
    "laughs in the texts": (
        TEXTS,
        f"<?xml version='1.0'?>{ENTITIES}<sst><si><t>&i;</t></si></sst>",
        "DTD",
    ),
    "laughs in the sheet": (SHEET, f"{ENTITIES}<worksheet/>", "DTD"),
    "laughs in the book": (BOOK, f"{ENTITIES}<workbook/>", "DTD"),
    "a file from outside": (
        TEXTS,
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><sst><si><t>&a;</t></si></sst>',
        "DTD",
    ),
    "deep": (SHEET, "<a>" * 100_000, "damaged"),
    "one tag of 20 MB": (SHEET, "<a b='" + "x" * 20_000_000, "damaged"),
    "another code": (SHEET, b"<?xml version='1.0' encoding='cp037'?><a/>", "damaged"),
    "a missing text": (SHEET, PART.replace("<v>0</v>", "<v>9999</v>"), "damaged"),
    "rows backwards": (SHEET, PART.replace('<row r="3">', '<row r="1">'), "damaged"),
    "a far column": (SHEET, PART.replace('r="A2"', 'r="ZZZ2"'), "damaged"),
    "no place": (SHEET, PART.replace('r="A2"', 'r="2A"'), "damaged"),
    "no sheets": (BOOK, "<workbook/>", "no sheet of cells"),
    "no sheet": (SHEET, None, "no sheet of cells"),
    "no book": (BOOK, None, "archive, no workbook. Unpack it"),
    "no texts": (TEXTS, None, "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_program_writes_is_refused(name: str) -> None:
    path, part, said = REFUSED[name]
    content = with_part(BY_HAND, path, part)
    refused(KIND, lambda: read_expression_file(content, NAME), NAME, said)


OTHERS = {
    "ods": (archive({"mimetype": "x", "content.xml": "<x/>"}), ".ods"),
    "xlsb": (archive({"xl/workbook.bin": b"x"}), "binary workbook"),
    "a workbook inside": (archive({"mine/a.xlsx": BY_HAND}), "Unpack it"),
    "a table inside": (archive({"a.csv": "gene,a"}), "archive, no workbook. Unpack it"),
    "nothing inside": (archive({}), "archive"),
    "many parts": (archive({f"p{at}": "" for at in range(10_050)}), "10,000 parts"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind (.xls). Save it as .xlsx"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password. Save it without one",
    ),
    "web page": (b"\xef\xbb\xbf <HTML><table><tr><td>TP53</td></tr></table></HTML>", "web page"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "web page or XML"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_workbook_is_called_what_it_is(name: str) -> None:
    content, said = OTHERS[name]
    refused(KIND, lambda: read_expression_file(content, NAME), NAME, said)
    assert choices([SignatureFile(content, NAME)]) == Choices((), ())


def test_a_part_packed_as_no_workbook_is() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as out:
        for name, part in parts_of(BY_HAND).items():
            out.writestr(name, part)
    refused(KIND, lambda: read_expression_file(file.getvalue(), NAME), NAME, "damaged", "save")


@pytest.mark.parametrize("size", [0, 10, 100, 4_000_000_000])
def test_the_size_that_an_archive_states_is_not_believed(size: int) -> None:
    found = read(claiming(BY_HAND, SHEET, size))
    if isinstance(found, ExpressionTable):
        assert found.values.tolist() == VALUES


def _repeated(start: bytes, unit: bytes, times: int) -> Iterator[bytes]:
    yield start
    block = unit * 50_000
    for _ in range(times // 50_000):
        yield block


_CELLS = b"<row>" + b"<c><v>1</v></c>" * 10 + b"</row>"
BOMBS = {
    "comments": (SHEET, b"<worksheet><sheetData><!--", b"x" * 100 + b"--><!--", 600_000),
    "one text": (TEXTS, b"<sst><si><t>", b"AAAAAAAAAA", 6_000_000),
    "many texts": (TEXTS, b"<sst>", b"<si/>", 6_000_000),
    "empty cells": (SHEET, b"<worksheet><sheetData><row>", b"<c/>", 6_000_000),
    "filled cells": (SHEET, b"<worksheet><sheetData>", _CELLS, 100_000),
    "other elements": (SHEET, b"<worksheet><sheetData>", b"<a/>", 6_000_000),
    "depth": (SHEET, b"<worksheet>", b"<a>", 6_000_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_not_unpacked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("workbook_parts", "workbook_cells"):  # a tenth of the usual ones, for speed
        small = Limits(unpacked_mb=30, table_cells=1_200_000)
        monkeypatch.setattr(f"badger_core.data.{module}.limits", lambda small=small: small)
    path, start, unit, times = BOMBS[name]
    content = with_long_part(BY_HAND, path, _repeated(start, unit, times))
    said = bounded(KIND, lambda: read_expression_file(content, NAME), NAME, 200)
    assert "MB" in said or "damaged" in said or "more than" in said


def test_limits_hold_for_what_is_unpacked_and_for_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, limit, said in (
        ("workbook_parts", Limits(unpacked_mb=0), "unpacks to more than 0 MB"),
        ("workbook_cells", Limits(table_cells=22), "more than 11 cells"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(f"badger_core.data.{module}.limits", lambda limit=limit: limit)
            refused(KIND, lambda: read_expression_file(BY_HAND, NAME), NAME, said, "csv")
