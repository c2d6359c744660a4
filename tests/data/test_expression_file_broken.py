"""Broken, odd and huge expression files get a sentence that says what to do, never more."""

import gzip
import io
import zipfile
from dataclasses import replace

import h5py
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from badger_core.data import expression_file_h5ad
from badger_core.data.expression_file import read_expression_file
from badger_core.data.expression_file_lines import lines_of_file
from badger_core.errors import ExpressionError
from badger_core.limits import limits
from tests.data.expression_files import FRAME, GCT2, GCT3, ROWS, h5ad, text_of, workbook


def test_a_huge_h5ad_is_refused(monkeypatch):
    own = replace(limits(), profile_numbers=5)
    monkeypatch.setattr(expression_file_h5ad, "limits", lambda: own)
    with pytest.raises(ExpressionError, match="pseudobulk"):
        read_expression_file(h5ad(FRAME.to_numpy().T), "x.h5ad")


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
