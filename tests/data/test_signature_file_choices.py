"""What can be chosen in a signature file."""

import io

import pytest
from openpyxl import Workbook

from badger_core.data.signature_file import SignatureFile
from badger_core.data.signature_file_choices import Choices, choices

TABLE = b"gene,baseMean,stat,remark\nTP53,10,2.5,x\nEGFR,20,-1.5,y\nMYC,5,0.5,z\n"


def workbook() -> bytes:
    book = Workbook()
    book.active.title = "first"
    for title in ("first", "second"):
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        for row in (("gene", f"{title} a", "b"), ("TP53", 1.5, 2), ("EGFR", -1, 3)):
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_the_columns_of_numbers_of_a_table():
    assert choices([SignatureFile(TABLE, "t.csv")]) == Choices(("baseMean", "stat"), ())


def test_the_sheets_of_a_workbook_and_the_columns_of_one():
    file = SignatureFile(workbook(), "w.xlsx")
    assert choices([file]) == Choices(("first a", "b"), ("first", "second"))
    assert choices([file], "second").columns == ("second a", "b")


def test_the_signatures_of_a_gmt():
    text = b"one_UP\tx\tTP53\none_DN\tx\tEGFR\ntwo_UP\tx\tMYC\ntwo_DN\tx\tKRAS\n"
    assert choices([SignatureFile(text, "s.gmt")]).columns == ("one", "two")


@pytest.mark.parametrize(("name", "content"), [("a.csv", b""), ("a.gmt", b"x\n"), ("a.rnk", b"")])
def test_what_cannot_be_read_offers_nothing(name, content):
    assert choices([SignatureFile(content, name)]) == Choices((), ())
