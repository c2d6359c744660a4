"""Pathways as gene sets, and the vocabulary that the model attends over."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd


@dataclass(frozen=True, eq=False)
class PathwaySets:
    """`table` has the columns of `schema.PATHWAY_COLUMNS`; one row per set."""

    table: pd.DataFrame

    @cached_property
    def vocabulary(self) -> pd.DataFrame:
        """The P sets of the model's vocabulary, in bundle order."""
        return self.table[self.table["in_vocabulary"]].reset_index(drop=True)

    def membership(self, entrez: np.ndarray) -> np.ndarray:
        """(P, K) bool: is gene k a member of pathway p of the vocabulary."""
        sets = [set(map(int, members)) for members in self.vocabulary["entrez"]]
        return np.array([[int(e) in members for e in entrez] for members in sets], bool)
