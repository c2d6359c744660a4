"""Measured signatures: conditions as a table, values as one matrix."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

_MISSING = np.iinfo(np.int16).min


@dataclass(frozen=True, eq=False)
class SignatureStore:
    """`table` has the columns of `schema.SIGNATURE_COLUMNS`.

    Attributes:
        table: one row per signature of any kind.
        packed: (S, G) int16 multiples of `unit`; the smallest int16 stands for missing.
        unit: (S,) value of one step.
    """

    table: pd.DataFrame
    packed: np.ndarray
    unit: np.ndarray

    def values(self, rows: np.ndarray) -> np.ndarray:
        """(N, G) float32 values of matrix rows, NaN where not measured, in the source's unit."""
        packed = self.packed[rows]
        values = packed * self.unit[rows][:, None]
        return np.where(packed == _MISSING, np.nan, values).astype(np.float32)

    def of_pair(self, ik14: str, cell: str) -> pd.DataFrame:
        """Rows of all numeric signatures of one compound in one line."""
        t = self.table
        return t[(t["kind"] == "numeric") & (t["ik14"] == ik14) & (t["cell"] == cell)]
