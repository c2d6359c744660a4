"""Symbols and full names of the genes that library compounds target, keyed by Entrez id."""

import pandas as pd

from badger_core import schema
from badger_core.data.raw import RawData
from badger_core.genes.panel import GenePanel


def target_gene_table(raw: RawData, compounds: pd.DataFrame, panel: GenePanel) -> pd.DataFrame:
    """Columns of `schema.TARGET_GENE_COLUMNS`, by Entrez id; landmarks keep their present symbol.

    Args:
        raw: the raw data.
        compounds: with the column target_entrez.
        panel: the landmark genes.
    """
    ncbi = raw.csv("genes/ncbi_human_genes.csv.gz", keep_default_na=False).set_index("entrez")
    landmarks = panel.table.set_index("entrez")
    rows = []
    for entrez in sorted({int(e) for genes in compounds["target_entrez"] for e in genes}):
        own, names = (
            (landmarks, ("symbol", "title"))
            if entrez in landmarks.index
            else (ncbi, ("symbol", "description"))
        )
        rows.append((entrez, *(own.at[entrez, name] for name in names)))
    return pd.DataFrame(rows, columns=list(schema.TARGET_GENE_COLUMNS))
