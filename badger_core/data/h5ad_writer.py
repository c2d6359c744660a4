"""Writes a `Matrix` as h5ad, with samples in rows, so that AnnData, scanpy and Seurat read it.

Format: https://anndata.readthedocs.io/en/latest/fileformat-prose.html, version 0.1.0.
"""

from pathlib import Path

import h5py
import numpy as np
import pandas as pd

from badger_core.data.matrix import Matrix, check_names
from badger_core.errors import MatrixFileError
from badger_core.files import being_written

_SLICE = 1024
"""Samples that are turned round at a time."""


def write_h5ad(path: Path | str, matrix: Matrix) -> None:
    """The file, whole or not at all.

    Raises:
        MatrixFileError: for ids that stand twice.
        WriteError: where it cannot be written.
    """
    path = Path(path)
    check_names(matrix.rows, "The rows", f"'{path}'")
    check_names(matrix.columns, "The columns", f"'{path}'")
    with being_written(path) as part, h5py.File(part, "w") as file:
        _tag(file, "anndata", "0.1.0")
        x = file.create_dataset("X", matrix.values.shape[::-1], np.float32)
        _tag(x, "array", "0.2.0")
        for start in range(0, x.shape[0], _SLICE):
            x[start : start + _SLICE] = matrix.values[:, start : start + _SLICE].T
        _write_frame(file.create_group("obs"), matrix.columns)
        _write_frame(file.create_group("var"), matrix.rows)


def _write_frame(group: h5py.Group, frame: pd.DataFrame) -> None:
    _tag(group, "dataframe", "0.2.0")
    titles = [str(title) for title in frame]
    group.attrs["_index"] = "_index"
    group.attrs.create("column-order", np.array(titles, dtype=h5py.string_dtype()))
    _texts(group, "_index", frame.index)
    for title, field in zip(titles, frame, strict=True):
        if "/" in title or not title or title == "_index":
            raise MatrixFileError(f"A field cannot be called '{title}' in an h5ad file. Rename it.")
        _write_field(group, title, frame[field])


def _write_field(group: h5py.Group, title: str, values: pd.Series) -> None:
    if pd.api.types.is_numeric_dtype(values.dtype):  # truths among them
        if isinstance(values.dtype, np.dtype):
            _tag(group.create_dataset(title, data=values.to_numpy()), "array", "0.2.0")
            return
        kinds = {"b": "nullable-boolean", "i": "nullable-integer", "u": "nullable-integer"}
        plain = values.dtype.numpy_dtype
        if plain.kind in kinds:
            part = group.create_group(title)
            _tag(part, kinds[plain.kind], "0.1.0")
            filled = values.fillna(False if plain.kind == "b" else 0).to_numpy(plain)
            for name, data in (("values", filled), ("mask", values.isna().to_numpy(bool))):
                _tag(part.create_dataset(name, data=data), "array", "0.2.0")
            return
        data = values.to_numpy(np.float64, na_value=np.nan)
        _tag(group.create_dataset(title, data=data), "array", "0.2.0")
    elif values.isna().any():  # only categories can be missing
        codes, names = pd.factorize(values.astype("str"), sort=True)
        part = group.create_group(title)
        _tag(part, "categorical", "0.2.0")
        part.attrs["ordered"] = False
        _texts(part, "categories", names)
        _tag(part.create_dataset("codes", data=codes.astype(np.int32)), "array", "0.2.0")
    else:
        _texts(group, title, values)


def _texts(group: h5py.Group, title: str, values: pd.Series | pd.Index) -> None:
    data = np.array([str(value) for value in values], dtype=object)
    dataset = group.create_dataset(title, data=data, dtype=h5py.string_dtype())
    _tag(dataset, "string-array", "0.2.0")


def _tag(entry: h5py.Group | h5py.Dataset, kind: str, version: str) -> None:
    entry.attrs["encoding-type"] = kind
    entry.attrs["encoding-version"] = version
