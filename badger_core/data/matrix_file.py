"""A matrix file of any kind, told by its ending, to a `Matrix` in memory."""

from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.data.gct_file import read_gct
from badger_core.data.gctx import GctxFile
from badger_core.data.h5ad_file import read_h5ad_matrix
from badger_core.data.hdf5_check import check_hdf5
from badger_core.data.matrix import Matrix
from badger_core.errors import MatrixFileError
from badger_core.limits import limits

KINDS = (".gctx", ".gct", ".h5ad", ".csv", ".tsv")


def kind_of(path: Path) -> str:
    """The ending that tells the kind, without that of a compressed file.

    Raises:
        MatrixFileError: for an ending that is not known.
    """
    kind = Path(path.name.lower().removesuffix(".gz")).suffix
    if kind not in KINDS:
        raise MatrixFileError(f"'{path}' ends in none of {', '.join(KINDS)}. Rename the file.")
    return kind


def read_matrix(path: Path) -> Matrix:
    """The whole file.

    Raises:
        MatrixFileError: for a file that is missing, damaged, too large or of no known kind.
    """
    kind = kind_of(path)
    if not path.is_file():
        raise MatrixFileError(f"'{path}' cannot be opened. Check the name and the folder.")
    if kind in (".gctx", ".h5ad"):
        check_hdf5(path, path.name, MatrixFileError)
    if kind == ".gctx":
        with GctxFile(path) as file:
            if file.shape[0] * file.shape[1] > limits().matrix_numbers:
                raise MatrixFileError(
                    f"'{path}' holds {file.shape[0]:,} x {file.shape[1]:,} numbers, too many for "
                    "memory. Only another GCTX file can be written of it as a whole."
                )
            return file.matrix()
    if kind == ".gct":
        return read_gct(path)
    if kind == ".h5ad":
        return read_h5ad_matrix(path)
    return _read_csv(path, "\t" if kind == ".tsv" else ",")


def _read_csv(path: Path, delimiter: str) -> Matrix:
    """Ids of rows in the first column, of columns in the first line; nothing is known of them."""
    try:
        table = pd.read_csv(path, sep=delimiter, index_col=0)
        values = table.to_numpy(np.float32)
    except (OSError, ValueError, EOFError) as error:
        raise MatrixFileError(
            f"'{path}' is no table of numbers with ids in its first line and column "
            f"({' '.join(str(error).split())[:100]})."
        ) from error
    rows, columns = (
        pd.DataFrame(index=pd.Index(ids.astype("str"), dtype="str", name="id"))
        for ids in (table.index, table.columns)
    )
    return Matrix(values, rows, columns)
