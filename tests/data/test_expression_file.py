"""Files of every kind are read to the same numbers; broken ones get a sentence, never more."""

import gzip
import io
import zipfile

import h5py
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import Workbook
from scipy.sparse import csc_matrix, csr_matrix

from badger_core.data import expression_file, expression_file_h5ad
from badger_core.data.expression_file import read_expression_file
from badger_core.data.expression_file_lines import choose_sample, lines_of_file
from badger_core.errors import ExpressionError

FRAME = pd.DataFrame(
    {"s1": [5.25, 6.5, 0.125], "s2": [7.75, 1.5, 2.0]}, index=["TP53", "FOS", "JUN"]
)


def text_of(frame=FRAME, **more):
    return frame.to_csv(**more).encode()


def check(table):
    assert table.values.tolist() == FRAME.to_numpy().tolist()
    assert table.column_names["header"] == ["s1", "s2"]
    assert FRAME.index.tolist() in table.row_names.values()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiter_and_encoding_are_found_out(delimiter, encoding):
    content = FRAME.to_csv(sep=delimiter).encode(encoding)
    table = read_expression_file(content, "x")
    check(table)
    assert table.form == ("TSV" if delimiter == "\t" else "CSV")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_decimal_commas_are_found_out(delimiter):
    table = read_expression_file(FRAME.to_csv(sep=delimiter, decimal=",").encode())
    check(table)
    assert "decimal commas" in table.details


def test_decimal_commas_of_three_places_are_told_from_thousands():
    formatted = read_expression_file(b"g;a\nX;5,125\nY;6,250\n")
    assert formatted.values[:, 0].tolist() == [5.125, 6.25]
    counts = read_expression_file(b"g;a\nX;5,125\nY;6,250\nZ;17\n")
    assert counts.values[:, 0].tolist() == [5125, 6250, 17]
    assert "commas between thousands" in counts.details


@pytest.mark.parametrize(
    "content",
    [
        b"# made by a program\n# on a day\n" + text_of(),
        b"Table S1, expression of genes\n" + text_of(sep="\t"),
        text_of().replace(b"\n", b"\r\n"),
        text_of().replace(b"\n", b"\r"),
        b"\n\n" + text_of().replace(b"\n", b"\n\n"),
        text_of(quoting=1),
        FRAME.to_csv(sep=" ").encode(),
        b"s1 s2\nTP53 5.25 7.75\nFOS 6.5 1.5\nJUN 0.125 2\n",  # as R writes it
        b"TP53,5.25,7.75\nFOS,6.5,1.5\nJUN,.125,2\n",  # no header
    ],
)
def test_what_programs_put_around_a_table_does_not_matter(content):
    table = read_expression_file(content, "x")
    assert table.values.tolist() == FRAME.to_numpy().tolist()
    assert FRAME.index.tolist() in table.row_names.values()


def test_gaps_and_odd_cells_are_told():
    table = read_expression_file(b"g,a,b\nX,1,NA\nY,low,2\nZ,3,\n")
    assert np.isnan(table.values).tolist() == [[False, True], [True, False], [False, True]]
    assert "1 cells among the numbers" in table.warnings[0]
    assert "'low'" in table.warnings[0]


def test_texts_and_id_columns_are_names():
    table = read_expression_file(b"gene,entrez,chrom,a\nX,1,chr1,5\nY,2,chr2,6\n")
    assert set(table.row_names) == {"gene", "entrez", "chrom"}
    assert table.row_names["entrez"] == ["1", "2"]


def test_a_compressed_file_is_unpacked():
    check(read_expression_file(gzip.compress(text_of()), "x.csv.gz"))


def workbook(rows, title="data", first=None):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    if first is not None:
        sheet.title = "first"
        sheet.append(first)
        sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


ROWS = [["gene", "s1", "s2"], ["TP53", 5.25, 7.75], ["FOS", 6.5, 1.5], ["JUN", 0.125, 2]]


def test_a_workbook_is_read_from_its_first_or_a_named_sheet():
    check(read_expression_file(workbook(ROWS), "x.xlsx"))
    check(read_expression_file(workbook([["A title"], [], *ROWS]), "x.xlsx"))
    two = workbook(ROWS, "numbers", first=["notes"])
    check(read_expression_file(two, "x.xlsx", "numbers"))
    with pytest.raises(ExpressionError, match=r"no sheet 'other'\. Its sheets are: first, numbers"):
        read_expression_file(two, "x.xlsx", "other")


def test_a_date_in_a_workbook_reads_as_excel_shows_it():
    rows = [["gene", "s1"], [pd.Timestamp(2024, 9, 2).to_pydatetime(), 1.5], ["FOS", 2.5]]
    table = read_expression_file(workbook(rows), "x.xlsx")
    assert table.row_names["gene"] == ["2-Sep", "FOS"]


GCT2 = (
    "#1.2\n3\t2\nName\tDescription\ts1\ts2\n"
    "TP53\ta\t5.25\t7.75\nFOS\tb\t6.5\t1.5\nJUN\tc\t.125\t2\n"
)
GCT3 = (
    "#1.3\n3\t2\t1\t1\nid\tsymbol\ts1\ts2\ncell\tna\tA375\tMCF7\n"
    "1\tTP53\t5.25\t7.75\n2\tFOS\t6.5\t1.5\n3\tJUN\t.125\t2\n"
)


@pytest.mark.parametrize("text", [GCT2, GCT3])
def test_gct_is_read(text):
    table = read_expression_file(text.encode(), "x.gct")
    check(table)
    assert table.form == f"GCT {text[1:4]}"


def h5ad(x, titles=("TP53", "FOS", "JUN"), **columns):
    file = io.BytesIO()
    with h5py.File(file, "w") as out:
        if isinstance(x, np.ndarray):
            out["X"] = x
        else:
            group = out.create_group("X")
            group.attrs["encoding-type"] = f"{x.format}_matrix"
            for part in ("data", "indices", "indptr"):
                group[part] = getattr(x, part)
        for name, texts in (("obs", ["s1", "s2"]), ("var", list(titles))):
            group = out.create_group(name)
            group.attrs["_index"] = "names"
            group["names"] = np.array(texts, dtype=h5py.string_dtype())
        for title, texts in columns.items():
            out["var"][title] = np.array(texts, dtype=h5py.string_dtype())
        kind = out["obs"].create_group("cell")
        kind["categories"] = np.array(["A375", "MCF7"], dtype=h5py.string_dtype())
        kind["codes"] = np.array([1, -1])
    return file.getvalue()


@pytest.mark.parametrize("form", [np.asarray, csr_matrix, csc_matrix])
def test_h5ad_is_read_dense_and_sparse(form):
    content = h5ad(form(FRAME.to_numpy().T), symbol=["A", "B", "C"])
    table = read_expression_file(content, "x.h5ad")
    assert table.values.tolist() == FRAME.to_numpy().T.tolist()
    assert table.column_names == {"header": FRAME.index.tolist(), "symbol": ["A", "B", "C"]}
    assert table.row_names == {"index": ["s1", "s2"], "cell": ["MCF7", ""]}


def test_a_huge_h5ad_is_refused(monkeypatch):
    monkeypatch.setattr(expression_file_h5ad, "MOST_NUMBERS", 5)
    with pytest.raises(ExpressionError, match="pseudobulk"):
        read_expression_file(h5ad(FRAME.to_numpy().T), "x.h5ad")


def test_a_file_that_is_too_large_is_refused(monkeypatch, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(text_of())
    monkeypatch.setattr(expression_file, "MOST_BYTES", 10)
    for content in (text_of(), path):
        with pytest.raises(ExpressionError, match="gzip"):
            read_expression_file(content)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(expression_file, "MOST_UNPACKED", 1000)
    with pytest.raises(ExpressionError, match="unpacks to more"):
        read_expression_file(gzip.compress(b"0" * 5000), "x.csv.gz")
    with pytest.raises(ExpressionError, match="unpacks to more"):
        read_expression_file(workbook(ROWS), "x.xlsx")


def archive(name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        out.writestr(name, "x")
    return file.getvalue()


def other_hdf5():
    file = io.BytesIO()
    with h5py.File(file, "w") as out:
        out["data"] = [1, 2]
    return file.getvalue()


GOOD = "\n".join(f"G{i},{i}.5" for i in range(30))
BROKEN = {
    "empty": b"",
    "blank": b" \n\n \t\n",
    "binary as text": bytes(range(256)) * 20,
    "binary with an end of text": b"\x80\x81\x9f" * 400,
    "pdf": b"%PDF-1.7 ...",
    "png": b"\x89PNG\r\n\x1a\n....",
    "old excel": b"\xd0\xcf\x11\xe0" + bytes(100),
    "archive": archive("readme.txt"),
    "damaged archive": archive("xl/workbook.xml")[:-30],
    "no workbook inside": archive("xl/workbook.xml"),
    "damaged workbook": workbook(ROWS)[:-400],
    "empty workbook": workbook([]),
    "damaged gzip": gzip.compress(text_of())[:-12],
    "gzip of nothing": gzip.compress(b""),
    "other hdf5": other_hdf5(),
    "cut hdf5": h5ad(FRAME.to_numpy().T)[:900],
    "one column": b"gene\nTP53\nFOS\n",
    "header only": b"gene,s1,s2\n",
    "no numbers": b"gene,s1\nTP53,high\nFOS,low\n",
    "prose": b"Dear all,\nplease find attached\nthe table, as promised.\n",
    "wrong delimiter": b"gene:s1:s2\nTP53:5:6\nFOS:6:7\n",
    "ragged": (GOOD + "\n" + "\n".join(["a,1,2,3", "b,2"] * 20)).encode(),
    "wide line late": ("g,s\n" + "X,1.5\n" * 400 + "X,1,2,3\n").encode(),
    "open quote": b'gene,s1\n"TP53,5\nFOS,6\n' + b"X,1\n" * 300,
    "latin-1, no genes": "Gen,Probe\nÄpfel,5\nBirnen,6\n".encode("latin-1"),
    "one row": b"gene,s1\nTP53,5\n",
    "gct cut in rows": GCT2[:-12].encode(),
    "gct without rows": b"#1.2\n3\t2\nName\tDescription\ts1\ts2\n",
    "gct of one line": b"#1.3\n",
    "gct without sizes": b"#1.3\nabc\nid\ts1\n",
    "gct with few fields": GCT3.replace("FOS\t6.5", "FOS").encode(),
    "gct of nothing": b"#1.2\n0\t0\nName\tDescription\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gets_a_sentence_that_says_what_to_do(bundle, name):
    with pytest.raises(ExpressionError) as error:
        lines_of_file(BROKEN[name], bundle, "broken.csv")
    assert "broken.csv" in str(error.value) or "landmark" in str(error.value)
    assert len(str(error.value)) > 50
    assert str(error.value).rstrip().endswith((".", ":"))


def whole(bundle, change=None, **more):
    """A file with the profile of one line, changed before it is written."""
    frame = pd.DataFrame({"s": bundle.cells.basal("MCF7")}, index=bundle.genes.symbols)
    frame = frame if change is None else change(frame)
    return frame.to_csv(**more).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f * np.nan, "no number for any landmark"),
        (lambda f: f.mask(f < 5, -np.inf), "add a small number before the logarithm"),
        (lambda f: f * 0 + 3, "all values are equal"),
        (lambda f: f.head(1), "1 of 978 landmark genes"),
        (lambda f: f.round(0) // 8, "different values"),
    ],
)
def test_a_whole_file_without_a_fit_sample_says_why(bundle, change, said):
    with pytest.raises(ExpressionError, match="No sample") as error:
        lines_of_file(whole(bundle, change), bundle, "x.csv")
    assert said in str(error.value)


def test_odd_but_whole_files_give_the_same_profile(bundle):
    expected = lines_of_file(whole(bundle), bundle).lines[0].basal
    for content in (
        whole(bundle, lambda f: f.T),
        whole(bundle, lambda f: pd.concat([f, f])),
        whole(bundle, sep=";", decimal=","),
        whole(bundle, lambda f: f.assign(Städte="ä")).decode().encode("latin-1"),
        whole(bundle, lambda f: f.sample(frac=1, random_state=1)),
    ):
        found = lines_of_file(content, bundle).lines[0].basal
        assert found == pytest.approx(expected, nan_ok=True)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.binary(max_size=300))
def test_no_bytes_bring_down_the_reader(bundle, content):
    with pytest.raises(ExpressionError):
        lines_of_file(content, bundle, "x")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    some.lists(some.lists(some.text(max_size=6), max_size=4), max_size=6), some.sampled_from(",;\t")
)
def test_no_text_brings_down_the_reader(bundle, rows, delimiter):
    content = "\n".join(delimiter.join(row) for row in rows).encode("utf-8", "ignore")
    with pytest.raises(ExpressionError):
        lines_of_file(content, bundle, "x")


@pytest.mark.parametrize("make", ["workbook", "gct.gz", "h5ad"])
def test_a_damaged_byte_is_survived(bundle, make):
    content = {
        "workbook": workbook(ROWS),
        "gct.gz": gzip.compress(GCT3.encode()),
        # Its head only: damage in its heap of texts can keep the HDF5 library busy for ever.
        "h5ad": h5ad(FRAME.to_numpy().T),
    }[make]
    end = 96 if make == "h5ad" else len(content)
    for at in range(0, end, max(1, end // 30)):
        broken = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        with pytest.raises(ExpressionError):  # three genes are too few at best
            lines_of_file(broken, bundle, "x")


def test_a_sample_is_chosen_by_name(bundle):
    frame = pd.DataFrame({"one": bundle.cells.basal("MCF7"), "Two b": bundle.cells.basal("A549")})
    frame.index = bundle.genes.symbols
    found = lines_of_file(frame.assign(flat=1).to_csv().encode(), bundle, "x.csv")
    assert choose_sample(found, "two-b").display_name == "Two b"
    for sample, said in (
        (None, "has 2 samples: one, Two b. Name one by --sample"),
        ("on", "Did you mean one"),
        ("flat", "was refused: all values are equal"),
        ("zzzzzz", "It has one, Two b"),
    ):
        with pytest.raises(ExpressionError) as error:
            choose_sample(found, sample)
        assert said in str(error.value)


def test_a_missing_header_line_is_told():
    table = read_expression_file(b"TP53,5.25,7.75\nFOS,6.5,1.5\n", "x.csv")
    assert any("no header line was found" in detail for detail in table.details)
    assert list(table.row_names) == ["the first column"]
    assert table.column_names["header"] == ["column 2", "column 3"]
    headed = read_expression_file(text_of(), "x.csv")
    assert not any("no header" in detail for detail in headed.details)
