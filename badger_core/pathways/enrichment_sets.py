"""Collections of gene sets, cut down to the genes that a ranking speaks of."""

from typing import NamedTuple
from urllib.parse import quote

import numpy as np
import pandas as pd

from badger_core.errors import SettingError

COLLECTIONS = {
    "hallmark": "MSigDB Hallmark",
    "reactome": "Reactome",
    "wikipathways": "WikiPathways",
    "pid": "PID",
}
"""Name of a collection to its name in the column `source`."""
ALL = "all"
MIN_SIZE, MAX_SIZE = 5, 200
"""Sets with fewer or more of the 978 landmarks are not tested (bounds included)."""
SET_COLUMNS = ("pathway", "name", "source", "url", "entrez", "size")


def choose_sets(
    table: pd.DataFrame,
    background: np.ndarray,
    collection: str = ALL,
    min_size: int = MIN_SIZE,
    max_size: int = MAX_SIZE,
) -> pd.DataFrame:
    """The sets of a collection, each with those of its genes that are in the background.

    Args:
        table: gene sets, with columns pathway, name, source, url and entrez (a list per row).
        background: (G,) Entrez ids of the genes that could have been found.
        collection: a key of `COLLECTIONS`, or `ALL`.
        min_size: smallest number of background genes.
        max_size: greatest number of background genes.

    Returns:
        Columns of `SET_COLUMNS`, in the order of the table; `size` counts background genes.

    Raises:
        SettingError: for an unknown collection, or one that has no set of that size.
    """
    if collection != ALL and collection not in COLLECTIONS:
        names = ", ".join([*COLLECTIONS, ALL])
        raise SettingError(f"There is no collection '{collection}'. Choose among {names}.")
    if collection != ALL:
        table = table[table["source"] == COLLECTIONS[collection]]
    known = set(map(int, background))
    kept = table.assign(
        entrez=[[int(g) for g in genes if int(g) in known] for genes in table.entrez]
    )
    kept = kept.assign(size=[len(genes) for genes in kept["entrez"]])
    kept = kept[kept["size"].between(min_size, max_size)]
    if kept.empty:
        raise SettingError(
            f"No set of '{collection}' has {min_size} to {max_size} of the {len(known)} ranked "
            "genes. Choose another collection."
        )
    return kept.assign(url=[page_of(row) for row in kept.itertuples()])[
        list(SET_COLUMNS)
    ].reset_index(drop=True)


class SetRow(NamedTuple):
    """A row of a table of sets, as far as `page_of` reads it."""

    pathway: str
    name: str
    source: str
    url: str


def page_of(row: SetRow) -> str:
    """Where to read about a set; '' for PID, whose pages are gone.

    Args:
        row: named fields pathway, name, source and url.
    """
    if row.url:
        return row.url.replace("http://", "https://", 1)
    if row.source == COLLECTIONS["hallmark"]:
        return f"https://www.gsea-msigdb.org/gsea/msigdb/human/geneset/{quote(row.pathway)}"
    if row.source == COLLECTIONS["reactome"]:
        return f"https://reactome.org/content/query?q={quote(row.name)}&species=Homo+sapiens"
    return ""
