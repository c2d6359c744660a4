"""Obs or var of an h5ad file: the index and the columns, nothing read before its length is known.

Format: https://anndata.readthedocs.io/en/latest/fileformat-prose.html; the categories of versions
before 0.8 stand in `__categories` and are referred to.
"""

import h5py
import numpy as np
import pandas as pd

from badger_core.data.gctx_fields import decoded, readable
from badger_core.data.hdf5 import PartError, taken
from badger_core.data.matrix import TEXT
from badger_core.naming import shown

_MOST_COLUMNS = 2000
_OLD_CATEGORIES = "__categories"


def length_of(group: h5py.Group | h5py.Dataset, side: str) -> int:
    """Entries of obs or var, by its index.

    Args:
        group: of the file.
        side: what it is called, for messages.

    Raises:
        PartError: if it has no index.
    """
    entry = group[_index_title(group, side)]
    if isinstance(entry, h5py.Group):
        entry = entry.get("codes", entry.get("values"))
    if not isinstance(entry, h5py.Dataset) or entry.ndim != 1:
        raise PartError(f"has no index of texts in {side}")
    return int(entry.size)


def frame_of(group: h5py.Group | h5py.Dataset, side: str, most: int | None = None) -> pd.DataFrame:
    """Index and columns in their order; no others than numbers and texts.

    Args:
        group: obs or var.
        side: which of them, for messages.
        most: entries of all columns together; None for any number.

    Raises:
        PartError: without an index, for a column of another length, or for more than `most`.
    """
    title, length = _index_title(group, side), length_of(group, side)
    order = [readable(one) for one in np.ravel(group.attrs.get("column-order", ()))]
    titles = [*(one for one in order if one in group), *(one for one in group if one not in order)]
    titles = [one for one in dict.fromkeys(titles) if one not in (title, _OLD_CATEGORIES)]
    if len(titles) > _MOST_COLUMNS or (most is not None and (len(titles) + 1) * length > most):
        raise PartError(
            f"has {len(titles):,} columns of {length:,} entries in {side}, more than is read. "
            "Leave out columns that are not needed"
        )
    found = column_of(group[title], f"{side}/{_said(title)}", length)
    if found is None:
        raise PartError(f"has no index of texts in {side}")
    index = pd.Index(found.astype(str), dtype="str", name="id")
    columns = {_said(one): column_of(group[one], f"{side}/{_said(one)}", length) for one in titles}
    kept = {one: c.set_axis(index) for one, c in columns.items() if c is not None}
    return pd.DataFrame(kept, index=index)


def column_of(entry: h5py.Dataset | h5py.Group, where: str, length: int) -> pd.Series | None:
    """Numbers, truths or texts of one column, categories written out; None for what is neither.

    Raises:
        PartError: for another length, or codes outside the categories.
    """
    if isinstance(entry, h5py.Group):
        if "categories" in entry and "codes" in entry:
            return _categories(entry["categories"], entry["codes"], where, length)
        if "values" in entry and "mask" in entry:
            values = column_of(entry["values"], where, length)
            if values is None or not _is_column(entry["mask"], "biu", where, length):
                return None
            mask = taken(entry["mask"], f"entries of {where}").astype(bool)
            return values.convert_dtypes().mask(mask)
        return None
    older = entry.attrs.get("categories")
    if isinstance(older, h5py.Reference) and older:
        return _categories(entry.file[older], entry, where, length)
    if h5py.check_string_dtype(entry.dtype) is not None or entry.dtype.kind == "S":
        if not _is_column(entry, "SO", where, length):
            return None
        return pd.Series(decoded(taken(entry, f"entries of {where}").tolist()), dtype=TEXT)
    if not _is_column(entry, "iufb", where, length) or entry.dtype.itemsize > 8:
        return None
    found = taken(entry, f"entries of {where}")
    if found.dtype.kind == "f" and found.dtype.itemsize == 2:
        return pd.Series(found.astype(np.float32))
    return pd.Series(found.astype(found.dtype.newbyteorder("="), copy=False))


def _categories(
    names: h5py.Dataset | h5py.Group, codes: h5py.Dataset, where: str, length: int
) -> pd.Series | None:
    """(length,) the name of each code; a code below 0 is a gap."""
    if not isinstance(names, h5py.Dataset) or names.ndim != 1:
        return None
    known = column_of(names, f"the categories of {where}", int(names.size))
    if known is None or not _is_column(codes, "iu", where, length):
        return None
    at = taken(codes, f"entries of {where}").astype(np.int64)
    if len(at) and at.max() >= len(known):
        raise PartError(
            f"has codes in {where} that stand for none of its {len(known):,} categories"
        )
    return known.reindex(np.where(at < 0, -1, at)).reset_index(drop=True)


def _is_column(entry: object, kinds: str, where: str, length: int) -> bool:
    """Whether a dataset has one axis and such a type.

    Raises:
        PartError: for a column of another length.
    """
    if not isinstance(entry, h5py.Dataset) or entry.ndim != 1 or entry.dtype.kind not in kinds:
        return False
    if entry.size != length:
        raise PartError(f"has {entry.size:,} entries in {where} where {length:,} are due")
    return True


def _index_title(group: h5py.Group | h5py.Dataset, side: str) -> str:
    if isinstance(group, h5py.Dataset):
        raise PartError(f"keeps {side} as AnnData did before version 0.7; save it by a newer one")
    title = group.attrs.get("_index", "_index" if "_index" in group else "index")
    title = readable(title) if isinstance(title, bytes) else title
    if not isinstance(title, str) or not title or title not in group:
        raise PartError(f"has no index in {side}")
    return title


def _said(title: str | bytes) -> str:
    """A title as messages and tables show it, whatever its bytes."""
    return shown(readable(title), 60)
