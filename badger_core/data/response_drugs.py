"""Drugs and cell lines as a model of drug sensitivity takes them: keyed, grouped, with features.

D drugs, L lines, A fingerprint bits, E genes of the expression panel.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from badger_core.chem.fingerprint import morgan_bits

BITS = 2048
"""Length A of the fingerprints, Morgan of radius 2."""


@dataclass(frozen=True, eq=False)
class Drugs:
    """D drugs, aligned by position; a structure that was screened twice has two rows.

    Attributes:
        keys: (D,) text, first InChIKey block of the standardised structure.
        names: (D,) text.
        smiles: (D,) text, standardised.
        bits: (D, A) uint8 of 0 and 1, Morgan radius 2.
        groups: (D,) int; drugs of one key or of the same bits share one.
    """

    keys: np.ndarray
    names: np.ndarray
    smiles: np.ndarray
    bits: np.ndarray
    groups: np.ndarray

    def __len__(self) -> int:
        """How many drugs, D."""
        return len(self.keys)

    def take(self, rows: np.ndarray) -> "Drugs":
        """The drugs at these positions (or of a mask), in this order."""
        return Drugs(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True, eq=False)
class Lines:
    """L cell lines, aligned by position.

    Attributes:
        keys: (L,) text, the line's name in the screen.
        expression: (L, E) float32, log2 scale, NaN where a gene was not measured; on the panel of
            landmarks less the mean of the line's platform (see `response.screen`).
        groups: (L,) int; lines of one donor, or derived from another, share one.
    """

    keys: np.ndarray
    expression: np.ndarray
    groups: np.ndarray

    def __len__(self) -> int:
        """How many lines, L."""
        return len(self.keys)

    def take(self, rows: np.ndarray) -> "Lines":
        """The lines at these positions (or of a mask), in this order."""
        return Lines(*(getattr(self, field.name)[rows] for field in fields(self)))


def bits_of(smiles: Sequence[str]) -> np.ndarray:
    """(D, A) uint8 Morgan bits of D structures.

    Raises:
        MoleculeError: for a SMILES that RDKit cannot read.
    """
    found = [morgan_bits(text, BITS) for text in smiles]
    return np.stack(found) if found else np.zeros((0, BITS), np.uint8)


def twin_groups(keys: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """(D,) int from 0: drugs of one key, or that no fingerprint tells apart, share a number."""
    alike: dict[object, int] = {}
    pairs = [
        (alike.setdefault(mark, row), row)
        for row, (key, own) in enumerate(zip(keys, bits, strict=True))
        for mark in (("key", key), ("bits", own.tobytes()))
    ]
    return connected(len(keys), pairs)


def connected(size: int, pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """(size,) int: what is linked by pairs, also over others, shares a number; from 0, in order."""
    left, right = np.array(list(pairs), np.intp).reshape(-1, 2).T
    links = coo_matrix((np.ones(len(left), bool), (left, right)), shape=(size, size))
    return connected_components(links, directed=False)[1].astype(np.int64)
