"""Writes GCTX files in slices, laid out as cmapPy and cmapM lay them out, whole or not at all.

Source of the layout: cmapPy's write_gctx.py: version and src of the file, the matrix as (C, R)
without chunks unless compressed, fields of annotation compressed by gzip, -666 for what is missing.
"""

from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import h5py
import numpy as np
import pandas as pd

from badger_core.data.gctx import COLUMNS, MATRIX, ROWS
from badger_core.data.gctx_fields import write_field
from badger_core.data.matrix import Matrix, check_names
from badger_core.disk import refusal, told
from badger_core.errors import MatrixFileError
from badger_core.files import part_of, put_in_place

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
            WriteError: where it cannot be written.
        """
        self.path = Path(path)
        self.done = 0
        """Columns written so far."""
        check_names(rows, "The rows", f"'{self.path}'")
        check_names(columns, "The columns", f"'{self.path}'")
        self._size = len(rows), len(columns)
        try:
            self._part = part_of(self.path)
            self._file = h5py.File(self._part, "w")
        except OSError as error:
            raise refusal(self.path, error) from error
        try:
            with self._told():
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
            WriteError: where it cannot be written on; the disk may be full.
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
            with self._told():
                self._matrix[self.done : stop] = block.T
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
        try:
            with self._told():
                self._file.close()
                put_in_place(self._part, self.path)
        except BaseException:
            self._drop()
            raise

    def _told(self) -> AbstractContextManager[None]:
        return told(self.path, 4 * self._size[0] * self._size[1])

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
        with suppress(OSError, RuntimeError):  # closing writes, and the disk may be full
            self._file.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)


def write_gctx(path: Path | str, matrix: Matrix, compression: str | None = None) -> None:
    """A matrix that is in memory as a GCTX file, written in slices.

    Raises:
        MatrixFileError, WriteError: as `GctxWriter`.
    """
    values = matrix.values
    size = max(1, _SLICE // max(1, 4 * values.shape[0]))
    with GctxWriter(path, matrix.rows, matrix.columns, np.float32, compression) as writer:
        for start in range(0, values.shape[1], size):
            writer.write(values[:, start : start + size])
