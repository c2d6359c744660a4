"""A part of a single-cell screen as an h5ad file: the example that shows what a file must hold."""

import io
from collections.abc import Iterable

import h5py
import numpy as np

from badger_core.data.perturbation import CONTROL, CellScreen

TARGETS = ("CD86", "IRF1", "JAK2", "STAT1")
MOST = 200
"""Cells of each target, and of control."""


def example_h5ad(screen: CellScreen) -> bytes:
    """Raw counts, and target, guide and replicate of each cell, as AnnData writes them.

    Args:
        screen: of which the first `MOST` cells of each of `TARGETS` and of control are taken.
    """
    rows = [np.flatnonzero(screen.target == name)[:MOST] for name in (*TARGETS, CONTROL)]
    part = screen.take(np.concatenate(rows))
    file = io.BytesIO()
    with h5py.File(file, "w") as out:
        out.attrs.update({"encoding-type": "anndata", "encoding-version": "0.1.0"})
        x = out.create_dataset("X", data=part.counts.astype(np.float32), compression="gzip")
        x.attrs.update({"encoding-type": "array", "encoding-version": "0.2.0"})
        names = [f"cell{at}" for at in range(len(part.target))]
        told = {"target": part.target, "guide": part.guide, "replicate": part.replicate}
        _frame(out.create_group("obs"), names, told)
        _frame(out.create_group("var"), part.genes.tolist(), {})
    return file.getvalue()


def _frame(group: h5py.Group, index: list[str], columns: dict[str, np.ndarray]) -> None:
    about = {"encoding-type": "dataframe", "encoding-version": "0.2.0", "_index": "_index"}
    group.attrs.update(about)
    group.attrs["column-order"] = np.array(list(columns), h5py.string_dtype())
    every: dict[str, Iterable[object]] = {"_index": index, **columns}
    for name, values in every.items():
        texts = np.array([str(value) for value in values], object)
        entry = group.create_dataset(name, data=texts, dtype=h5py.string_dtype())
        entry.attrs.update({"encoding-type": "string-array", "encoding-version": "0.2.0"})
