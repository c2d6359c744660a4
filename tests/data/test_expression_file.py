"""Expression files of every kind are read to the same numbers, and their samples are chosen."""

import gzip

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csc_matrix, csr_matrix

from badger_core.data.expression_file import read_expression_file
from badger_core.data.expression_file_lines import choose_sample, lines_of_file
from badger_core.errors import ExpressionError
from tests.data.expression_files import FRAME, GCT2, GCT3, ROWS, h5ad, text_of, workbook


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
    assert table.warnings == ("Cells that are no numbers count as gaps (1): 'low' (line 3, a).",)


def test_texts_and_id_columns_are_names():
    table = read_expression_file(b"gene,entrez,chrom,a\nX,1,chr1,5\nY,2,chr2,6\n")
    assert set(table.row_names) == {"gene", "entrez", "chrom"}
    assert table.row_names["entrez"] == ["1", "2"]


def test_a_compressed_file_is_unpacked():
    check(read_expression_file(gzip.compress(text_of()), "x.csv.gz"))


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


@pytest.mark.parametrize("text", [GCT2, GCT3])
def test_gct_is_read(text):
    table = read_expression_file(text.encode(), "x.gct")
    check(table)
    assert table.form == f"GCT {text[1:4]}"


@pytest.mark.parametrize("form", [np.asarray, csr_matrix, csc_matrix])
def test_h5ad_is_read_dense_and_sparse(form):
    content = h5ad(form(FRAME.to_numpy().T), symbol=["A", "B", "C"])
    table = read_expression_file(content, "x.h5ad")
    assert table.values.tolist() == FRAME.to_numpy().T.tolist()
    assert table.column_names == {"header": FRAME.index.tolist(), "symbol": ["A", "B", "C"]}
    assert table.row_names == {"index": ["s1", "s2"], "cell": ["MCF7", ""]}


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
