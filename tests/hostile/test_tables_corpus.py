"""Expression files as people sent them: read right, told of, or refused with a remedy."""

import gzip
import os

import numpy as np
import pandas as pd
import pytest

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.bundle import Bundle
from badger_core.data.expression_file import read_expression_file
from badger_core.data.expression_file_lines import lines_of_file
from badger_core.errors import BadgerError
from badger_core.limits import Limits
from tests.hostile.trial import MANY, attempt, bounded, refused

CSV, GCT = "expression CSV", "expression GCT"


def read(content: bytes) -> ExpressionTable | BadgerError:
    return attempt(CSV, lambda: read_expression_file(content, "mine.csv"), "mine.csv")


def rows(*lines: str) -> bytes:
    return "\n".join(lines).encode() + b"\n"


SAME = [[5.25, 7.5], [6.5, 1.5]]
SAID = {
    "dots between thousands": (
        rows("g\ta", "X\t1.234.567", "Y\t12.500"),
        [[1234567], [12500]],
        "points between",
    ),
    "German thousands": (
        rows("g;a", "X;1.234,5", "Y;2.000"),
        [[1234.5], [2000]],
        "points between thousands",
    ),
    "English thousands": (
        rows("g;a", "X;1,234.5", "Y;2,000"),
        [[1234.5], [2000]],
        "commas between thousands",
    ),
    "commas and a point": (
        rows("g;a", "X;1,234", "Y;5.5"),
        [[1234], [5.5]],
        "commas between thousands",
    ),
    "Swiss thousands": (rows("g;a", "X;1'234.5", "Y;2"), [[1234.5], [2]], ""),
    "three digits": (rows("g;a", "X;1,234", "Y;5,500"), [[1.234], [5.5]], "could be otherwise"),
    "three digits, ids beside": (
        rows("g;entrez;a", "X;17;1,234", "Y;18;5,500"),
        [[17, 1.234], [18, 5.5]],
        "could be otherwise",
    ),
    "both signs": (
        rows("g;a", "X;0,5", "Y;5.5", "Z;2"),
        [[0.5], [5.5], [2]],
        "written in two ways",
    ),
    "a group by itself": (
        rows("g;a", "X;812,5", "Y;1.234"),
        [[812.5], [1.234]],
        "written in two ways",
    ),
    "a comment with commas": (rows("# by x, y", "g,a", "X,5", "Y,6"), [[5], [6]], ""),
    "a header with #": (rows("#g,a", "X,5", "Y,6"), [[5], [6]], ""),
    "no header": (rows("IDH1,5.25,7.5", "ID3,6.5,1.5"), SAME, "no header line"),
    "no header, 25 samples": (
        rows("TP53" + ",5.25" * 25, "FOS" + ",6" * 25),
        [[5.25] * 25, [6] * 25],
        "no header line",
    ),
    "header of doses": (rows("gene,0.5,1.0", "X,5.25,7.5", "Y,6.5,1.5"), SAME, ""),
    "begins as a picture": (rows("BMP4,5.25,7.5", "FOS,6.5,1.5"), SAME, "no header line"),
    "an end too many": (rows("gene,a,b,", "X,5.25,7.5", "Y,6.5,1.5"), SAME, ""),
    "notes at the end": (rows("gene,a,b,", "X,5.25,7.5,ok", "Y,6.5,1.5,low"), SAME, ""),
    "as R writes it": (rows("a\tb", "X\t5.25\t7.5", "Y\t6.5\t1.5"), SAME, ""),
    "numbers first": (rows("a,gene,b", "5.25,X,7.5", "6.5,Y,1.5"), SAME, ""),
    "two columns of a name": (rows("gene,b,a,b", "X,low,5.25,7.5", "Y,high,6.5,1.5"), SAME, ""),
    "lines cut": (
        rows("gene,a,b", "X,5.25", *["Y,6.5,1.5"] * 12),
        [[5.25, np.nan], *[[6.5, 1.5]] * 12],
        "(1, the first: line 2)",
    ),
    "the end cut": (b"gene,a\nX,5.25\nY,6.", [[5.25], [6]], "cut off"),
    "a sample of words": (
        rows("g,a,b", "X,5,1", "Y,6,low", "Z,7,low"),
        [[5], [6], [7]],
        "the columns 'b'",
    ),
    "errors": (rows("g,a", "X,5", "Y,#REF!", "Z,7"), [[5], [np.nan], [7]], "'#REF!' (line 3, a)"),
    "infinite": (
        rows("g,a", "X,5", "Y,-inf"),
        [[5], [-np.inf]],
        "infinite values (1): '-inf' (line 3, a)",
    ),
    "lines within quotes": (
        rows("g,a", '"X', 'y",5', "Z,7"),
        [[5], [7]],
        "1 rows run over several lines",
    ),
    "two encodings": (
        "g,ä\nX,5\n".encode() + b"Caf\xe9,6\n",
        [[5], [6]],
        "UTF-8 and Windows-1252 mixed",
    ),
    "Windows": ("g,a–€\nX,5\nY,6\n".encode("cp1252"), [[5], [6]], "read as Windows-1252"),
    "a header again": (rows("g,a", "X,5", "g,a", "Y,6"), [[5], [np.nan], [6]], "'a' (line 3, a)"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_could_be_misread_is_read_right_or_told(name: str) -> None:
    content, values, said = SAID[name]
    found = read(content)
    assert isinstance(found, ExpressionTable), found
    np.testing.assert_array_equal(found.values, values)
    told = " ".join((*found.details, *found.warnings))
    assert said in told
    assert said or not found.warnings


REFUSED = {
    "empty": (b"", "is empty", "Export"),
    "header": (rows("gene,a,b"), "one line only", "one row per gene"),
    "one column": (rows("TP53", "FOS", "JUN"), "no columns", "commas, tabs or semicolons"),
    "decimal commas between commas": (
        rows("gene,a", "X,5,25", "Y,7,75"),
        "Line 2",
        "semicolons or tabs",
    ),
    "the same without a title": (rows(",a", "X,5,25", "Y,7,75"), "Line 2", "semicolons or tabs"),
    "a comma in a name": (
        rows("g,a", *["X,1"] * 300, "Y, or so,5"),
        "Line 302",
        "3 fields",
        "has 2",
    ),
    "an open quote": (rows("g,a", '"X,1', *["Y,1"] * 300), "Line 2", "never closed", "Remove it"),
    "an open quote at the end": (
        rows("g,a", *["Y,1"] * 300, '"X,1', "Z,2"),
        "line 302",
        "never closed",
    ),
    "one long line": (
        b"1," * 300_000 + b"1\n2,3\n",
        "Line 1",
        "200,000 fields",
        "where the lines end",
    ),
    "prose": (
        rows("Dear all,", "please find attached", "the table, as promised."),
        "no rows under it",
    ),
    "json": (b'{"TP53": 5}', "one line"),
    "utf-16 without mark": ("gene,a\nX,5\n".encode("utf-16-le"), "no text", "Save it as CSV"),
    "packed twice": (gzip.compress(gzip.compress(b"g,a\nX,5\n")), "compressed twice", "Unpack it"),
    "half of a gzip": (gzip.compress(b"g,a\nX,5\n" * 99)[:-6], "damaged", "Compress it again"),
    "words": (rows("g,a", "X,low", "Y,high"), "no column of numbers", "delimiter"),
    "two ways": (rows("g;a", "X;1,234.5", "Y;5,1"), "no column of numbers", "written in two ways"),
    "gct of other size": (b"#1.2\n9\t1\nid\tD\ta\nX\t\t5\n", "announces 9 rows and holds 1"),
    "gct of great claims": (b"#1.2\n999999999\t999999999\nid\tD\ta\n", "than a file of its size"),
    "gct with a text": (
        b"#1.2\n2\t1\nid\tD\ta\n\nX\t\t5\nY\t\t5,5\n",
        "Line 6",
        "'5,5'",
        "decimal point",
    ),
    "gct without size": (b"#1.3\nabc\n", "second line", "4 whole numbers"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_says_where_and_what_to_do(name: str) -> None:
    content, *says = REFUSED[name]
    file = "mine.gct" if name.startswith("gct") else "mine.csv"
    kind = GCT if file.endswith("gct") else CSV
    refused(kind, lambda: read_expression_file(content, file), file, *says)


def profile(bundle: Bundle) -> pd.DataFrame:
    values = bundle.cells.basal("MCF7", "NCI-60 microarray")
    return pd.DataFrame({"s": values}, index=bundle.genes.symbols).dropna()


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.T.to_csv(index=False),
        lambda f: pd.concat([f, f]).to_csv(),
        lambda f: f.to_csv(header=False),
        lambda f: f.rename(index={"PRKCD": "44317"}).to_csv(),
        lambda f: f.rename(index=lambda gene: f" {gene}\ufeff").to_csv(),
        lambda f: f.astype(np.float64).mul(2).to_csv(sep=";", decimal=","),
    ],
)
def test_a_whole_profile_keeps_its_order(bundle: Bundle, change: object) -> None:
    frame = profile(bundle)
    expected = lines_of_file(frame.to_csv().encode(), bundle, "mine.csv").lines[0].basal
    found = attempt(CSV, lambda: lines_of_file(change(frame).encode(), bundle, "mine.csv"))
    np.testing.assert_array_equal(*(np.argsort(x) for x in (found.lines[0].basal, expected)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f * np.nan, ["no number for any landmark", "decimal signs"]),
        (lambda f: f.astype(float) * 1e39, ["infinite values (or beyond 1e38)", "logarithm"]),
        (lambda f: f.mask(f < 6, -np.inf), ["infinite", "'-inf' (line", "add a small number"]),
        (lambda f: f * 0, ["no value above 0"]),
        (lambda f: f.head(1), ["1 of 978 landmark genes", "whole profile"]),
        (lambda f: pd.concat([f] * 201, axis=1), ["201 samples, and 200 are read", "average"]),
        (lambda f: f.set_axis([f"X{at}" for at in range(len(f))]), ["None of the 978", "'X0'"]),
        (lambda f: f.set_axis(["pvalue"], axis=1), ["results of a test", "expression of each"]),
    ],
)
def test_a_whole_file_without_a_fit_sample(bundle: Bundle, change: object, says: list) -> None:
    content = change(profile(bundle)).to_csv().encode()
    refused(CSV, lambda: lines_of_file(content, bundle, "mine.csv"), "mine.csv", *says)


def test_doubled_samples_and_differences_are_told(bundle: Bundle) -> None:
    frame = profile(bundle)
    frame = pd.concat([frame, frame * 2, frame - frame.mean(), frame], axis=1)
    frame.columns = ["s", "s", "d", "s (2)"]
    found = lines_of_file(frame.to_csv().encode(), bundle, "mine.csv")
    assert [line.display_name for line in found.lines] == ["s", "s (3)", "d", "s (2)"]
    said = " ".join(found.report.sentences())
    assert "Several samples have the same name ('s')" in said
    assert "(d) have many values below 0" in said


def test_limits_of_bytes_and_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    content = rows("g,a", *["X,1.5"] * 200_000)
    packed = gzip.compress(content)
    for module, limit, put, says in (
        ("expression_file", Limits(upload_mb=1), content, ["1 MB are read", "gzip"]),
        ("expression_file", Limits(unpacked_mb=1), packed, ["unpacks to more than 1 MB"]),
        ("expression_file_text", Limits(table_cells=100), content, ["100 fields (line 51)"]),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(f"badger_core.data.{module}.limits", lambda limit=limit: limit)
            refused(CSV, lambda put=put: read_expression_file(put, "mine.csv"), "mine.csv", *says)


MANY_ROWS = 1_000_000 if MANY in os.environ else 100_000
BIG = {
    "many rows": lambda: rows("g,a,b", *(f"GENE{at},{at},1.5" for at in range(MANY_ROWS))),
    "a gzip bomb": lambda: gzip.compress(bytes(400 * 1024**2), 1),
    "lines of nothing": lambda: rows("g,a") + b",\n" * 20_000_000,
    "one cell": lambda: b"g," + b"a" * 50_000_000 + b"\nb,c\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BIG)
def test_big_files_end_in_time_and_memory(bundle: Bundle, name: str) -> None:
    content = BIG[name]()
    said = bounded(CSV, lambda: lines_of_file(content, bundle, "mine.csv"), "mine.csv", 900)
    assert said != "read"
