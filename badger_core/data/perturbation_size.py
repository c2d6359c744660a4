"""How much of a user's h5ad may be read: looked at before any of it is."""

import h5py
import numpy as np
import pandas as pd

from badger_core.data.h5ad_frame import frame_of, length_of
from badger_core.data.hdf5 import PartError
from badger_core.errors import PerturbationError
from badger_core.limits import limits


def size_of(x: h5py.Dataset | h5py.Group, name: str) -> tuple[int, int]:
    """Cells and genes of a matrix, before any of it is read.

    Raises:
        PerturbationError: beyond the limits.
        PartError: for what is no matrix.
    """
    given = x.shape if isinstance(x, h5py.Dataset) else x.attrs.get("shape", ())
    if given is None or len(np.ravel(given)) != 2:
        raise PartError("holds no matrix of cells and genes in X")
    cells, genes = (int(n) for n in np.ravel(given))
    if min(cells, genes) < 1:
        raise PartError("holds no cells or no genes in X")
    most = limits()
    if cells > most.screen_cells or genes > most.screen_genes or cells * genes > most.screen_counts:
        raise PerturbationError(
            f"'{name}' holds {cells:,} cells of {genes:,} genes. At most {most.screen_cells:,} "
            f"cells, {most.screen_genes:,} genes and {in_words(most.screen_counts)} counts "
            "together are read here. Keep the targets and the most variable genes "
            "(scanpy.pp.highly_variable_genes, n_top_genes=2000), and fewer cells of each target."
        )
    return cells, genes


def small_table(group: h5py.Group, side: str, length: int) -> pd.DataFrame:
    """Read obs or var, `length` rows.

    Raises:
        PartError: if it has another length, or more entries than are read.
    """
    found = length_of(group, side)
    if found != length:
        raise PartError(f"names {found:,} entries in {side} where X has {length:,}")
    return frame_of(group, side, limits().table_cells)


def in_words(count: int) -> str:
    """60,000,000 as '60 million'."""
    millions, rest = divmod(count, 1_000_000)
    return f"{count:,}" if rest else f"{millions:,} million"
