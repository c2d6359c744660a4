"""How alike conditions are by compound and by line: the kernels of the plain predictors."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from badger_core.chem.fingerprint import morgan_bits
from badger_core.chem.library import CompoundLibrary
from badger_core.data.featurise import CellFeatures


def compound_likeness(library: CompoundLibrary, keys: Sequence[str]) -> np.ndarray:
    """(D, D) sum of three similarities of compounds, each from 0 to 1.

    Tanimoto of whole-molecule fingerprints, and Jaccard of the known mechanisms and of the known
    targets (0 where nothing is known of either compound).
    """
    table = library.table.set_index("ik14").loc[list(keys)]
    bits = np.stack([morgan_bits(smiles) for smiles in table["smiles"]])
    parts = [bits, _indicators(table["moa"]), _indicators(table["target_entrez"])]
    return sum(jaccard(part.astype(np.float32)) for part in parts)


def line_cosine(cells: CellFeatures, names: Sequence[str]) -> np.ndarray:
    """(L, L) cosine of the lines' features; 0 if negative or unknown, 1 with itself."""
    known = [cells.of_line(name) for name in names]
    none = np.zeros(len(cells.references), np.float32)
    rows = np.stack([none if f is None else f for f in known])
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    rows = rows / np.where(length > 0, length, 1)
    likeness = np.maximum(rows @ rows.T, 0)
    np.fill_diagonal(likeness, 1)
    return likeness


def positions(values: pd.Series, names: Sequence[str]) -> np.ndarray:
    """Where each value stands among `names`."""
    place = {name: i for i, name in enumerate(names)}
    return np.array([place[value] for value in values])


def _indicators(cells: Iterable[Iterable]) -> np.ndarray:
    """(D, V) 1 where row d holds entry v."""
    rows = [set(cell) for cell in cells]
    entries = {entry: i for i, entry in enumerate(sorted(set().union(*rows)))}
    table = np.zeros((len(rows), max(len(entries), 1)), np.float32)
    for i, row in enumerate(rows):
        table[i, [entries[entry] for entry in row]] = 1
    return table


def jaccard(table: np.ndarray) -> np.ndarray:
    """(D, D) shared over joint entries of 0/1 rows; 0 between two empty rows."""
    shared = table @ table.T
    size = table.sum(axis=1)
    joint = size[:, None] + size[None] - shared
    return np.divide(shared, joint, out=np.zeros_like(shared), where=joint > 0)
