"""Files as people have them: delimiters, encodings, headings, and what is no such file."""

import pytest

from badger_core.chem.file_text import decode
from badger_core.chem.table_file import Entry, read_file, read_text
from badger_core.errors import MoleculeError
from badger_core.limits import limits


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("heading", ["smiles", "SMILES", "Structure", "Canonical_SMILES", "InChI"])
def test_the_delimiter_and_the_column_are_found(delimiter, heading):
    text = delimiter.join(("Name", heading, "Dose")) + "\n" + delimiter.join(("a", "CCO", "1"))
    assert read_text(text) == ("table", (Entry(2, "a", "CCO"),), 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_found(encoding, end):
    data = f"name,smiles{end}né,CCO{end}".encode(encoding)
    assert read_file(data, "x.csv").rows == (Entry(2, "né", "CCO"),)


def test_a_row_without_smiles_has_its_inchi_and_one_without_both_is_empty():
    text = 'name,smiles,inchi\na,,"InChI=1S/CH4/h1H4"\nb,C,\nc,,\n\n'
    assert [row.structure for row in read_text(text).rows] == ["InChI=1S/CH4/h1H4", "C", ""]
    assert [row.number for row in read_text(text).rows] == [2, 3, 4]


def test_a_table_of_names_alone_gives_the_names():
    rows = read_text("drug\nvemurafenib\nacetylsalicylic acid\n").rows
    assert [row.structure for row in rows] == ["vemurafenib", "acetylsalicylic acid"]


@pytest.mark.parametrize(
    ("line", "structure", "name"),
    [
        ("CCO", "CCO", ""),
        ("CCO ethanol", "CCO ethanol", "ethanol"),
        ("CCO\tethyl alcohol", "CCO ethyl alcohol", "ethyl alcohol"),
        ("CCO,ethanol", "CCO", "ethanol"),
        ("InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3", "InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3", ""),
        ("1,12-Besm", "1,12-Besm", ""),
    ],
)
def test_lines_of_a_list(line, structure, name):
    assert read_text(line) == ("list", (Entry(1, name, structure),), 0)


def test_a_heading_before_a_list_is_no_structure():
    assert read_text("SMILES Name\nCCO ethanol").rows == (Entry(2, "ethanol", "CCO"),)


def test_an_sd_file_is_read_record_by_record(sd_file):
    found = read_file(sd_file.encode(), "x.sdf")
    assert found.form == "SD file"
    assert [(row.number, row.name) for row in found.rows] == [
        (1, "aspirin"),
        (2, "broken"),
        (3, "imatinib"),
    ]


def test_rows_beyond_the_limit_are_counted():
    most = limits().structure_rows
    text = "smiles\n" + "C\n" * (most + 3)
    found = read_text(text)
    assert (len(found.rows), found.left_out) == (most, 3)
    found = read_file(text.encode(), "a.csv", most=None)
    assert (len(found.rows), found.left_out) == (most + 3, 0)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.csv", "is empty"),
        (b" \n ", "a.csv", "is empty"),
        (b"PK\x03\x04rest", "a.xlsx", "Save the sheet as CSV"),
        (b"%PDF-1.7", "a.pdf", "is a PDF"),
        (b"\x89PNG\r\n", "a.png", "is a picture"),
        (b"ab\x00\x01", "a.csv", "is binary"),
        (b"hello", "a.sdf", "does not look like a MOL or SD file"),
        (b"a,b\n1,2\n", "a.csv", "has no column of structures"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(data, name, said):
    with pytest.raises(MoleculeError, match=said) as caught:
        read_file(data, name)
    assert f"'{name}'" in str(caught.value)


@pytest.fixture
def one_mb(monkeypatch):
    """Files of 1 MB at most."""
    monkeypatch.setenv("BADGER_MAX_STRUCTURE_MB", "1")
    limits.cache_clear()
    yield
    limits.cache_clear()


@pytest.mark.usefixtures("one_mb")
def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(MoleculeError, match=r"'a.smi' has 1.5 MB; at most 1 MB .*Split it"):
        decode(b"C" * 1024 * 1536, "a.smi")
