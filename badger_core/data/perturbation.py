"""The single-cell screen that ships, and the tables that lie beside it.

N cells, G genes, T targets. Made by `badger data build-perturbation`; sources and checksums are
in its `manifest.json`.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core import checked
from badger_core.errors import PerturbationError
from badger_core.paths import perturbation_dir

CONTROL = "non-targeting"
"""The target of cells whose guide cuts nowhere."""

_DOOR = checked.Door(
    PerturbationError,
    checked.restored(
        "data/perturbation", "build it with 'badger data build-perturbation --raw FOLDER'"
    ),
)
LEAST_LANDMARKS = 10
"""Of an over-expression: with fewer landmark genes a ranking cannot be matched to it."""


class CellScreen(NamedTuple):
    """Cells, each with one gene knocked out or none, and what was counted in them.

    Attributes:
        counts: (N, G) whole numbers, unique transcripts (UMI), raw.
        genes: (G,) text, symbols as the source writes them.
        target: (N,) text, the symbol of the gene that was aimed at, or CONTROL.
        guide: (N,) text, the guide RNA with the most transcripts in the cell.
        replicate: (N,) text, the biological replicate.
        guide_umi: (N, 2) transcripts of that guide and of all guides; 0 where it is not known.
    """

    counts: np.ndarray
    genes: np.ndarray
    target: np.ndarray
    guide: np.ndarray
    replicate: np.ndarray
    guide_umi: np.ndarray

    def take(self, rows: np.ndarray) -> "CellScreen":
        """The cells at these positions (or of a mask), in this order, with all genes."""
        return CellScreen(
            self.counts[rows],
            self.genes,
            self.target[rows],
            self.guide[rows],
            self.replicate[rows],
            self.guide_umi[rows],
        )

    def targets(self) -> list[str]:
        """(T,) what was knocked out, sorted by name, CONTROL not among them."""
        return sorted(set(self.target.tolist()) - {CONTROL})


def shipped_screen() -> CellScreen:
    """The screen of THP-1 cells by Papalexi et al. (2021): 20,729 cells of 299 genes, 25 targets.

    Counts are uint16, cells stand in the order of the source.

    Raises:
        PerturbationError: if the tables are missing or damaged.
    """
    counts, cells = _table("screen_counts"), _table("screen_cells")
    if len(counts) != len(cells):
        raise PerturbationError(f"The tables of the screen do not fit together. {_DOOR.remedy}")
    umi = cells[["guide_umi_top", "guide_umi_total"]].to_numpy(np.int32)
    named = (cells[title].to_numpy(str) for title in ("target", "guide", "replicate"))
    genes = np.array([str(title) for title in counts])
    return CellScreen(np.ascontiguousarray(counts.to_numpy()), genes, *named, umi)


def screen_genes() -> pd.DataFrame:
    """Genes of the screen: symbol, entrez (0 if unknown), measured and target (truths)."""
    return _table("screen_genes")


def string_edges() -> pd.DataFrame:
    """Undirected interactions of proteins, one a row: the symbols `a` < `b`.

    The source writes the newer symbol of some genes (MARCHF8 for MARCH8); see
    `perturbation.features.symbol_in`.
    """
    return _table("string_edges")


def overexpressions(least_landmarks: int = 0) -> pd.DataFrame:
    """What rose or fell significantly when a gene was over-expressed (L1000), one gene a row.

    Columns: perturbagen (Entrez), symbol (of the perturbagen), gene (Entrez), z, landmark (whether
    the gene was measured itself; the others are inferred).

    Args:
        least_landmarks: leaves out perturbagens with fewer genes marked as landmarks.
    """
    table = _table("overexpression")
    counted = table.groupby("perturbagen")["landmark"].transform("sum")
    return table[counted >= least_landmarks].reset_index(drop=True)


def _table(name: str) -> pd.DataFrame:
    """A table that agrees with the checksum that the manifest has of it."""
    folder = perturbation_dir()
    try:
        listed = checked.document(folder / "manifest.json", _DOOR)["outputs"]
        expected = listed.get(f"{name}.parquet", {}).get("sha256", "") + ""
    except (KeyError, TypeError, AttributeError) as error:
        raise _DOOR.refuse(folder / "manifest.json", "is damaged: it names no checksums") from error
    return checked.table(folder / f"{name}.parquet", _DOOR, expected)
