"""An h5ad file (AnnData on HDF5) to an `ExpressionTable`, without the library anndata.

Format: https://anndata.readthedocs.io/en/latest/fileformat-prose.html
"""

import io

import h5py
import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from badger_core.cells.expression_table import ExpressionTable
from badger_core.errors import ExpressionError

MOST_NUMBERS = 40_000_000
"""Of X: samples times genes."""


def read_h5ad(content: bytes, name: str) -> ExpressionTable:
    """X with the texts of obs (rows) and var (columns); X may be dense, CSR or CSC.

    Raises:
        ExpressionError: for another HDF5 file, one too large, or a damaged one.
    """
    try:
        with h5py.File(io.BytesIO(content)) as file:
            if "X" not in file or "var" not in file or "obs" not in file:
                raise ExpressionError(
                    f"'{name}' is an HDF5 file without X, obs and var, so no h5ad file. Upload "
                    "a GCTX or .h5 file as GCT or CSV."
                )
            rows, columns = _texts(file["obs"]), _texts(file["var"])
            size = len(next(iter(rows.values()))), len(next(iter(columns.values())))
            if size[0] * size[1] > MOST_NUMBERS:
                raise ExpressionError(
                    f"'{name}' holds {size[0]:,} samples of {size[1]:,} genes, too many to read. "
                    "Average single cells to one profile per line or patient (pseudobulk) first."
                )
            values = _matrix(file["X"], size)
    except ExpressionError:
        raise
    except Exception as error:  # HDF5 and its wrapper raise almost any kind for what is damaged
        raise ExpressionError(
            f"'{name}' is damaged or no h5ad file as AnnData writes it. Save it again by "
            "adata.write_h5ad, or upload the table as CSV."
        ) from error
    return ExpressionTable("h5ad", (), values, rows, {"header": columns.pop("index"), **columns})


def _matrix(x: h5py.Dataset | h5py.Group, size: tuple[int, int]) -> np.ndarray:
    """(R, K) float64."""
    if isinstance(x, h5py.Dataset):
        values = x[:]
    else:
        kind = x.attrs.get("encoding-type", x.attrs.get("h5sparse_format", "csr_matrix"))
        form = csc_matrix if "csc" in str(kind) else csr_matrix
        values = form((x["data"][:], x["indices"][:], x["indptr"][:]), shape=size).toarray()
    if values.shape != size:
        raise ValueError("X has another shape than obs and var")
    return values.astype(np.float64)


def _texts(group: h5py.Group) -> dict[str, list[str]]:
    """The index under 'index', then every column of texts; categories are written out."""
    index = group.attrs.get("_index", "_index" if "_index" in group else "index")
    found = {"index": _column(group[index]) or []}
    for title in group:
        column = _column(group[title]) if title != index else None
        if column is not None and len(column) == len(found["index"]) and title != "index":
            found[title] = column
    return found


def _column(entry: h5py.Dataset | h5py.Group) -> list[str] | None:
    """Texts or whole numbers of one column; None for what is neither."""
    if isinstance(entry, h5py.Group):
        if "categories" not in entry or "codes" not in entry:
            return None
        names = _column(entry["categories"])
        return None if names is None else [names[c] if c >= 0 else "" for c in entry["codes"][:]]
    if entry.dtype.kind in "iu":
        return [str(number) for number in entry[:]]
    if h5py.check_string_dtype(entry.dtype) or entry.dtype.kind in "SO":
        return [t.decode("utf-8", "replace") if isinstance(t, bytes) else str(t) for t in entry[:]]
    return None
