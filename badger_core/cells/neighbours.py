"""The lines most like one line: likeness, what that is worth, and which of them depend on it.

Likeness is the centred rank correlation of `similarity.py`. Each line stands once, on its own
platform (L1000 where it is measured there); lines that were measured on another platform than the
one asked about come out less alike than they are.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.cells.dependence import why_dependent
from badger_core.cells.similarity import centred_ranks, similarity

COLUMNS = (
    "rank",
    "cell",
    "display_name",
    "disease",
    "lineage",
    "likeness",
    "percentile",
    "dependent",
    "n_signatures",
    "n_compounds",
    "platform",
)
"""Of a table of neighbours; `dependent` is the reason, '' for an independent line."""


@dataclass(frozen=True, eq=False)
class PlacedLines:
    """All lines with expression, placed once among each other.

    Attributes:
        catalogue: where they come from.
        table: C rows of the catalogue, sorted by cell.
        vectors: (C, G) centred ranks.
    """

    catalogue: CellCatalogue
    table: pd.DataFrame
    vectors: np.ndarray

    @cached_property
    def likeness(self) -> np.ndarray:
        """(C, C) of each line to each."""
        return similarity(self.vectors, self.vectors)

    @cached_property
    def unrelated(self) -> np.ndarray:
        """Sorted likeness of all pairs of lines that do not depend on each other: the null."""
        cells = self.table["cell"].tolist()
        at = {cell: place for place, cell in enumerate(cells)}
        free = np.triu(np.ones(self.likeness.shape, bool), 1)
        for cell in cells:
            for other in why_dependent(self.table, cell):
                free[at[cell], at[other]] = False
        return np.sort(self.likeness[free])

    def percentile(self, likeness: np.ndarray) -> np.ndarray:
        """Share of pairs of unrelated lines that are less alike, for any number of values."""
        return np.searchsorted(self.unrelated, likeness) / len(self.unrelated)

    def to(self, line: CellLine) -> np.ndarray:
        """(C,) likeness of a line of the catalogue or of an uploaded one."""
        placed = centred_ranks(line.basal[None], self.catalogue.reference_of(line))
        return similarity(placed, self.vectors)[0]


def place_lines(catalogue: CellCatalogue) -> PlacedLines:
    """Every line with expression, centred on its own platform."""
    table = catalogue.table[catalogue.table["basal_platform"] != ""].sort_values("cell")
    vectors = np.zeros((len(table), catalogue.expression.shape[1]))
    for platform, rows in table.groupby("basal_platform"):
        basal = np.stack([catalogue.basal(cell) for cell in rows["cell"]])
        placed = centred_ranks(basal, catalogue.platform_profiles(platform))
        vectors[table["cell"].isin(rows["cell"]).to_numpy()] = placed
    return PlacedLines(catalogue, table.reset_index(drop=True), vectors)


def similar_lines(placed: PlacedLines, line: CellLine) -> pd.DataFrame:
    """All other lines, the most alike first; columns COLUMNS.

    `percentile` is the share of pairs of unrelated lines that are less alike than this pair.
    """
    likeness = placed.to(line)
    reasons = why_dependent(placed.table, line.name, line.display_name)
    table = placed.table.assign(
        likeness=likeness.round(4),
        percentile=placed.percentile(likeness).round(4),
        dependent=[reasons.get(cell, "") for cell in placed.table["cell"]],
        platform=placed.table["basal_platform"],
    )
    table = table[table["cell"] != line.name]
    table = table.sort_values(["likeness", "cell"], ascending=[False, True], ignore_index=True)
    table["rank"] = np.arange(1, len(table) + 1)
    return table[list(COLUMNS)]
