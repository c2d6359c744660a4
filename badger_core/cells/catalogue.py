"""Cell lines by any of their names, with annotation and basal expression."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from badger_core import naming
from badger_core.errors import CellNotFoundError


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
        for own in ("cell", "display_name", "depmap_id", "cellosaurus_id"):
            for text, cell in zip(self.table[own], self.table["cell"], strict=True):
                if text:
                    names.setdefault(naming.fold(text), cell)
        for aliases, cell in zip(self.table["aliases"], self.table["cell"], strict=True):
            for text in aliases:
                names.setdefault(naming.fold(text), cell)
        return names

    @cached_property
    def _by_cell(self) -> pd.DataFrame:
        return self.table.set_index("cell")

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
        row = self._by_cell.loc[cell]
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

    def basal(self, cell: str, platform: str | None = None) -> np.ndarray | None:
        """(G,) basal expression on the line's own platform (or a named one); None if not there."""
        platform = platform or self._by_cell.at[cell, "basal_platform"]
        row = self._rows.get((cell, platform))
        return None if row is None else self.expression[row]

    def platform_profiles(self, platform: str) -> np.ndarray:
        """(C, G) every line measured on this platform: what a profile of it is centred against."""
        return self.expression[(self.expression_rows["platform"] == platform).to_numpy()]

    def reference_of(self, line: CellLine) -> np.ndarray:
        """(C, G) what this line's profile is centred against."""
        return self.platform_profiles(line.platform) if line.reference is None else line.reference
