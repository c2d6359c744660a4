"""GCT 1.2 and 1.3: what is written is read back with its types; what is damaged is said."""

import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from badger_core.data.gct_file import read_gct
from badger_core.data.matrix import Matrix
from badger_core.errors import MatrixFileError, SettingError
from badger_core.export.gct import gct, gct_1_2
from tests.data.matrices import assert_same, example, matrices


def _values(matrix: Matrix) -> pd.DataFrame:
    return pd.DataFrame(matrix.values, matrix.rows.index, matrix.columns.index)


def _write(matrix: Matrix) -> bytes:
    return gct(_values(matrix), matrix.rows, matrix.columns).encode()


@settings(max_examples=60, deadline=None)
@given(matrix=matrices())
def test_what_is_written_is_read_back(matrix: Matrix) -> None:
    squeezed = matrix._replace(
        rows=_squeezed(matrix.rows), columns=_squeezed(matrix.columns)
    )  # a cell of a text file keeps single spaces only
    if all(frame.index.is_unique and frame.columns.is_unique for frame in squeezed[1:]):
        assert_same(read_gct(_write(squeezed)), squeezed)


def _squeezed(frame: pd.DataFrame) -> pd.DataFrame:
    def squeeze(text: object) -> object:
        return " ".join(text.split()) if isinstance(text, str) else text

    texts = [title for title in frame if frame[title].dtype == frame.index.dtype]
    frame = frame.assign(**{title: frame[title].map(squeeze) for title in texts})
    return frame.rename(columns=squeeze).set_axis(frame.index.map(squeeze).rename("id"))


def test_every_type_comes_back() -> None:
    matrix = read_gct(_write(example()))
    assert_same(matrix, example())
    assert matrix.columns["count"].dtype == "Int64"
    assert matrix.columns["time"].dtype == np.int64
    assert matrix.columns["dose"].dtype == np.float64


def test_by_hand() -> None:
    text = (
        "#1.3\n2\t2\t1\t2\nid\tsymbol\tS1\tS2\npert_dose\tna\t10\t-666\nwell\tna\tA03\t007\n"
        "5720\tPSME1\t1.5\tNA\n466\tATF1\t-2e-1\t3\n"
    )
    matrix = read_gct(text.encode())
    assert matrix.rows.index.tolist() == ["5720", "466"]
    assert matrix.rows["symbol"].tolist() == ["PSME1", "ATF1"]
    assert matrix.columns["pert_dose"].tolist() == [10, pd.NA]
    assert matrix.columns["well"].tolist() == ["A03", "007"]
    np.testing.assert_array_equal(matrix.values, np.float32([[1.5, np.nan], [-0.2, 3]]))
    old = read_gct(b"#1.2\n1\t2\nName\tDescription\tS1\tS2\n5720\tPSME1\t1\t2\n")
    assert old.rows["Description"].tolist() == ["PSME1"]
    assert list(old.columns) == []
    np.testing.assert_array_equal(old.values, [[1, 2]])


def test_version_1_2_is_written_as_genepattern_reads_it(tmp_path: Path) -> None:
    matrix = example()
    text = gct_1_2(_values(matrix), matrix.rows["pr_gene_symbol"])
    assert text.splitlines()[:3] == ["#1.2", "5\t4", "Name\tDescription\tS:0\tS:1\tS:2\tS:3"]
    (tmp_path / "x.gct.gz").write_bytes(gzip.compress(text.encode()))
    back = read_gct(tmp_path / "x.gct.gz")
    np.testing.assert_array_equal(back.values, matrix.values)
    assert back.rows["Description"].tolist() == matrix.rows["pr_gene_symbol"].tolist()
    assert back.columns.index.equals(matrix.columns.index)
    with pytest.raises(SettingError):
        gct_1_2(_values(matrix), matrix.rows["pr_gene_symbol"].iloc[1:])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.replace("#1.3", "#1.4"), "does not begin"),
        (lambda t: t[: len(t) // 2], "announces"),
        (lambda t: t.replace("5\t4\t2\t5", "5\t4"), "4 whole numbers"),
        (lambda t: "\n".join(t.splitlines()[:2]), "ends after its second line"),
        (lambda t: t.replace("r1\tG1", "r1"), "fields where"),
        (lambda t: t.replace("time", "dose"), "two fields 'dose'"),
    ],
)
def test_damage_gets_a_sentence(change: object, said: str) -> None:
    with pytest.raises(MatrixFileError, match=said):
        read_gct(change(_write(example()).decode()).encode(), "x.gct")


def test_other_files_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MatrixFileError, match="cannot be opened"):
        read_gct(tmp_path / "none.gct")
    with pytest.raises(MatrixFileError, match="damaged"):
        read_gct(gzip.compress(b"#1.3\n" * 100)[:-12], "x.gct.gz")
