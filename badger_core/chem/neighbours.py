"""Fingerprints of a whole library, packed, and the compounds in it most like a structure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from badger_core.chem.fingerprint import BITS, morgan_bits
from badger_core.chem.similarity import Neighbour, tanimoto_packed

_REPORT_EVERY = 500


@dataclass(frozen=True, eq=False)
class PackedLibrary:
    """Morgan bits of M compounds: 128 bytes each at 1,024 bits."""

    packed: np.ndarray
    """(M, A / 8) uint8, bits packed as by numpy.packbits."""

    def nearest(self, smiles: str, k: int, among: np.ndarray | None = None) -> list[Neighbour]:
        """The `k` rows most like a structure by Tanimoto, best first, ties by position.

        Args:
            smiles: of the structure, standardised.
            k: how many; fewer come back where the library is smaller.
            among: (M,) bool, rows that count; None for all.

        Raises:
            ValueError: `k` is below 1.
            MoleculeError: RDKit cannot read `smiles`.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}.")
        rows = np.arange(len(self.packed)) if among is None else np.flatnonzero(among)
        likeness = tanimoto_packed(np.packbits(morgan_bits(smiles)), self.packed[rows])
        order = np.argsort(-likeness, kind="stable")[:k]
        return [Neighbour(int(rows[i]), float(likeness[i])) for i in order]


def pack_library(
    smiles: Sequence[str], progress: Callable[[float], object] | None = None
) -> PackedLibrary:
    """Fingerprint M standardised structures; about 0.3 ms each.

    Args:
        smiles: M structures.
        progress: called with the part done, 0 to 1, every few hundred structures.

    Raises:
        MoleculeError: RDKit cannot read one of them.
    """
    packed = np.zeros((len(smiles), BITS // 8), np.uint8)
    for row, text in enumerate(smiles):
        packed[row] = np.packbits(morgan_bits(text))
        if progress is not None and row % _REPORT_EVERY == 0:
            progress(row / len(smiles))
    return PackedLibrary(packed)
