"""An h5ad file (AnnData on HDF5) to a `Matrix`: its samples lie in rows, ours in columns.

Format: https://anndata.readthedocs.io/en/latest/fileformat-prose.html
"""

from pathlib import Path

import h5py
import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from badger_core.data.gctx_fields import without_gaps
from badger_core.data.h5ad_frame import frame_of, length_of
from badger_core.data.hdf5 import PartError, check_written, opened, told
from badger_core.data.matrix import Matrix
from badger_core.errors import MatrixFileError
from badger_core.limits import limits

PARTS = ("X", "obs", "var")


def read_h5ad_matrix(path: Path | str) -> Matrix:
    """X turned round; var is the annotation of rows (genes), obs that of columns (samples).

    The -666 of CMap is missing here as in its own formats.

    Raises:
        MatrixFileError: for another file, one too large, or a damaged one.
    """
    name = str(path)
    with opened(path, name) as file, told(name):
        size = size_of_sides(file)
        if size[0] * size[1] > limits().matrix_numbers:
            raise MatrixFileError(
                f"'{name}' holds {size[0]:,} samples of {size[1]:,} genes, too many to read at "
                "once. Write the samples that you need to a smaller file."
            )
        check_matrix(file["X"], size)
        obs, var = (frame_of(file[side], side).apply(without_gaps) for side in ("obs", "var"))
        values = x_values(file["X"], size)
    return Matrix(values.T.astype(np.float32, copy=False), var, obs)


def size_of_sides(file: h5py.File) -> tuple[int, int]:
    """Samples and genes, before any of them is read.

    Raises:
        PartError: for an HDF5 file of another kind.
    """
    if not all(part in file for part in PARTS):
        raise PartError("is an HDF5 file without X, obs and var, so no h5ad file")
    return length_of(file["obs"], "obs"), length_of(file["var"], "var")


def check_matrix(x: h5py.Dataset | h5py.Group, size: tuple[int, int]) -> None:
    """That X is a matrix of numbers of this size, before any of it is read.

    Raises:
        PartError: if it is not, or was not written to its end.
    """
    if isinstance(x, h5py.Dataset):
        _check_numbers(x, "X", "fiub")
        _check_shape(x.shape, size)
        check_written(x, "numbers in X")
        return
    parts = [x.get(name) for name in ("data", "indices", "indptr")]
    if not all(isinstance(part, h5py.Dataset) and part.ndim == 1 for part in parts):
        raise PartError("holds X neither as a table nor as CSR or CSC (data, indices, indptr)")
    given = x.attrs.get("shape", x.attrs.get("h5sparse_shape"))
    if given is not None:
        _check_shape(tuple(int(n) for n in np.ravel(given)), size)
    data, indices, indptr = parts
    _check_numbers(data, "X/data", "fiub")
    _check_numbers(indices, "X/indices", "iu")
    _check_numbers(indptr, "X/indptr", "iu")
    outer = size[1] if is_by_column(x) else size[0]
    if indptr.size != outer + 1 or data.size != indices.size or data.size > size[0] * size[1]:
        raise PartError(
            f"holds X of another shape than obs and var say: {indptr.size - 1:,} rows or columns "
            f"with {data.size:,} numbers where {outer:,} and at most {size[0] * size[1]:,} are due"
        )
    for part, what in zip(parts, ("numbers", "places", "starts"), strict=True):
        check_written(part, f"{what} of X")


def x_values(x: h5py.Dataset | h5py.Group, size: tuple[int, int]) -> np.ndarray:
    """X as (samples, genes), dense; it may be stored dense, CSR or CSC.

    Raises:
        PartError: as `check_matrix`, or if a sparse X points outside itself, which scipy does not
            look at before it writes there.
    """
    check_matrix(x, size)
    if isinstance(x, h5py.Dataset):
        return x[:]
    inner = size[0] if is_by_column(x) else size[1]
    starts, places = x["indptr"][:].astype(np.int64), x["indices"][:].astype(np.int64)
    sound = starts[0] == 0 and starts[-1] == len(places) and (np.diff(starts) >= 0).all()
    if not sound or (len(places) and not 0 <= places.min() <= places.max() < inner):
        raise PartError("holds an X that points outside itself")
    form = csc_matrix if is_by_column(x) else csr_matrix
    return form((x["data"][:], places, starts), shape=size).toarray()


def is_by_column(x: h5py.Group) -> bool:
    """Whether a sparse X is CSC."""
    return "csc" in str(x.attrs.get("encoding-type", x.attrs.get("h5sparse_format", "csr_matrix")))


def _check_numbers(x: h5py.Dataset, what: str, kinds: str) -> None:
    if x.dtype.kind not in kinds or x.dtype.itemsize > 8:
        raise PartError(f"holds values of type {x.dtype.name[:20]} in {what}, no plain numbers")


def _check_shape(found: tuple[int, ...], size: tuple[int, int]) -> None:
    if found != size:
        raise PartError(
            f"holds X of another shape ({' x '.join(f'{n:,}' for n in found) or 'none'}) than obs "
            f"and var say ({size[0]:,} x {size[1]:,})"
        )
