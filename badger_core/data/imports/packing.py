"""Values as the bundle stores them: whole numbers of two bytes, and the unit of each row."""

from typing import NamedTuple

import numpy as np

from badger_core.data.build.signatures import FINE, MISSING

_MOST = 32767
_AT_ONCE = 64  # rows that stay in the processor's cache


class Packed(NamedTuple):
    """N signatures.

    Attributes:
        values: (N, G) int16, MISSING for what was not measured.
        unit: (N,) float32, the value of one step.
        strength: (N,) float32, root mean square of the values.
        measured: (N,) int16, genes that were measured.
    """

    values: np.ndarray
    unit: np.ndarray
    strength: np.ndarray
    measured: np.ndarray


def pack(values: np.ndarray, place: np.ndarray | None = None) -> Packed:
    """Rows in steps of FINE, or in larger ones where a value would not fit.

    A row's bytes depend on that row alone, so that any division into blocks gives the same file.

    Args:
        values: (N, G) float32; NaN and infinite mean not measured.
        place: (at least N, G) int16 to pack into; new memory if not given.
    """
    n, genes = values.shape
    packed = Packed(
        np.empty((n, genes), np.int16) if place is None else place[:n],
        np.full(n, FINE, np.float32),
        np.empty(n, np.float32),
        np.full(n, genes, np.int16),
    )
    steps = np.empty((_AT_ONCE, genes), np.float32)
    for start in range(0, n, _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        block = values[some]
        own = steps[: len(block)]
        np.multiply(block, np.float32(1 / FINE), out=own)
        packed.strength[some] = np.sqrt(np.vecdot(block, block) / genes)
        plain = own.max() <= _MOST and own.min() >= -_MOST  # a gap is not
        odd = [] if plain else np.flatnonzero(~(np.abs(own).max(axis=1) <= _MOST))
        own[odd] = 0
        np.rint(own, out=own)
        packed.values[some] = own
        for row in odd:
            _pack_odd(values[start + row], packed, start + row)
    return packed


def _pack_odd(values: np.ndarray, packed: Packed, row: int) -> None:
    """One row with gaps or large values."""
    known = np.isfinite(values)
    there = values[known].astype(np.float64)
    largest = np.abs(there).max(initial=0.0)
    unit = np.float32(FINE if largest <= _MOST * FINE else largest / _MOST * (1 + 1e-6))
    packed.values[row] = MISSING
    packed.values[row, known] = np.rint(there / float(unit))
    packed.unit[row] = unit
    packed.strength[row] = np.sqrt((there**2).mean()) if len(there) else 0.0
    packed.measured[row] = known.sum()
