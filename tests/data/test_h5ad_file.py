"""h5ad: samples lie in its rows and in our columns; what is written is read back."""

from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from scipy.sparse import csc_matrix, csr_matrix

from badger_core.data.h5ad_file import read_h5ad_matrix
from badger_core.data.h5ad_writer import write_h5ad
from badger_core.data.matrix import Matrix
from badger_core.errors import MatrixFileError
from tests.data.matrices import assert_same, example, matrices


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(matrix=matrices())
def test_what_is_written_is_read_back(matrix: Matrix, tmp_path: Path) -> None:
    write_h5ad(tmp_path / "x.h5ad", matrix)
    assert_same(read_h5ad_matrix(tmp_path / "x.h5ad"), matrix)


@pytest.mark.parametrize("form", [csr_matrix, csc_matrix])
def test_a_sparse_x_is_filled(form: type, tmp_path: Path) -> None:
    matrix = example()
    write_h5ad(tmp_path / "x.h5ad", matrix)
    dense = np.nan_to_num(matrix.values).T * (matrix.values.T > 0)
    with h5py.File(tmp_path / "x.h5ad", "a") as file:
        del file["X"]
        group, x = file.create_group("X"), form(dense)
        group.attrs["encoding-type"] = form.__name__
        for part in ("data", "indices", "indptr"):
            group[part] = getattr(x, part)
    found = read_h5ad_matrix(tmp_path / "x.h5ad")
    np.testing.assert_array_equal(found.values, dense.T)
    assert found.rows.index.equals(matrix.rows.index)


def test_other_files_get_a_sentence(tmp_path: Path) -> None:
    write_h5ad(tmp_path / "x.h5ad", example())
    content = (tmp_path / "x.h5ad").read_bytes()
    (tmp_path / "half.h5ad").write_bytes(content[: len(content) // 2])
    with pytest.raises(MatrixFileError, match="damaged, cut off"):
        read_h5ad_matrix(tmp_path / "half.h5ad")
    with h5py.File(tmp_path / "x.h5ad", "a") as file:
        del file["X"]
        file["X"] = np.zeros((2, 2))
    with pytest.raises(MatrixFileError, match="another shape"):
        read_h5ad_matrix(tmp_path / "x.h5ad")
    with h5py.File(tmp_path / "x.h5ad", "a") as file:
        del file["obs"]
    with pytest.raises(MatrixFileError, match="without X, obs and var"):
        read_h5ad_matrix(tmp_path / "x.h5ad")
