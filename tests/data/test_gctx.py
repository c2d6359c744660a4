"""GCTX: what is written is read back, subsets are those of plain indexing and read little."""

import io
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badger_core.data.gctx import GctxFile
from badger_core.data.gctx_spans import spans
from badger_core.data.gctx_writer import GctxWriter, write_gctx
from badger_core.data.matrix import Matrix
from badger_core.errors import MatrixFileError, WriteError
from tests.data.matrices import assert_same, example, matrices

_QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Counted(io.FileIO):
    """A file that counts the bytes read from it."""

    taken = 0

    def readinto(self, buffer: memoryview) -> int:
        count = super().readinto(buffer)
        self.taken += count
        return count


def _plain(values: np.ndarray) -> Matrix:
    rows, columns = (
        pd.DataFrame(index=pd.Index([f"{side}{at}" for at in range(n)], dtype="str"))
        for side, n in zip("rc", values.shape, strict=True)
    )
    return Matrix(values, rows, columns)


@_QUICK
@given(matrix=matrices(), compression=st.sampled_from([None, "gzip"]))
def test_what_is_written_is_read_back(
    matrix: Matrix, compression: str | None, tmp_path: Path
) -> None:
    write_gctx(tmp_path / "x.gctx", matrix, compression)
    with GctxFile(tmp_path / "x.gctx") as file:
        assert file.shape == matrix.values.shape
        assert_same(file.matrix(), matrix)


@_QUICK
@given(
    rows=st.lists(st.integers(0, 39), max_size=30),
    columns=st.lists(st.integers(0, 299), max_size=60),
    compression=st.sampled_from([None, "gzip"]),
)
def test_a_subset_is_that_of_plain_indexing(
    rows: list[int], columns: list[int], compression: str | None, tmp_path: Path
) -> None:
    values = np.random.default_rng(1).normal(size=(40, 300)).astype(np.float32)
    path = tmp_path / f"{compression}.gctx"
    if not path.exists():
        write_gctx(path, _plain(values), compression)
    with GctxFile(path) as file:
        np.testing.assert_array_equal(file.read(rows, columns), values[np.ix_(rows, columns)])
        np.testing.assert_array_equal(file.read(rows), values[rows])
        np.testing.assert_array_equal(file.read(None, columns), values[:, columns])


@settings(deadline=None)
@given(
    places=st.lists(st.integers(0, 200), min_size=1, max_size=80),
    grain=st.integers(1, 50),
    worth=st.integers(0, 20),
    most=st.integers(1, 100),
)
def test_spans_hold_every_place_once_and_stay_small(
    places: list[int], grain: int, worth: int, most: int
) -> None:
    wanted = np.array(places)
    seen = np.zeros(len(places), int)
    for span in spans(wanted, grain, worth, most):
        assert span.high - span.low <= max(most, grain)
        stretch = np.arange(span.low, span.high)
        np.testing.assert_array_equal(stretch[span.pick], wanted[span.where])
        seen[span.where] += 1
    assert (seen == 1).all()


def test_blocks_are_consecutive_columns(tmp_path: Path) -> None:
    matrix = example(5, 11)
    write_gctx(tmp_path / "x.gctx", matrix)
    with GctxFile(tmp_path / "x.gctx") as file:
        found = list(file.blocks(4, rows=[3, 0]))
        reused = [block.copy() for _, block in file.blocks(4, rows=[3, 0], reuse=True)]
    assert [(where.start, where.stop) for where, _ in found] == [(0, 4), (4, 8), (8, 11)]
    for blocks in ([block for _, block in found], reused):
        np.testing.assert_array_equal(np.concatenate(blocks, axis=1), matrix.values[[3, 0]])


@pytest.mark.parametrize("chunks", [None, (268, 978)], ids=["contiguous", "chunked as by cmapM"])
def test_scattered_columns_do_not_load_the_matrix(
    chunks: tuple[int, int] | None, tmp_path: Path
) -> None:
    n_columns, n_rows, n_wanted = 10_000, 978, 250
    path = tmp_path / "large.gctx"
    with h5py.File(path, "w") as file:
        matrix = file.create_dataset("0/DATA/0/matrix", (n_columns, n_rows), "f4", chunks=chunks)
        for start in range(0, n_columns, 2_000):
            matrix[start : start + 2_000] = np.arange(start, start + 2_000)[:, None]
        for side, count in (("ROW", n_rows), ("COL", n_columns)):
            file[f"0/META/{side}/id"] = np.array([f"{at}".encode() for at in range(count)])
    columns = np.random.default_rng(0).choice(n_columns, n_wanted, replace=False)
    with Counted(path) as raw, GctxFile(raw) as file:
        before = raw.taken
        found = file.read(None, columns)
        taken = raw.taken - before
    np.testing.assert_array_equal(found, np.broadcast_to(columns, (n_rows, n_wanted)))
    wanted, whole = n_wanted * n_rows * 4, n_columns * n_rows * 4
    assert wanted <= taken < 0.3 * whole  # a gap of 64 KB is read over: 16 columns


def test_the_layout_is_that_of_cmap(tmp_path: Path) -> None:
    matrix = example()
    write_gctx(tmp_path / "x.gctx", matrix)
    with h5py.File(tmp_path / "x.gctx") as file:
        assert file.attrs["version"] == b"GCTX1.0"
        np.testing.assert_array_equal(file["0/DATA/0/matrix"][:], matrix.values.T)
        assert file["0/META/COL/id"][0] == b"S:0"
        assert file["0/META/COL/note"][:].tolist() == [b"-666", b"ok", b"ok", b"ok"]
        assert file["0/META/COL/count"][:].tolist() == [-666, 3, 3, 3]
        assert file["0/META/COL/dose"][0] == -666
        assert file["0/META/COL/pert_iname"].dtype.kind == "S"
        assert file["0/META/ROW/pr_is_lm"].compression == "gzip"


def test_texts_in_latin_1_are_read(tmp_path: Path) -> None:
    write_gctx(tmp_path / "x.gctx", example())
    with h5py.File(tmp_path / "x.gctx", "a") as file:
        file["0/META/COL/idose"] = np.array([b"10 \xb5M"] * 4)
    with GctxFile(tmp_path / "x.gctx") as file:
        assert file.columns["idose"].tolist() == ["10 µM"] * 4


def test_the_writer_keeps_nothing_that_is_not_whole(tmp_path: Path) -> None:
    matrix, path = example(), tmp_path / "x.gctx"
    with pytest.raises(MatrixFileError, match="got 2 of 4 columns"):  # noqa: SIM117
        with GctxWriter(path, matrix.rows, matrix.columns) as writer:
            writer.write(matrix.values[:, :2])
    with (
        pytest.raises(MatrixFileError, match="does not fit"),
        GctxWriter(path, matrix.rows, matrix.columns) as writer,
    ):
        writer.write(matrix.values[:3])
    twice = matrix.columns.set_axis(["a", "a", "b", "c"])
    with pytest.raises(MatrixFileError, match=r"'a' of .* stand more than once"):
        GctxWriter(path, matrix.rows, twice)
    with pytest.raises(MatrixFileError, match="have the field 'dose' twice"):
        GctxWriter(path, matrix.rows, matrix.columns.rename(columns={"time": "dose"}))
    with pytest.raises(MatrixFileError, match="cannot be called 'a/b'"):
        GctxWriter(path, matrix.rows, matrix.columns.rename(columns={"time": "a/b"}))
    with pytest.raises(WriteError, match="is a folder"):
        GctxWriter(tmp_path, matrix.rows, matrix.columns)
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_none_get_a_sentence(tmp_path: Path) -> None:
    good = tmp_path / "good.gctx"
    write_gctx(good, example(50, 40))
    content = good.read_bytes()
    cases = {
        "empty": (b"", "is empty"),
        "text": (b"#1.3\n1\t1\t0\t0\n", "no HDF5 file"),
        "packed": (b"\x1f\x8b" + content, "Unpack it first"),
        "half": (content[: len(content) // 2], "damaged, cut off"),
        "start": (content[:600], "damaged, cut off"),
    }
    for name, (bad, said) in cases.items():
        (tmp_path / name).write_bytes(bad)
        with pytest.raises(MatrixFileError, match=said):
            GctxFile(tmp_path / name)
    with pytest.raises(MatrixFileError, match="cannot be opened"):
        GctxFile(tmp_path / "missing.gctx")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["X"] = np.zeros((2, 2))
    with pytest.raises(MatrixFileError, match="no GCTX file: it lacks"):
        GctxFile(tmp_path / "other.h5")
    with GctxFile(good) as file, pytest.raises(MatrixFileError, match="40 columns, counted from 0"):
        file.read(None, [3, 40])
    with h5py.File(good, "a") as file:
        del file["0/META/COL/id"]
        file["0/META/COL/id"] = np.array([b"a"])
    with pytest.raises(MatrixFileError, match="was not written to its end"):
        GctxFile(good)
