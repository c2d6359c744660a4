"""Tanimoto similarity of one fingerprint to a library of them, and its nearest members."""

from typing import NamedTuple

import numpy as np


class Neighbour(NamedTuple):
    """A row of the library and how similar it is."""

    index: int
    similarity: float


def tanimoto(bits: np.ndarray, library: np.ndarray) -> np.ndarray:
    """Bits in common divided by bits in either, (M,) float64 from 0 to 1.

    Args:
        bits: (A,) one fingerprint of 0 and 1.
        library: (M, A) fingerprints to compare with.

    A pair of empty fingerprints has similarity 0, as in RDKit, never NaN.

    Raises:
        ValueError: the two do not have the same number of bits.
    """
    if bits.ndim != 1 or library.ndim != 2 or bits.shape[0] != library.shape[1]:
        raise ValueError(f"Expected (A,) and (M, A) bits, got {bits.shape} and {library.shape}.")
    one = np.packbits(bits.astype(bool))  # (A / 8,)
    return tanimoto_packed(one, np.packbits(library.astype(bool), axis=1))


def tanimoto_packed(one: np.ndarray, many: np.ndarray) -> np.ndarray:
    """`tanimoto` of bits packed eight to a byte: (A / 8,) with (M, A / 8) uint8 to (M,)."""
    common = np.bitwise_count(many & one).sum(axis=1, dtype=np.int64)
    either = np.bitwise_count(many | one).sum(axis=1, dtype=np.int64)
    return common / np.maximum(either, 1)


def nearest(bits: np.ndarray, library: np.ndarray, k: int) -> list[Neighbour]:
    """The `k` most similar rows of `library` (M, A) to `bits` (A,), best first, ties by index.

    Fewer than `k` come back when the library is smaller.

    Raises:
        ValueError: `k` is below 1, or the numbers of bits differ.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}.")
    similarity = tanimoto(bits, library)  # (M,)
    order = np.argsort(-similarity, kind="stable")[:k]
    return [Neighbour(int(index), float(similarity[index])) for index in order]
