"""Which gene sets stand at the ends of a ranking: one entry for two methods.

Both take genes as exchangeable: a p value says how rare such a ranking of the set's genes would be
if the genes of this one ranking were shuffled. Genes of a set move together, so p values are
smaller than a repetition of the experiment would bear out; and the landmarks are a chosen
background, in which some processes are richer than in the genome.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, hypergeom

from badger_core.errors import SettingError
from badger_core.pathways.enrichment_gsea import prerank

ORA, PRERANK = "ora", "prerank"
METHODS = (PRERANK, ORA)
FEWEST, MOST = 10, 300
"""Bounds of the number of genes taken from each end by over-representation."""
ORA_COLUMNS = (
    "pathway",
    "name",
    "source",
    "direction",
    "size",  # genes of the set in the background
    "overlap",  # of them among the genes taken
    "expected",  # overlap that random genes would have
    "ratio",  # overlap / expected
    "p",
    "fdr",
    "genes",  # the overlap, strongest first
    "url",
)


def enrich(
    ranking: pd.DataFrame,
    sets: pd.DataFrame,
    method: str,
    count: int = 100,
    permutations: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Test every set by one of `METHODS`; the strongest evidence first.

    Args:
        ranking: columns symbol, entrez, rank and score, by rank.
        sets: columns of `enrichment_sets.SET_COLUMNS`.
        method: `PRERANK` for GSEA over the whole ranking, `ORA` for its two ends.
        count: genes of each end (over-representation only).
        permutations: random sets per set size (GSEA only).
        seed: of the random sets.

    Returns:
        Columns of `ORA_COLUMNS` or `enrichment_gsea.GSEA_COLUMNS`; `fdr` is the p value corrected
        by Benjamini and Hochberg over all rows of the table.

    Raises:
        SettingError: for an unknown method or a number out of bounds.
    """
    if method == PRERANK:
        found = prerank(ranking, sets, permutations, seed)
    elif method == ORA:
        found = over_represented(ranking, sets, count)
    else:
        raise SettingError(f"There is no method '{method}'. Choose among {', '.join(METHODS)}.")
    found["fdr"] = corrected(found["p"].to_numpy())
    return found.sort_values(["p", "name", "direction"], ignore_index=True)


def over_represented(ranking: pd.DataFrame, sets: pd.DataFrame, count: int) -> pd.DataFrame:
    """Hypergeometric test (Fisher's exact, one-sided) of the `count` genes at either end.

    Args:
        ranking: as for `enrich`; its genes are the background.
        sets: as for `enrich`.
        count: genes of each end.

    Raises:
        SettingError: if count is out of bounds, or the two ends would meet.
    """
    most = min(MOST, len(ranking) // 2)
    if not FEWEST <= count <= most:
        raise SettingError(f"Take {FEWEST} to {most} genes from each end, not {count}.")
    size = sets["size"].to_numpy()
    expected = count * size / len(ranking)
    tables = []
    for direction, chosen in (("up", ranking.head(count)), ("down", ranking.tail(count)[::-1])):
        place = {int(gene): i for i, gene in enumerate(chosen["entrez"])}
        symbols = chosen["symbol"].tolist()
        hits = [
            [symbols[i] for i in sorted(place[g] for g in genes if g in place)]
            for genes in sets["entrez"]
        ]
        overlap = np.array([len(hit) for hit in hits])
        found = sets[["pathway", "name", "source", "url", "size"]].assign(
            direction=direction,
            overlap=overlap,
            expected=expected,
            ratio=overlap / expected,
            p=np.minimum(hypergeom.sf(overlap - 1, len(ranking), size, count), 1.0),
            fdr=np.nan,
            genes=[joined(hit) for hit in hits],
        )
        tables.append(found[list(ORA_COLUMNS)])
    return pd.concat(tables, ignore_index=True)


def corrected(p: np.ndarray) -> np.ndarray:
    """(N,) Benjamini and Hochberg's p values (1995); NaN is left out and stays."""
    out = np.full(len(p), np.nan)
    known = ~np.isnan(p)
    if known.any():
        out[known] = false_discovery_control(p[known])
    return out


def joined(symbols: Sequence[str]) -> str:
    """Gene symbols as one text, which a table cell and a spreadsheet can hold."""
    return ", ".join(symbols)
