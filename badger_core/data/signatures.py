"""Measured signatures: conditions as a table, values as one matrix."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

_MISSING = np.iinfo(np.int16).min


@dataclass(frozen=True, eq=False)
class SignatureStore:
    """`table` has the columns of `schema.SIGNATURE_COLUMNS`; the values are read when asked for.

    Attributes:
        table: one row per signature of any kind.
        load: reads `values` (S, G), int16 multiples of `unit` whose smallest number stands for
            missing, and `unit` (S,), the value of one step.
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
        packed = self._arrays["values"][rows]
        values = packed * self._arrays["unit"][rows][:, None]
        return np.where(packed == _MISSING, np.nan, values).astype(np.float32)

    def of_pair(self, ik14: str, cell: str) -> pd.DataFrame:
        """Rows of all numeric signatures of one compound in one line."""
        t = self.table
        return t[(t["kind"] == "numeric") & (t["ik14"] == ik14) & (t["cell"] == cell)]
