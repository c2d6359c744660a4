"""The 978 landmark genes in their fixed order."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from badger_core.errors import GeneError


@dataclass(frozen=True, eq=False)
class GenePanel:
    """The genes a ranking speaks of; `table` has the columns of `schema.GENE_COLUMNS`."""

    table: pd.DataFrame

    @cached_property
    def entrez(self) -> np.ndarray:
        """(G,) int64 NCBI Gene ids, in panel order."""
        return self.table["entrez"].to_numpy(np.int64)

    @cached_property
    def symbols(self) -> list[str]:
        """G current symbols, in panel order."""
        return self.table["symbol"].tolist()

    @cached_property
    def index(self) -> dict[int, int]:
        """Entrez id to position."""
        return {int(e): i for i, e in enumerate(self.entrez)}

    def __len__(self) -> int:
        return len(self.table)

    def align(self, values: np.ndarray, entrez: np.ndarray) -> np.ndarray:
        """Put columns in panel order by Entrez id; a gene that is not there becomes NaN.

        Args:
            values: (..., K) numbers.
            entrez: (K,) their gene ids; ids outside the panel are left out.

        Raises:
            GeneError: if an id of the panel stands twice.
        """
        position = pd.Series(range(len(entrez)), index=np.asarray(entrez, np.int64))
        position = position[position.index.isin(self.entrez)]
        if position.index.has_duplicates:
            twice = position.index[position.index.duplicated()][0]
            raise GeneError(f"Gene {twice} stands twice. Keep one column per Entrez id.")
        out = np.full((*values.shape[:-1], len(self)), np.nan, np.float32)
        columns = [self.index[int(e)] for e in position.index]
        out[..., columns] = values[..., position.to_numpy()]
        return out
