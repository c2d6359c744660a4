"""Writes GCTX files in slices, laid out as cmapPy and cmapM lay them out, whole or not at all.

Source of the layout: cmapPy's write_gctx.py: version and src of the file, the matrix as (C, R)
without chunks unless compressed, fields of annotation compressed by gzip, -666 for what is missing.
"""

from pathlib import Path
from types import TracebackType
from typing import Self

import h5py
import numpy as np
import pandas as pd

from badger_core.data.gctx import COLUMNS, MATRIX, ROWS
from badger_core.data.gctx_fields import write_field
from badger_core.data.matrix import Matrix, check_names
from badger_core.errors import MatrixFileError

_VERSION = np.bytes_("GCTX1.0")
_CHUNK = 1024**2
"""Bytes of a chunk of a compressed matrix, as cmapM and cmapPy choose it."""
_SLICE = 32 * 1024**2


class GctxWriter:
    """A file that grows by slices of columns; it appears under its name when all are there."""

    def __init__(
        self,
        path: Path | str,
        rows: pd.DataFrame,
        columns: pd.DataFrame,
        dtype: np.dtype | type = np.float32,
        compression: str | None = None,
    ) -> None:
        """Begin the file: annotation first.

        Args:
            path: of the file; one that is there is replaced at the end.
            rows: annotation of the R rows; index are the ids.
            columns: annotation of the C columns; index are the ids.
            dtype: of the stored values, float32 or float64.
            compression: of the values, 'gzip' or 'lzf'; none is faster and what CMap does.

        Raises:
            MatrixFileError: for ids that stand twice, or a field that cannot be stored.
        """
        self.path = Path(path)
        self.done = 0
        """Columns written so far."""
        check_names(rows, "The rows", f"'{self.path}'")
        check_names(columns, "The columns", f"'{self.path}'")
        self._part = self.path.with_name(self.path.name + ".part")
        self._size = len(rows), len(columns)
        try:
            self._file = h5py.File(self._part, "w")
        except OSError as error:
            raise MatrixFileError(
                f"'{self.path}' cannot be written. Check the folder, its rights and its space."
            ) from error
        try:
            self._begin(rows, columns, np.dtype(dtype), compression)
        except BaseException:
            self._drop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._drop()

    def write(self, block: np.ndarray) -> None:
        """Append the next columns.

        Args:
            block: (R, c) values; NaN is missing.

        Raises:
            MatrixFileError: for another number of rows, or more columns than were announced.
        """
        block = np.asarray(block)
        n_rows, n_columns = self._size
        stop = self.done + (block.shape[1] if block.ndim == 2 else 0)
        if block.ndim != 2 or block.shape[0] != n_rows or stop > n_columns:
            raise MatrixFileError(
                f"A slice of {block.shape} does not fit '{self.path}', which has {n_rows:,} rows "
                f"and {n_columns - self.done:,} columns left."
            )
        if stop > self.done:
            try:
                self._matrix[self.done : stop] = block.T
            except OSError as error:
                raise MatrixFileError(
                    f"'{self.path}' cannot be written on. Check the space on the disk."
                ) from error
        self.done = stop

    def close(self) -> None:
        """End the file and put it in place.

        Raises:
            MatrixFileError: if columns are missing; nothing is left behind then.
        """
        if self.done != self._size[1]:
            self._drop()
            raise MatrixFileError(
                f"'{self.path}' got {self.done:,} of {self._size[1]:,} columns and was not kept."
            )
        self._file.close()
        self._part.replace(self.path)

    def _begin(
        self, rows: pd.DataFrame, columns: pd.DataFrame, dtype: np.dtype, compression: str | None
    ) -> None:
        self._file.attrs["version"] = _VERSION
        self._file.attrs["src"] = str(self.path)
        for where, frame in ((ROWS, rows), (COLUMNS, columns)):
            group = self._file.create_group(where, track_order=True)
            write_field(group, "id", frame.index.astype("str"))
            for title in frame:
                write_field(group, str(title), frame[title])
        shape = self._size[::-1]
        chunks = None
        if compression and all(shape):
            wide = min(shape[1], _CHUNK // dtype.itemsize)
            chunks = min(shape[0], max(1, _CHUNK // (wide * dtype.itemsize))), wide
        self._matrix = self._file.create_dataset(
            MATRIX, shape, dtype, chunks=chunks, compression=compression if chunks else None
        )

    def _drop(self) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)


def write_gctx(path: Path | str, matrix: Matrix, compression: str | None = None) -> None:
    """A matrix that is in memory as a GCTX file, written in slices.

    Raises:
        MatrixFileError: as `GctxWriter`.
    """
    values = matrix.values
    size = max(1, _SLICE // max(1, 4 * values.shape[0]))
    with GctxWriter(path, matrix.rows, matrix.columns, np.float32, compression) as writer:
        for start in range(0, values.shape[1], size):
            writer.write(values[:, start : start + size])
