"""Cell lines by any of their names, with annotation and basal expression."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from badger_core import naming
from badger_core.cells.similarity import unit_ranks
from badger_core.errors import CellNotFoundError

_OF_LINE = (
    "display_name",
    "disease",
    "lineage",
    "depmap_id",
    "cellosaurus_id",
    "basal_platform",
)


@dataclass(frozen=True, eq=False)
class CellLine:
    """One line; `basal` is (G,) on the scale of its platform, or None where it is not at hand.

    `reference` is what a profile from outside is centred against, (C, G) on its own platform; None
    stands for the catalogue's lines of the platform.
    """

    name: str
    display_name: str
    disease: str
    lineage: str
    depmap_id: str
    cellosaurus_id: str
    platform: str
    basal: np.ndarray | None
    reference: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class CellCatalogue:
    """All lines known by name.

    `table` has the columns of `schema.CELL_COLUMNS`; `expression` is (C, G) with one row per
    entry of `expression_rows` (columns cell, platform).
    """

    table: pd.DataFrame
    expression: np.ndarray
    expression_rows: pd.DataFrame

    @cached_property
    def _names(self) -> dict[str, str]:
        """Folded name to cell; a line's own name beats another line's alias."""
        names: dict[str, str] = {}
        cells = self.table["cell"].to_numpy(object)
        for own in ("cell", "display_name", "depmap_id", "cellosaurus_id"):
            for text, cell in zip(self.table[own].to_numpy(object), cells, strict=True):
                if text:
                    names.setdefault(naming.fold(text), cell)
        for aliases, cell in zip(self.table["aliases"], cells, strict=True):
            for text in aliases:
                names.setdefault(naming.fold(text), cell)
        return names

    @cached_property
    def _by_cell(self) -> dict[str, dict]:
        columns = [name for name in _OF_LINE if name in self.table]
        rows = zip(*(self.table[name].to_numpy(object) for name in columns), strict=True)
        each = (dict(zip(columns, row, strict=True)) for row in rows)
        return dict(zip(self.table["cell"].to_numpy(object), each, strict=True))

    @cached_property
    def usable(self) -> pd.DataFrame:
        """The lines with basal expression, the best measured first."""
        known = self.table[self.table["basal_platform"] != ""]
        return known.sort_values(["n_signatures", "cell"], ascending=[False, True])

    def find(self, name: str) -> CellLine:
        """The line called `name` (any alias, DepMap or Cellosaurus id; case and dashes are free).

        Raises:
            CellNotFoundError: with the nearest names as suggestions.
        """
        key = naming.fold(name)
        cell = self._names.get(key)
        if not key or cell is None:
            near = naming.nearest(name, self.usable["display_name"]) if key else []
            hint = f"Did you mean {', '.join(near)}?" if near else "Try A375 or MCF7."
            raise CellNotFoundError(
                f"No cell line is called '{name.strip()[:60]}'. {hint}", tuple(near)
            )
        return self.line(cell)

    def line(self, cell: str) -> CellLine:
        """The line with exactly this `cell` key."""
        row = self._by_cell[cell]
        return CellLine(
            name=cell,
            display_name=row["display_name"],
            disease=row["disease"],
            lineage=row["lineage"],
            depmap_id=row["depmap_id"],
            cellosaurus_id=row["cellosaurus_id"],
            platform=row["basal_platform"],
            basal=self.basal(cell),
        )

    @cached_property
    def _rows(self) -> dict[tuple[str, str], int]:
        pairs = zip(self.expression_rows["cell"], self.expression_rows["platform"], strict=True)
        return {pair: i for i, pair in enumerate(pairs)}

    @cached_property
    def unit_ranks(self) -> np.ndarray:
        """(C, G) `similarity.unit_ranks` of `expression`, worked out once for all who centre."""
        return unit_ranks(self.expression)

    def basal_ranks(self, cells: Sequence[str]) -> np.ndarray:
        """(N, G) unit ranks of lines with expression, each on its own platform."""
        return self.unit_ranks[[self._rows[cell, self.platform(cell)] for cell in cells]]

    def platform(self, cell: str) -> str:
        """Platform of the line's basal expression; '' where there is none."""
        return self._by_cell[cell]["basal_platform"]

    def basal(self, cell: str, platform: str | None = None) -> np.ndarray | None:
        """(G,) basal expression on the line's own platform (or a named one); None if not there."""
        row = self._rows.get((cell, platform or self.platform(cell)))
        return None if row is None else self.expression[row]

    def platform_profiles(self, platform: str) -> np.ndarray:
        """(C, G) every line measured on this platform: what a profile of it is centred against."""
        return self.expression[(self.expression_rows["platform"] == platform).to_numpy()]

    def reference_of(self, line: CellLine) -> np.ndarray:
        """(C, G) what this line's profile is centred against."""
        return self.platform_profiles(line.platform) if line.reference is None else line.reference
