"""Measured signatures: conditions as a table, values as one matrix."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from badger_core.data import scratch

_MISSING = np.iinfo(np.int16).min
VALUES_FILE, UNIT_FILE = "signatures_values.npy", "signatures_unit.npz"
"""Of an imported bundle, whose values stay on the disk; the shipped one has signatures.npz."""


@dataclass(frozen=True, eq=False)
class SignatureStore:
    """`table` has the columns of `schema.SIGNATURE_COLUMNS`; the values are read when asked for.

    Attributes:
        table: one row per signature of any kind.
        load: reads `values` (S, G), int16 multiples of `unit` whose smallest number stands for
            missing, and `unit` (S,), the value of one step. `values` may be a memory map: ask
            for as many rows at a time as memory is to hold.
    """

    table: pd.DataFrame
    load: Callable[[], dict[str, np.ndarray]]

    @cached_property
    def _arrays(self) -> dict[str, np.ndarray]:
        return self.load()

    def read(self) -> None:
        """Read the values now, for who has time before they are asked for."""
        _ = self._arrays

    def values(self, rows: np.ndarray) -> np.ndarray:
        """(N, G) float32 values of matrix rows, NaN where not measured, in the source's unit."""
        packed, unit = self.packed(rows)
        values = packed * unit[:, None]
        return np.where(packed == _MISSING, np.nan, values).astype(np.float32)

    @property
    def matrix_rows(self) -> int:
        """How many rows the matrix has; gene sets have none."""
        return len(self._arrays["unit"])

    @property
    def genes(self) -> int:
        """G."""
        return self._arrays["values"].shape[1]

    def release(self) -> None:
        """Give back the memory of values that stay on the disk anyway."""
        scratch.release(self._arrays["values"])

    def packed(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(N, G) int16 as stored and (N,) units of matrix rows."""
        return self._arrays["values"][rows], self._arrays["unit"][rows]

    def of_pair(self, ik14: str, cell: str) -> pd.DataFrame:
        """Rows of all numeric signatures of one compound in one line."""
        t = self.table
        return t[(t["kind"] == "numeric") & (t["ik14"] == ik14) & (t["cell"] == cell)]
