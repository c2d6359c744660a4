"""How much of a user's h5ad may be read: looked at before any of it is."""

import h5py
import numpy as np
import pandas as pd

from badger_core.data.h5ad_file import frame_of
from badger_core.errors import PerturbationError

MOST_CELLS = 50_000
MOST_GENES = 5_000
MOST_COUNTS = 60_000_000
"""Cells times genes."""


def size_of(x: h5py.Dataset | h5py.Group, name: str) -> tuple[int, int]:
    """Cells and genes of a matrix, before any of it is read.

    Raises:
        PerturbationError: beyond the limits.
    """
    given = x.shape if isinstance(x, h5py.Dataset) else x.attrs.get("shape", ())
    if len(given) != 2:
        raise ValueError("X is no matrix")
    cells, genes = (int(n) for n in given)
    stored = 0 if isinstance(x, h5py.Dataset) else max(x["data"].size, x["indices"].size)
    if cells > MOST_CELLS or genes > MOST_GENES or cells * genes > MOST_COUNTS:
        raise PerturbationError(
            f"'{name}' holds {cells:,} cells of {genes:,} genes. At most {MOST_CELLS:,} cells, "
            f"{MOST_GENES:,} genes and {MOST_COUNTS // 1_000_000} million counts together are read "
            "here. Keep the targets and the most variable genes "
            "(scanpy.pp.highly_variable_genes, n_top_genes=2000), and fewer cells of each target."
        )
    if stored > cells * genes or not cells * genes:
        raise ValueError("X holds more numbers than it has places, or none")
    return cells, genes


def check_places(x: h5py.Dataset | h5py.Group, size: tuple[int, int]) -> None:
    """That a sparse matrix does not point outside itself, which scipy does not check.

    Raises:
        ValueError: if it does.
    """
    if isinstance(x, h5py.Dataset):
        return
    by_column = "csc" in str(x.attrs.get("encoding-type", ""))
    outer, inner = size[::-1] if by_column else size
    if x["indptr"].shape != (outer + 1,):
        raise ValueError("X has another shape than it says")
    starts, places = x["indptr"][:].astype(np.int64), x["indices"][:]
    sound = starts[0] == 0 and starts[-1] == len(places)
    sound = sound and (np.diff(starts) >= 0).all() and x["data"].shape == places.shape
    if not sound or (len(places) and not 0 <= places.min() <= places.max() < inner):
        raise ValueError("X points outside itself")


def small_table(group: h5py.Group, length: int) -> pd.DataFrame:
    """Read obs or var, `length` rows.

    Raises:
        ValueError: if it has another length, or an entry that could fill the memory.
    """

    def look(_: str, entry: h5py.Dataset | h5py.Group) -> None:
        if isinstance(entry, h5py.Dataset) and entry.size > length:
            raise ValueError("an entry of obs or var is longer than X")

    group.visititems(look)
    table = frame_of(group)
    if len(table) != length:
        raise ValueError("obs or var has another length than X")
    return table
