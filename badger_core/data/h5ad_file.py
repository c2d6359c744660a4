"""An h5ad file (AnnData on HDF5) to a `Matrix`: its samples lie in rows, ours in columns.

Format: https://anndata.readthedocs.io/en/latest/fileformat-prose.html
"""

from pathlib import Path

import h5py
import numpy as np
import pandas as pd
from scipy.sparse import csc_matrix, csr_matrix

from badger_core.data.gctx_fields import decoded, without_gaps
from badger_core.data.hdf5 import opened, told
from badger_core.data.matrix import TEXT, Matrix
from badger_core.errors import MatrixFileError

MOST_NUMBERS = 500_000_000
"""Of X: samples times genes, which are held in memory."""


def read_h5ad_matrix(path: Path | str) -> Matrix:
    """X turned round; var is the annotation of rows (genes), obs that of columns (samples).

    The -666 of CMap is missing here as in its own formats.

    Raises:
        MatrixFileError: for another file, one too large, or a damaged one.
    """
    name = str(path)
    with opened(path, name) as file, told(name):
        if "X" not in file or "var" not in file or "obs" not in file:
            raise MatrixFileError(f"'{name}' is an HDF5 file without X, obs and var, so no h5ad.")
        obs, var = (frame_of(file[side]).apply(without_gaps) for side in ("obs", "var"))
        if len(obs) * len(var) > MOST_NUMBERS:
            raise MatrixFileError(
                f"'{name}' holds {len(obs):,} samples of {len(var):,} genes, too many to read at "
                "once. Write the samples that you need to a smaller file."
            )
        values = x_values(file["X"], (len(obs), len(var)))
    return Matrix(values.T.astype(np.float32, copy=False), var, obs)


def x_values(x: h5py.Dataset | h5py.Group, size: tuple[int, int]) -> np.ndarray:
    """X as (samples, genes), dense; it may be stored dense, CSR or CSC.

    Raises:
        ValueError: if it has another shape than obs and var.
    """
    if isinstance(x, h5py.Dataset):
        values = x[:]
    else:
        kind = x.attrs.get("encoding-type", x.attrs.get("h5sparse_format", "csr_matrix"))
        form = csc_matrix if "csc" in str(kind) else csr_matrix
        values = form((x["data"][:], x["indices"][:], x["indptr"][:]), shape=size).toarray()
    if values.shape != size:
        raise ValueError("X has another shape than obs and var")
    return values


def frame_of(group: h5py.Group) -> pd.DataFrame:
    """Of obs or var: index and columns in their order; no others than numbers and texts."""
    title = group.attrs.get("_index", "_index" if "_index" in group else "index")
    found = column_of(group[title])
    if found is None:
        raise ValueError("obs or var has no index of texts")
    index = pd.Index(found.astype(str), dtype="str", name="id")
    order = [str(one) for one in group.attrs.get("column-order", ())]
    titles = [*(one for one in order if one in group), *(one for one in group if one not in order)]
    columns = {one: column_of(group[one]) for one in titles if one != title}
    kept = {one: c.set_axis(index) for one, c in columns.items() if c is not None}
    return pd.DataFrame({one: c for one, c in kept.items() if len(c) == len(index)}, index=index)


def column_of(entry: h5py.Dataset | h5py.Group) -> pd.Series | None:
    """Numbers, truths or texts of one column, categories written out; None for what is neither."""
    if isinstance(entry, h5py.Group):
        if "categories" in entry and "codes" in entry:
            names, codes = column_of(entry["categories"]), entry["codes"][:]
            if names is None:
                return None
            return names.reindex(np.where(codes < 0, -1, codes)).reset_index(drop=True)
        if "values" in entry and "mask" in entry:
            values, mask = column_of(entry["values"]), entry["mask"][:].astype(bool)
            return None if values is None else values.convert_dtypes().mask(mask)
        return None
    if entry.ndim != 1:
        return None
    if h5py.check_string_dtype(entry.dtype) or entry.dtype.kind in "SO":
        return pd.Series(decoded(entry[:].tolist()), dtype=TEXT)
    return pd.Series(entry[:]) if entry.dtype.kind in "iufb" else None
