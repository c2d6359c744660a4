"""Gene sets among the genes that a drug is told by, against the panel that they were taken from."""

import pandas as pd

from badger_core.pathways.enrichment import ORA_COLUMNS, corrected, over_represented


def on_panel(own: pd.DataFrame, panel: pd.DataFrame) -> pd.DataFrame:
    """A drug's genes by rank, and after them the rest of the panel, which is the background.

    Args:
        own: symbol, entrez, in the order of their rank.
        panel: (E rows) symbol, entrez of all genes that could have been among them.
    """
    rest = panel[~panel["symbol"].isin(own["symbol"])]
    columns = ["symbol", "entrez"]
    return pd.concat([own[columns], rest[columns]], ignore_index=True)


def enriched(table: pd.DataFrame, sets: pd.DataFrame, count: int = 100) -> pd.DataFrame:
    """Gene sets among the top genes of a drug, by the exact test; the strongest evidence first.

    Args:
        table: of `gene_table`; genes without an Entrez id (0) are no part of the background.
        sets: columns of `enrichment_sets.SET_COLUMNS`, cut down to the table's genes.
        count: how many top genes.

    Raises:
        SettingError: if count is out of bounds.
    """
    known = table[table["entrez"] > 0].drop_duplicates("entrez")
    found = over_represented(known, sets, count)
    found = found[found["direction"] == "up"].reset_index(drop=True)
    found["fdr"] = corrected(found["p"].to_numpy())
    return found.sort_values(["p", "name"], ignore_index=True)[list(ORA_COLUMNS)]
