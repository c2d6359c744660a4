"""Which rows of a file are the landmark genes, whatever its rows are called."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from badger_core.errors import MatrixFileError
from badger_core.genes.names import GeneNames, gene_names
from badger_core.genes.panel import GenePanel

_TITLES = ("pr_gene_id", "gene_id", "entrez", "pr_gene_symbol", "gene_symbol", "symbol", "ensembl")


def landmark_rows(
    rows: pd.DataFrame,
    panel: GenePanel,
    geneinfo: pd.DataFrame | None,
    least: int,
    name: str,
) -> np.ndarray:
    """(G,) row of each landmark gene in panel order, -1 for one that the file lacks.

    The ids of the rows, every field that names genes, and geneinfo are tried; what finds most genes
    counts. Where a gene has several rows, the first one counts.

    Args:
        rows: annotation of the rows; the index holds the ids.
        panel: the landmark genes.
        geneinfo: columns id and symbol, or None.
        least: how many of the genes must be there.
        name: of the file, for messages.

    Raises:
        MatrixFileError: if too few of the genes are found.
    """
    names = gene_names(panel.table)
    ids = [str(one) for one in rows.index]
    ways = [ids, *(_texts(rows[title]) for title in _TITLES if title in rows)]
    if geneinfo is not None and "symbol" in geneinfo:
        symbols = dict(zip(geneinfo["id"], geneinfo["symbol"], strict=True))
        ways.append([symbols.get(one, "") for one in ids])
    best = max((_found(texts, names, panel) for texts in ways), key=lambda at: (at >= 0).sum())
    count = int((best >= 0).sum())
    if count < max(least, 1):
        raise MatrixFileError(
            f"'{name}' has {count} of the {len(panel)} landmark genes among its {len(rows):,} "
            f"rows, and at least {least} are needed. Its rows are called "
            f"{', '.join(repr(one[:20]) for one in ids[:3])}; give --geneinfo if these are ids of "
            "the release, or lower --min-landmarks."
        )
    return best


def _found(texts: Iterable[str], names: GeneNames, panel: GenePanel) -> np.ndarray:
    places = np.full(len(panel), -1)
    texts = list(texts)
    known = names.resolve(texts).entrez
    for row, text in enumerate(texts):
        at = panel.index.get(known.get(text, -1), -1)
        if at >= 0 and places[at] < 0:
            places[at] = row
    return places


def _texts(values: pd.Series) -> list[str]:
    """Ids of some files are floats: 5720.0 is gene 5720."""
    return [str(one).removesuffix(".0") for one in values]
