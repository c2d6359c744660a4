"""Cell lines of the drug screens: joined with the catalogue, grouped by origin, with expression."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.cells.dependence import why_dependent
from badger_core.data.raw import RawData
from badger_core.data.response_drugs import connected
from badger_core.data.response_lines import centred
from badger_core.errors import CellNotFoundError
from badger_core.genes.names import GeneNames
from badger_core.genes.panel import GenePanel

CCLE_FILE = "cells/ccle_1000genes_expression.csv.gz"
LINE_COLUMNS = ("line", "cell", "display_name", "depmap_id", "lineage", "disease", "platform")
_RNA_SEQ = "CCLE RNA-seq"


class Panel(NamedTuple):
    """Expression on one panel: N lines (rows of `table`), E genes, (N, E) log2 values."""

    table: pd.DataFrame
    genes: pd.DataFrame
    values: np.ndarray


def line_rows(names: list[str], cells: CellCatalogue) -> pd.DataFrame:
    """A row of LINE_COLUMNS per name; one that the catalogue does not know keeps its name only.

    Where two names fold to one line, only the one spelled exactly like it is that line: CCLE's TT
    is from a thyroid, its T.T from an oesophagus.
    """
    found = [_find(name, cells) for name in names]
    pairs = list(zip(names, found, strict=True))
    exact = {line.name for name, line in pairs if line is not None and name == line.name}
    rows = []
    for name, line in pairs:
        given = line is not None and (name == line.name or line.name not in exact)
        rows.append(
            (name, line.name, line.display_name, line.depmap_id, line.lineage, line.disease)
            if given
            else (name, "", name, "", "", "")
        )
    return pd.DataFrame(rows, columns=list(LINE_COLUMNS[:-1])).assign(platform="")


def origin_groups(table: pd.DataFrame, cells: CellCatalogue) -> tuple[np.ndarray, list[str]]:
    """(L,) int: lines of one donor or derived from each other share one; and why, as sentences."""
    at = {cell: row for row, cell in enumerate(table["cell"]) if cell}
    pairs, reasons = [], []
    for cell, row in at.items():
        for other, reason in sorted(why_dependent(cells.table, cell).items()):
            if at.get(other, -1) > row:
                pairs.append((row, at[other]))
                reasons.append(f"{cell} and {other}: {reason}")
    return connected(len(table), pairs), reasons


def landmark_panel(cells: CellCatalogue, genes: GenePanel) -> Panel:
    """Every catalogue line with basal expression, less the mean of its platform."""
    lines = [cells.line(cell) for cell in sorted(cells.usable["cell"])]
    table = line_rows([line.name for line in lines], cells)
    values = np.stack([centred(line.basal, cells.reference_of(line)) for line in lines])
    table["platform"] = [line.platform for line in lines]
    return Panel(table, genes.table[["symbol", "entrez"]], values)


def ccle_panel(raw: RawData, cells: CellCatalogue, names: GeneNames) -> Panel:
    """The 934 CCLE lines as log2(x + 1) of the TPM-like integers."""
    given = raw.csv(CCLE_FILE, index_col=0)
    parts = given.index.str.partition(", ").to_frame(index=False)
    table = line_rows(parts[0].tolist(), cells)
    table["disease"] = parts[2]
    table["platform"] = _RNA_SEQ
    return Panel(table, gene_rows(given.columns, names), np.log2(given.to_numpy(np.float64) + 1))


def gene_rows(symbols: pd.Index, names: GeneNames) -> pd.DataFrame:
    """Columns symbol and entrez, 0 where the symbol is unknown or ambiguous."""
    found = names.resolve(symbols).entrez
    entrez = np.array([found.get(symbol, 0) for symbol in symbols], np.int64)
    return pd.DataFrame({"symbol": symbols.to_numpy(object), "entrez": entrez})


def rows_in(panel: Panel, table: pd.DataFrame, by: str) -> np.ndarray:
    """(L,) row of each line in the panel by its name or catalogue cell, -1 where it is not there.

    Args:
        panel: where to look.
        table: L lines with the column `by`.
        by: "line" or "cell"; an empty text is found nowhere.
    """
    at = {key: row for row, key in enumerate(panel.table[by]) if key}
    return np.array([at.get(key, -1) for key in table[by]], np.int64)


def _find(name: str, cells: CellCatalogue) -> CellLine | None:
    try:
        return cells.find(name)
    except CellNotFoundError:
        return None
