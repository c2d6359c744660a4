"""One field of a GCTX file's annotation, from HDF5 to a Series and back: numbers, texts, gaps.

CMap writes -666 where a number or a text is missing; so does this. Texts are bytes of fixed width
in UTF-8; files written by Matlab may hold Latin-1. Source of the layout: cmapPy, write_gctx.py,
and https://clue.io/connectopedia/gctx_format.
"""

from collections.abc import Iterable

import h5py
import numpy as np
import pandas as pd

from badger_core.data.hdf5 import PartError, taken
from badger_core.data.matrix import TEXT
from badger_core.errors import MatrixFileError
from badger_core.naming import shown

GAP = -666
_GZIP = 6
_GAP_TEXTS = ("-666", "-666.0", "-666.000000")


def read_texts(dataset: h5py.Dataset) -> list[str]:
    """Texts of a field, whatever type it has: ids of some files are numbers."""
    if not _is_text(dataset) and dataset.dtype.kind not in "iuf":
        raise PartError("has ids that are neither texts nor numbers")
    found = taken(dataset, "ids").ravel()
    if found.dtype.kind in "SO":
        return decoded(found.tolist())
    return [str(value) for value in found.tolist()]


def read_field(dataset: h5py.Dataset, index: pd.Index) -> pd.Series:
    """Numbers keep their type; whole numbers with gaps become Int64, gaps of the rest NaN.

    Raises:
        PartError: for a field of another length, or of neither numbers nor texts.
    """
    title = shown(readable(dataset.name).rpartition("/")[2], 40)
    if dataset.size != len(index):
        raise PartError(
            f"has a field '{title}' of {dataset.size:,} entries where {len(index):,} are due"
        )
    if not _is_text(dataset) and dataset.dtype.kind not in "iufb":
        raise PartError(f"has a field '{title}' that holds neither numbers nor texts")
    found = taken(dataset, f"entries of the field '{title}'").ravel()
    if found.dtype.kind in "SO":
        return without_gaps(pd.Series(decoded(found.tolist()), index, dtype=TEXT))
    return without_gaps(pd.Series(_native(found), index))


def without_gaps(values: pd.Series) -> pd.Series:
    """The field with its -666 as missing: NaN, or NA among whole numbers."""
    if values.dtype == TEXT:
        gaps = values.isin(_GAP_TEXTS)
        return values.mask(gaps, None) if gaps.any() else values
    gaps = values == GAP
    if not gaps.any():
        return values
    whole = pd.api.types.is_integer_dtype(values.dtype)
    return (values.astype("Int64") if whole else values).mask(gaps)


def write_field(group: h5py.Group, title: str, values: pd.Series | pd.Index) -> None:
    """A field as one dataset of the group.

    Raises:
        MatrixFileError: for a title that HDF5 cannot hold.
    """
    if not title or "/" in title or title == "." or title in group:
        raise MatrixFileError(
            f"A field of annotation cannot be called '{title}' in a GCTX file. Rename it."
        )
    options = {"compression": "gzip", "compression_opts": _GZIP} if len(values) else {}
    group.create_dataset(title, data=_stored(values), **options)


def decoded(values: Iterable[bytes | str]) -> list[str]:
    """Bytes as texts: UTF-8, or Latin-1 where they are not."""
    return [_text(value) if isinstance(value, bytes) else str(value) for value in values]


def readable(title: str | bytes) -> str:
    """A title as a text that can be shown and written; HDF5 gives one that is no UTF-8 as bytes."""
    text = title.decode("utf-8", "replace") if isinstance(title, bytes) else str(title)
    return text.encode("utf-8", "replace").decode("utf-8")


def _is_text(dataset: h5py.Dataset) -> bool:
    return h5py.check_string_dtype(dataset.dtype) is not None or dataset.dtype.kind == "S"


def _native(values: np.ndarray) -> np.ndarray:
    """In the machine's order of bytes, which pandas wants, and at most double precision."""
    if values.dtype.kind == "f" and values.dtype.itemsize not in (4, 8):
        return values.astype(np.float64)
    return values.astype(values.dtype.newbyteorder("="), copy=False)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _stored(values: pd.Series | pd.Index) -> np.ndarray:
    dtype = values.dtype
    if pd.api.types.is_bool_dtype(dtype):
        return values.astype("Int64").fillna(GAP).to_numpy(np.int64)
    if pd.api.types.is_integer_dtype(dtype):
        return values.to_numpy() if isinstance(dtype, np.dtype) else _filled(values, np.int64)
    if pd.api.types.is_float_dtype(dtype):
        return _filled(values, dtype if isinstance(dtype, np.dtype) else np.float64)
    texts = [str(GAP) if pd.isna(value) else str(value) for value in values]
    packed = np.array([text.encode() for text in texts])
    return packed if packed.dtype.itemsize else packed.astype("S1")


def _filled(values: pd.Series | pd.Index, dtype: np.dtype | type) -> np.ndarray:
    return values.fillna(GAP).to_numpy(dtype)
