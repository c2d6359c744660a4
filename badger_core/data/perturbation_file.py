"""A user's h5ad of single cells to a `CellScreen`, within limits that are said, without anndata."""

import io
from typing import NamedTuple

import h5py
import numpy as np
import pandas as pd

from badger_core.data.h5ad_file import x_values
from badger_core.data.hdf5 import PartError
from badger_core.data.hdf5_check import check_hdf5
from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.data.perturbation_columns import assigned
from badger_core.data.perturbation_size import in_words, size_of, small_table
from badger_core.errors import PerturbationError
from badger_core.limits import limits
from badger_core.naming import shown

LEAST_CELLS = 20
"""Of a target that counts as one, and of control."""
_AGAIN = "Save it again with adata.write_h5ad('screen.h5ad')."
_MOST_COUNT = np.iinfo(np.int32).max
_SYMBOLS = ("symbol", "gene_symbol", "gene_symbols", "gene_name", "feature_name")
_PLACES = (("X", "var"), ("layers/counts", "var"), ("raw/X", "raw/var"))


class CellUpload(NamedTuple):
    """A screen that was read, and sentences on what was read and what was left out."""

    screen: CellScreen
    notes: tuple[str, ...]


def wanted() -> str:
    """What a file must be like, for the page that takes it."""
    most = limits()
    return (
        f"an h5ad file of at most {most.upload_mb} MB, {most.screen_cells:,} cells and "
        f"{most.screen_genes:,} genes ({in_words(most.screen_counts)} counts together), raw "
        "counts, one target a cell, two targets or more and control cells, "
        f"{LEAST_CELLS} cells of each"
    )


def read_cell_upload(
    content: bytes, name: str, target: str | None = None, control: str | None = None
) -> CellUpload:
    """Cells, their targets and raw counts: of X, else of layers/counts, else of raw/X.

    Args:
        content: the file.
        name: its name, for messages.
        target: column of obs with the gene that was knocked out; found by its title if None.
        control: what control cells are called there, beside the usual names.

    Raises:
        PerturbationError: for a file that is damaged, beyond the limits, without counts, without
            control, or with fewer than two targets.
    """
    most = limits().upload_mb
    if len(content) > most * 1024**2:
        raise PerturbationError(
            f"'{name}' has {len(content) / 1024**2:,.0f} MB, and {most} MB are "
            "read here. Keep fewer cells or genes and save it with compression='gzip'."
        )
    if not content.startswith(b"\x89HDF"):
        raise PerturbationError(
            f"'{name}' is no h5ad file (HDF5). Save the cells with adata.write_h5ad('screen.h5ad')."
        )
    check_hdf5(content, name, PerturbationError)
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            obs, genes, counts, place = _read(file, name)
    except (PerturbationError, MemoryError):
        raise
    except PartError as error:
        raise PerturbationError(
            f"'{name}' {error}, so it is damaged or not as AnnData writes it. {_AGAIN}"
        ) from error
    except Exception as error:  # h5py raises almost any kind for what is damaged
        raise PerturbationError(
            f"'{name}' is damaged or no h5ad file as AnnData writes it. {_AGAIN}"
        ) from error
    cells = assigned(obs, name, target, control)
    screen = CellScreen(counts, genes, *cells[:4]).take(cells.target != "")
    _check(screen, name)
    here = f"Raw counts are read from {place}."
    return CellUpload(screen, (here, *cells.notes))


def _read(file: h5py.File, name: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, str]:
    """Cells, symbols (G,), counts (N, G) and the place in the file that they were found at.

    Raises:
        PerturbationError: beyond the limits, or without whole numbers.
    """
    if not all(part in file for part in ("X", "obs", "var")):
        raise PerturbationError(
            f"'{name}' is an HDF5 file without X, obs and var, so no h5ad file. Save the cells "
            "with adata.write_h5ad('screen.h5ad')."
        )
    obs = None
    for place, var in _PLACES:
        if place not in file or var not in file:
            continue
        size = size_of(file[place], name)
        if obs is None:
            obs = small_table(file["obs"], "obs", size[0])
        values = x_values(file[place], size)
        if np.isfinite(values).all() and (values >= 0).all() and (values % 1 == 0).all():
            if values.max(initial=0) > _MOST_COUNT:
                raise PerturbationError(
                    f"'{name}' counts {values.max():,.0f} transcripts of one gene in one cell, "
                    "more than a cell has. Put the counts of transcripts (UMI) to X and save it "
                    "again."
                )
            kind = np.uint16 if values.max(initial=0) < 2**16 else np.int32
            return obs, _symbols(file[var], size[1], name), values.astype(kind), place
    raise PerturbationError(
        f"'{name}' holds no raw counts: its numbers have decimals or are below zero, so they were "
        "normalised or put on a log scale. Put the counts of transcripts (UMI) to X or to "
        "layers['counts'] and save it again."
    )


def _symbols(var: h5py.Group, length: int, name: str) -> np.ndarray:
    table = small_table(var, "var", length)
    genes = table.index.to_numpy(str)
    named = next((title for title in _SYMBOLS if title in table), None)
    if named is not None and np.char.startswith(genes, "ENS").mean() > 0.5:
        genes = table[named].astype(str).to_numpy(str)
    twice = pd.Index(genes)[pd.Index(genes).duplicated()]
    if len(twice):
        raise PerturbationError(
            f"'{name}' names {len(set(twice))} genes twice, the first is "
            f"'{shown(twice[0], 40)}'. Call "
            "adata.var_names_make_unique() and save it again."
        )
    return genes


def _check(screen: CellScreen, name: str) -> None:
    """Raises PerturbationError for too few control cells or targets."""
    names, cells = np.unique(screen.target, return_counts=True)
    count = dict(zip(names.tolist(), cells.tolist(), strict=True))
    controls = count.pop(CONTROL, 0)
    if controls < LEAST_CELLS:
        raise PerturbationError(
            f"'{name}' has {controls} control cells, and {LEAST_CELLS} are the least that effects "
            "can be measured against. Add control cells."
        )
    enough = sum(n >= LEAST_CELLS for n in count.values())
    if enough < 2:
        raise PerturbationError(
            f"'{name}' has {enough} {'target' if enough == 1 else 'targets'} with {LEAST_CELLS} "
            "cells or more, and a network needs two at least. Add cells of other targets, or name "
            "the column of targets."
        )
