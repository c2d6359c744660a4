"""The file with the values, of any format, behind the few things an import asks of it."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.data.gctx import GctxFile
from badger_core.data.hdf5_check import check_hdf5
from badger_core.data.matrix import Matrix
from badger_core.errors import MatrixFileError


class InMemory:
    """A matrix that was read whole, asked as a `GctxFile` is."""

    def __init__(self, matrix: Matrix, name: str) -> None:
        self.name, self._matrix = name, matrix
        self.shape, self.rows, self.columns = matrix.values.shape, matrix.rows, matrix.columns

    @cached_property
    def column_ids(self) -> pd.Index:
        """(C,) texts."""
        return self.columns.index

    def read(
        self, rows: Sequence[int], columns: Sequence[int], into: np.ndarray | None = None
    ) -> np.ndarray:
        """(r, c) float32; in `into`, (c, r), where it is given."""
        found = self._matrix.values[np.ix_(rows, columns)]
        if into is None:
            return found
        into[:] = found.T
        return into.T

    def passed(self, column: int) -> None:
        """Nothing is cached."""

    def close(self) -> None:
        """Nothing is open."""


def open_matrix(path: Path) -> GctxFile | InMemory:
    """GCTX is left on the disk; GCT and tables of text are read whole.

    A table has one row per gene, its name or id first, and one column per signature.

    Raises:
        MatrixFileError: for a file that is missing or none of these.
    """
    ending = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if not path.is_file():
        raise MatrixFileError(f"There is no file '{path}'. Check its name and folder.")
    if ending in ("gctx", "h5"):
        check_hdf5(path, path.name, MatrixFileError)
        return GctxFile(path)
    if ending == "gct":
        from badger_core.data.gct_file import read_gct

        return InMemory(read_gct(path, path.name), path.name)
    if ending in ("csv", "tsv", "txt"):
        return InMemory(_text(path), path.name)
    raise MatrixFileError(f"'{path.name}' is none of .gctx, .gct, .csv, .tsv. Convert it to one.")


def _text(path: Path) -> Matrix:
    try:
        table = pd.read_csv(path, sep=None, engine="python", index_col=0, dtype=str)
    except (OSError, ValueError, pd.errors.ParserError) as error:
        raise MatrixFileError(f"'{path.name}' cannot be read as a table: {error}.") from error
    numbers = table.apply(pd.to_numeric, errors="coerce")
    words = table.columns[numbers.isna().all() & table.notna().any()]
    if not len(numbers) or len(words) == len(table.columns):
        raise MatrixFileError(
            f"'{path.name}' holds no numbers. Give one row per gene and one column per signature."
        )
    ids, columns = numbers.index.astype("str"), [c for c in table.columns if c not in set(words)]
    return Matrix(
        numbers[columns].to_numpy(np.float32),
        table[words].set_axis(ids),
        pd.DataFrame(index=pd.Index(columns, dtype="str")),
    )
