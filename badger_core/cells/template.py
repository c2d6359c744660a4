"""The template of an expression file: all landmark genes, and a real line as the example."""

import pandas as pd

from badger_core.cells.catalogue import CellCatalogue
from badger_core.genes.panel import GenePanel

EXAMPLE = "MCF7"


def template(panel: GenePanel, catalogue: CellCatalogue, line: str = EXAMPLE) -> pd.DataFrame:
    """Columns symbol, entrez and the basal expression of one line (log2), one row per gene."""
    found = catalogue.find(line)
    title = f"{found.display_name} (example)"
    values = [round(float(value), 4) for value in found.basal]
    return pd.DataFrame({"symbol": panel.symbols, "entrez": panel.entrez, title: values})
