"""Tables and lists of structures as people damage them: same answer, or file, row and remedy."""

import gzip
import unicodedata
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badger_core.chem.batch import batch_table, check
from badger_core.chem.table_file import Entries, read_file
from badger_core.limits import limits
from tests.hostile import structures
from tests.hostile.test_structures_mol import NOTHING_KNOWN
from tests.hostile.trial import attempt, bounded, check_message, made_up, refused

ROWS = (("aspirin", structures.GOOD[0]), ("café", "CCO"), ("choline", "C[N+](C)(C)CCO"))
TABLE = "name,smiles\n" + "".join(f"{name},{smiles}\n" for name, smiles in ROWS)


def read(data: bytes, name: str = "mine.csv") -> Entries:
    return attempt("structure table", lambda: read_file(data, name), name)


def rows_of(text: str) -> list:
    return check(read(text.encode()).rows, NOTHING_KNOWN)


def zipped() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", TABLE)
    return buffer.getvalue()


@made_up
@given(structures.damaged_lines(st.just(TABLE)), st.sampled_from(["a.csv", "a.smi", "a.txt", "a"]))
def test_a_damaged_table_is_read_row_by_row(text, name):
    found = attempt("structure table", lambda: read_file(text.encode(), name), name)
    if isinstance(found, Entries):
        for row in check(found.rows, NOTHING_KNOWN):
            assert (row.molecule is None) == bool(row.problem)
            if row.problem:
                check_message(row.problem)
        assert len(batch_table(check(found.rows, NOTHING_KNOWN))) == len(found.rows)


@made_up
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.sdf", "a.smi"]))
def test_any_bytes(data, name):
    attempt("structure table, bytes", lambda: read_file(data, name), name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_line_end_and_delimiter_change_nothing(encoding, end, delimiter):
    text = TABLE.replace(",", delimiter).replace("\n", end)
    found = read(text.encode(encoding)).rows
    assert [(row.name, row.structure) for row in found] == list(ROWS)
    assert [row.number for row in found] == [2, 3, 4]


def test_lines_in_two_encodings_are_both_read():
    data = "name,smiles\ncafé,CCO\n".encode() + "tränk…,CCN\n".encode("cp1252")
    assert [row.name for row in read(data).rows] == ["café", "tränk…"]


def test_blank_lines_do_not_shift_the_numbers_of_rows():
    found = read(b"\n \nname,smiles\n\n\na,CCO\n,,\nb,C1CC\n").rows
    assert [(row.number, row.structure) for row in found] == [(6, "CCO"), (8, "C1CC")]


def test_an_unclosed_quotation_mark_spoils_its_own_row_alone():
    rows = rows_of('name,smiles\n"open,CCO\nb,CCN\nc,CCC\n')
    assert [(row.number, row.molecule is not None) for row in rows] == [
        (2, False),
        (3, True),
        (4, True),
    ]
    assert "not closed" in rows[0].problem
    rows = rows_of('name,smiles\n"open,CCO\nb,CCN\nshut",CCC\nd,CCCC\n')
    assert [row.number for row in rows if row.molecule is not None] == [3, 4, 5]


def test_a_cell_over_several_lines_is_one_row():
    found = read(b'name,smiles\n"two\nlines",CCO\nb,CCN\n').rows
    assert [(row.number, row.name) for row in found] == [(2, "two lines"), (4, "b")]


def test_a_cell_longer_than_the_csv_reader_takes_is_a_bad_row():
    rows = rows_of(f'name,smiles\na,"{"C" * 200_000}"\nb,CCO\n')
    assert [row.molecule is not None for row in rows] == [False, True]
    assert "no column of structures" in refused(
        "structure table", lambda: read_file(b"," * 200_000 + b"x", "mine.csv"), "mine.csv"
    )


def test_a_delimiter_inside_a_name_moves_no_structure():
    rows = rows_of("name,smiles\nvitamin B,C,CCO\nb,CCN\nc,CCC,,\n")
    assert "3 cells and the heading 2" in rows[0].problem
    assert [row.molecule is not None for row in rows] == [False, True, True]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\xff\xfe", "is empty"),
        (zipped(), "ZIP"),
        (gzip.compress(TABLE.encode()), "gzip"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"VjCD0100", "ChemDraw"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"\x89HDF\r\n\x1a\n", "HDF5"),
        (b"BZh91AY", "bzip2"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"{\\rtf1 CCO}", "RTF"),
        (TABLE.encode("utf-16-le"), "binary"),
        (TABLE.encode("utf-16")[:-1], "cut short at byte"),
        (bytes(range(256)) * 20, "binary"),
        (b'smiles,"name\nCCO,a\n', "line 1: A quotation mark"),
        (b"dose,time\n1,2\n", "no column of structures"),
        (b"C" * (limits().structure_mb * 1024**2 + 1), "at most 20 MB are read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_named(data, said):
    refused("structure table", lambda: read_file(data, "mine.csv"), "mine.csv", said)


def test_one_character_of_control_spoils_its_own_row_alone():
    rows = rows_of(TABLE + "x,C\x00C\n" + "y,CCN\n" * 20)
    assert [row.number for row in rows if row.molecule is None] == [5]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "<b onload=x>", "\u202eeman", "n" * 99_000])
def test_names_are_kept_as_texts(name):
    found = read(f"name\tsmiles\n{name}\tCCO\n".encode()).rows
    assert found[0].structure == "CCO"
    assert len(found[0].name) <= 60
    assert "\u202e" not in found[0].name


@pytest.mark.parametrize("file", ["mine.csv", "mine.txt"])
def test_a_name_that_speaks_of_mol_blocks_makes_none(file):
    found = read(b"name,smiles\nbatch M  V2000 end,CCO\nV3000,CCN\n", file)
    assert (found.form, [row.structure for row in found.rows]) == ("table", ["CCO", "CCN"])


@pytest.mark.parametrize("sign", ["\u0421", "\u039f", "\u2212"])
def test_a_sign_that_looks_like_another_is_named(sign):
    [row] = rows_of(f"smiles\n{sign}C(=O)O\n")
    assert row.molecule is None
    assert unicodedata.name(sign).lower() in row.problem


def test_a_million_rows_are_counted_in_bounded_memory():
    for text in ("C\n" * 1_000_000, "smiles\n" + "CCO\n" * 1_000_000):
        data = text.encode()

        def most(data: bytes = data) -> None:
            found = read_file(data, "mine.smi")
            assert len(found.rows) == limits().structure_rows
            assert found.left_out == 1_000_000 - limits().structure_rows

        assert bounded("a million rows", most, "mine.smi", 100) == "read"


def test_rows_that_take_too_long_are_told():
    entries = read(TABLE.encode()).rows
    rows = check(entries, NOTHING_KNOWN, seconds=-1)
    assert all("Not read: the rows before took more than" in row.problem for row in rows)
    assert [row.number for row in rows] == [2, 3, 4]
