"""Reads GCTX files: names first, then those rows and columns that are asked for, slice by slice.

A GCTX file is HDF5 with a matrix of signatures by genes (C, R), turned round against its name, at
0/DATA/0/matrix, and one dataset per field of annotation in 0/META/ROW and 0/META/COL. Source:
https://clue.io/connectopedia/gctx_format and the files of GSE92742, GSE70138 and LINCS2020.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import h5py
import numpy as np
import pandas as pd

from badger_core.data.gctx_fields import read_field, read_texts, readable
from badger_core.data.gctx_fill import fill
from badger_core.data.hdf5 import (
    PartError,
    check_written,
    forget_before,
    opened,
    told,
    uncached,
)
from badger_core.data.matrix import Matrix
from badger_core.errors import MatrixFileError
from badger_core.naming import shown

_MOST_FIELDS = 2000
MATRIX, ROWS, COLUMNS = "0/DATA/0/matrix", "0/META/ROW", "0/META/COL"


class GctxFile:
    """An open file, as a context manager; ids, annotation and values are read when asked for.

    Attributes:
        name: of the file, for messages.
        shape: R rows (genes) and C columns (signatures).
    """

    def __init__(self, source: Path | str | BinaryIO, name: str = "") -> None:
        self.name = name or str(getattr(source, "name", source))
        self._file = opened(source, self.name)
        try:
            self._matrix = self._found()
        except BaseException:
            self._file.close()
            raise
        self.shape = self._matrix.shape[1], self._matrix.shape[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was read stays."""
        self._file.close()

    @cached_property
    def row_ids(self) -> pd.Index:
        """(R,) texts."""
        return self._ids(ROWS, self.shape[0])

    @cached_property
    def column_ids(self) -> pd.Index:
        """(C,) texts."""
        return self._ids(COLUMNS, self.shape[1])

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Annotation of the R rows."""
        return self._annotation(ROWS, self.row_ids)

    @cached_property
    def columns(self) -> pd.DataFrame:
        """Annotation of the C columns; none in the files of the large releases."""
        return self._annotation(COLUMNS, self.column_ids)

    def read(
        self,
        rows: Sequence[int] | None = None,
        columns: Sequence[int] | None = None,
        into: np.ndarray | None = None,
    ) -> np.ndarray:
        """(r, c) float32 of the rows and columns at these positions, in this order; all for None.

        `into`, (c, r) float32, is filled and returned turned round: quicker where many are read.
        What is read beside the result stays below 32 MB, or a chunk where the file is compressed.

        Raises:
            MatrixFileError: for a position that is not there, or a damaged file.
        """
        at_row, at_column = self._places(rows, 0), self._places(columns, 1)
        result = np.empty((len(at_column), len(at_row)), np.float32) if into is None else into
        with told(self.name):
            fill(result, self._matrix, at_row, at_column)
        return result.T

    def passed(self, column: int) -> None:
        """Columns up to this one will not be read again: the system may forget them.

        A file that is larger than memory then passes through few pages of the system's cache, which
        is quicker than filling all memory with it.
        """
        with told(self.name):
            forget_before(self._matrix, column)

    def blocks(
        self, size: int, rows: Sequence[int] | None = None, reuse: bool = False
    ) -> Iterator[tuple[slice, np.ndarray]]:
        """Consecutive columns, `size` at a time: where they lie and their (r, c) values.

        With `reuse`, each block is read over the one before: quicker, and good only until the next.
        """
        n_rows = len(self._places(rows, 0))
        place = np.empty((min(size, self.shape[1]), n_rows), np.float32) if reuse else None
        for start in range(0, self.shape[1], size):
            stop = min(start + size, self.shape[1])
            into = None if place is None else place[: stop - start]
            yield slice(start, stop), self.read(rows, range(start, stop), into)

    def matrix(
        self, rows: Sequence[int] | None = None, columns: Sequence[int] | None = None
    ) -> Matrix:
        """The chosen part with its annotation, in memory."""
        return Matrix(
            self.read(rows, columns),
            self.rows.iloc[self._places(rows, 0)],
            self.columns.iloc[self._places(columns, 1)],
        )

    def _found(self) -> h5py.Dataset:
        with told(self.name):
            parts = [self._file.get(part) for part in (MATRIX, f"{ROWS}/id", f"{COLUMNS}/id")]
            if not all(isinstance(part, h5py.Dataset) for part in parts):
                raise MatrixFileError(
                    f"'{self.name}' is an HDF5 file, but no GCTX file: it lacks {MATRIX}, "
                    f"{ROWS}/id or {COLUMNS}/id. An AnnData file ends in .h5ad."
                )
            matrix, row_ids, column_ids = parts
            if matrix.ndim != 2 or matrix.dtype.kind not in "fiu":
                raise PartError(f"holds no table of numbers at {MATRIX}")
            if matrix.shape != (column_ids.size, row_ids.size):
                raise MatrixFileError(
                    f"'{self.name}' names {row_ids.size:,} rows and {column_ids.size:,} columns, "
                    f"but its matrix has {matrix.shape[1]:,} and {matrix.shape[0]:,}: it was not "
                    "written to its end. Download or write it again."
                )
            check_written(matrix, "numbers")
            return uncached(matrix)

    def _ids(self, where: str, count: int) -> pd.Index:
        with told(self.name):
            return pd.Index(read_texts(self._file[f"{where}/id"])[:count], dtype="str", name="id")

    def _annotation(self, where: str, index: pd.Index) -> pd.DataFrame:
        with told(self.name):
            group = self._file[where]
            titles = [title for title in group if title != "id"]
            if len(titles) > _MOST_FIELDS:
                raise PartError(f"has {len(titles):,} fields at {where}")
            wrong = [title for title in titles if not isinstance(group[title], h5py.Dataset)]
            if wrong:
                title = shown(readable(wrong[0]), 40)
                raise PartError(f"has a folder '{title}' among the fields of {where}")
            fields = {readable(title): read_field(group[title], index) for title in titles}
            return pd.DataFrame(fields, index=index)

    def _places(self, chosen: Sequence[int] | None, axis: int) -> np.ndarray:
        count = self.shape[axis]
        if chosen is None:
            return np.arange(count)
        places = np.asarray(chosen, dtype=np.int64)
        if places.size and (places.min() < 0 or places.max() >= count):
            raise MatrixFileError(
                f"'{self.name}' has {count:,} {('rows', 'columns')[axis]}, counted from 0; "
                f"{places.min():,} to {places.max():,} were asked for."
            )
        return places
