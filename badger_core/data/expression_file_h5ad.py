"""An h5ad file (AnnData on HDF5) to an `ExpressionTable`, without the library anndata.

Format: https://anndata.readthedocs.io/en/latest/fileformat-prose.html
"""

import io

import h5py
import numpy as np
import pandas as pd

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.h5ad_file import PARTS, check_matrix, size_of_sides, x_values
from badger_core.data.h5ad_frame import frame_of
from badger_core.data.hdf5 import PartError
from badger_core.data.hdf5_check import check_hdf5
from badger_core.data.matrix import TEXT
from badger_core.errors import ExpressionError
from badger_core.limits import limits

_AGAIN = "Save it again by adata.write_h5ad, or upload the table as CSV."


def read_h5ad(content: bytes, name: str) -> ExpressionTable:
    """X with the texts of obs (rows) and var (columns); X may be dense, CSR or CSC.

    Raises:
        ExpressionError: for another HDF5 file, one too large, or a damaged one.
    """
    check_hdf5(content, name, ExpressionError)
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            if not all(part in file for part in PARTS):
                raise ExpressionError(
                    f"'{name}' is an HDF5 file without X, obs and var, so no h5ad file. Upload "
                    "a GCTX or .h5 file as GCT or CSV."
                )
            size = size_of_sides(file)
            if size[0] * size[1] > limits().profile_numbers:
                raise ExpressionError(
                    f"'{name}' holds {size[0]:,} samples of {size[1]:,} genes, too many to read. "
                    "Average single cells to one profile per line or patient (pseudobulk) first."
                )
            check_matrix(file["X"], size)
            rows, columns = (_texts(file[side], side) for side in ("obs", "var"))
            values = x_values(file["X"], size).astype(np.float64)
    except ExpressionError:
        raise
    except PartError as error:
        raise ExpressionError(f"'{name}' {error}. {_AGAIN}") from error
    except Exception as error:  # HDF5 and its wrapper raise almost any kind for what is damaged
        raise ExpressionError(
            f"'{name}' is damaged or no h5ad file as AnnData writes it. {_AGAIN}"
        ) from error
    return ExpressionTable("h5ad", (), values, rows, {"header": columns.pop("index"), **columns})


def _texts(group: h5py.Group, side: str) -> dict[str, list[str]]:
    """The index under 'index', then every column of texts or whole numbers."""
    frame = frame_of(group, side, limits().table_cells)
    found = {"index": frame.index.tolist()}
    for title in frame:
        kind = frame[title].dtype
        if title != "index" and (kind == TEXT or pd.api.types.is_integer_dtype(kind)):
            texts = frame[title].astype(object)
            found[str(title)] = ["" if pd.isna(text) else str(text) for text in texts]
    return found
