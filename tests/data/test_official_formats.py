"""Every official file is read as a second, independent reading has it, value for value."""

from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest

from badger_core.data.gct_file import read_gct
from badger_core.data.gctx import GctxFile
from badger_core.data.h5ad_file import read_h5ad_matrix
from badger_core.data.matrix import check_annotation, with_table
from badger_core.data.matrix_file import KINDS, read_matrix
from badger_core.errors import MatrixFileError
from badger_core.export.matrix_files import write_matrix
from tests.data.matrices import assert_same

pytestmark = pytest.mark.raw
GCTX = (
    "level4_LJP005_A375_24H_n377x978.gctx",
    "level4_zspc_CPC006_A375_6H_n371x978.gctx",
    "level5_modz_n272x978.gctx",
)
GCT = ("level3_qnorm_LJP005_A375_24H_n377x978.gct", "level4_CP003_PC3_24H_n372x976.gct")
H5AD = "level3_CPC006_HT115_6H_n681x978.h5ad"


@pytest.fixture(scope="module")
def folder(raw_dir: Path) -> Path:
    return raw_dir / "l1000" / "official_formats"


def _as_text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


_GAPS = ("-666", "-666.0", "na", "nan", "")


def _same_field(mine: pd.Series, stored: list, gaps: tuple[str, ...] = _GAPS) -> None:
    """A field against what is stored: the same, or missing where a gap is stored."""
    for one, other in zip(mine.tolist(), stored, strict=True):
        if _as_text(other) in gaps:
            assert pd.isna(one)
        elif isinstance(one, str):
            assert one == _as_text(other)
        else:
            assert float(one) == float(_as_text(other))


def test_no_file_is_left_out(folder: Path) -> None:
    found = {file.name for file in folder.iterdir() if file.suffix in KINDS}
    assert found == {*GCTX, *GCT, H5AD}


@pytest.mark.parametrize("name", GCTX)
def test_gctx_against_plain_h5py(folder: Path, name: str) -> None:
    with h5py.File(folder / name) as plain, GctxFile(folder / name) as file:
        np.testing.assert_array_equal(file.read(), plain["0/DATA/0/matrix"][:].T)
        rng = np.random.default_rng(0)
        rows, columns = (rng.permutation(count)[:60] for count in file.shape)
        expected = plain["0/DATA/0/matrix"][:][np.ix_(columns, rows)].T
        np.testing.assert_array_equal(file.read(rows, columns), expected)
        for side, frame in (("ROW", file.rows), ("COL", file.columns)):
            group = plain[f"0/META/{side}"]
            assert frame.index.tolist() == [_as_text(one) for one in group["id"][:]]
            assert set(frame) == set(group) - {"id"}
            for title in frame:
                _same_field(frame[title], group[title][:].tolist())


@pytest.mark.parametrize("name", GCT)
def test_gct_against_pandas(folder: Path, name: str) -> None:
    matrix = read_gct(folder / name)
    cells = pd.read_csv(folder / name, sep="\t", skiprows=2, dtype=str, keep_default_na=False)
    n_rows, n_columns, n_left, n_above = map(
        int, (folder / name).read_text().splitlines()[1].split("\t")
    )
    assert matrix.values.shape == (n_rows, n_columns)
    body = cells.iloc[n_above:]
    plain = body.iloc[:, 1 + n_left :].to_numpy().astype(np.float64).astype(np.float32)
    np.testing.assert_array_equal(matrix.values, plain)
    assert matrix.rows.index.tolist() == body.iloc[:, 0].tolist()
    assert matrix.columns.index.tolist() == cells.columns[1 + n_left :].tolist()
    assert list(matrix.rows) == cells.columns[1 : 1 + n_left].tolist()
    assert list(matrix.columns) == cells.iloc[:n_above, 0].tolist()
    for title in matrix.rows:
        _same_field(matrix.rows[title], body[title].tolist())
    for at, title in enumerate(matrix.columns):
        _same_field(matrix.columns[title], cells.iloc[at, 1 + n_left :].tolist())


def test_h5ad_against_plain_h5py(folder: Path) -> None:
    matrix = read_h5ad_matrix(folder / H5AD)
    with h5py.File(folder / H5AD) as plain:
        np.testing.assert_array_equal(matrix.values, plain["X"][:].T)
        for group, index, frame in (
            (plain["obs"], "index", matrix.columns),
            (plain["var"], "_index", matrix.rows),
        ):
            assert frame.index.tolist() == [_as_text(one) for one in group[index][:]]
            assert list(frame) == list(group.attrs["column-order"])
            for title in frame:
                entry = group[title]
                if isinstance(entry, h5py.Group):
                    names = entry["categories"][:]
                    stored = [names[code] if code >= 0 else "" for code in entry["codes"][:]]
                else:
                    stored = entry[:].tolist()
                _same_field(frame[title], stored, ("-666", "-666.0", ""))


@pytest.mark.parametrize("name", [*GCTX, *GCT, H5AD])
def test_every_file_survives_gctx_and_h5ad(folder: Path, name: str, tmp_path: Path) -> None:
    matrix = read_matrix(folder / name)
    for ending in (".gctx", ".h5ad"):
        write_matrix(tmp_path / f"x{ending}", matrix)
        assert_same(read_matrix(tmp_path / f"x{ending}"), matrix)


@pytest.mark.parametrize("name", GCT)
def test_gct_survives_gct(folder: Path, name: str, tmp_path: Path) -> None:
    matrix = read_gct(folder / name)
    write_matrix(tmp_path / "x.gct", matrix)
    assert_same(read_gct(tmp_path / "x.gct"), matrix)


def test_a_file_that_says_nothing_of_its_columns_is_refused(folder: Path) -> None:
    matrix = read_gct(folder / GCT[1])
    with pytest.raises(MatrixFileError) as refused:
        check_annotation(matrix.columns, GCT[1])
    for said in ("pert_id", "pert_type", "cell_id", "pert_dose", "pert_time", "--siginfo"):
        assert said in str(refused.value)
    table = pd.DataFrame(
        {"well": matrix.columns.index[::-1], "pert_id": "BRD", "pert_type": "trt_cp"}
    ).assign(cell_id="PC3", pert_dose=10.0, pert_time=24)
    told = with_table(matrix, table, "well")
    check_annotation(told.columns, GCT[1])
    assert told.columns["cell_id"].eq("PC3").all()
    with GctxFile(folder / GCTX[0]) as file:
        check_annotation(file.columns, GCTX[0])
