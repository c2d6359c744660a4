"""An h5ad file (AnnData on HDF5) to an `ExpressionTable`, without the library anndata.

Format: https://anndata.readthedocs.io/en/latest/fileformat-prose.html
"""

import io

import h5py
import numpy as np
import pandas as pd

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.h5ad_file import frame_of, x_values
from badger_core.data.hdf5_check import check_hdf5
from badger_core.data.matrix import TEXT
from badger_core.errors import ExpressionError

MOST_NUMBERS = 40_000_000
"""Of X: samples times genes."""


def read_h5ad(content: bytes, name: str) -> ExpressionTable:
    """X with the texts of obs (rows) and var (columns); X may be dense, CSR or CSC.

    Raises:
        ExpressionError: for another HDF5 file, one too large, or a damaged one.
    """
    check_hdf5(content, name, ExpressionError)
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
            values = x_values(file["X"], size).astype(np.float64)
    except ExpressionError:
        raise
    except Exception as error:  # HDF5 and its wrapper raise almost any kind for what is damaged
        raise ExpressionError(
            f"'{name}' is damaged or no h5ad file as AnnData writes it. Save it again by "
            "adata.write_h5ad, or upload the table as CSV."
        ) from error
    return ExpressionTable("h5ad", (), values, rows, {"header": columns.pop("index"), **columns})


def _texts(group: h5py.Group) -> dict[str, list[str]]:
    """The index under 'index', then every column of texts or whole numbers."""
    frame = frame_of(group)
    found = {"index": frame.index.tolist()}
    for title in frame:
        kind = frame[title].dtype
        if title != "index" and (kind == TEXT or pd.api.types.is_integer_dtype(kind)):
            texts = frame[title].astype(object)
            found[str(title)] = ["" if pd.isna(text) else str(text) for text in texts]
    return found
