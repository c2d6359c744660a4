"""Which gains of a gene a drug resembles or opposes: a table for one drug, a column for many.

S drugs, M over-expressed genes, G landmarks, L lines.
"""

import numpy as np
import pandas as pd

from badger_core.ranks import average_ranks
from badger_core.repurpose.nulls import false_discovery_rate
from badger_core.repurpose.overexpression_null import LibraryNull, chance, scored

SURE = 0.05
"""False discovery rate below which a match is told."""
LIKE, AGAINST = "acts like gain of", "acts against gain of"
TABLE = (
    "rank",
    "symbol",
    "entrez",
    "match",
    "score",
    "z",
    "percentile",
    "p",
    "fdr",
    "landmarks",
)
"""Columns of `match_table`."""
COLUMNS = ("acts", "acts_z", "acts_fdr")
"""Columns of `best_matches` beside ik14."""


def match_table(change: np.ndarray, ik14: str, null: LibraryNull) -> pd.DataFrame:
    """One drug against every over-expression, the surest first.

    Args:
        change: (L, G) predicted changes in the lines of the null.
        ik14: of the drug; one of the library is not set against itself.
        null: of `overexpression_null.library_null`.

    Returns:
        M rows with columns TABLE: match (in words), score (cosine of what the drug does beyond the
        library's mean, mean over the lines), z (of the score within the library), percentile
        (place of z among the M genes, 100: acts most like), two-sided p, fdr (Benjamini-Hochberg
        over the M genes) and landmarks of the signature.
    """
    found = scored(change[:, None], null)
    p = chance(found.z, np.array([ik14]), null)[0]
    z, score = found.z[0], found.score[0]
    table = null.gains.table.assign(
        match=words(null.gains.table["symbol"].to_numpy(object), z),
        score=score,
        z=z,
        percentile=100 * within(z[None])[0],
        p=p,
        fdr=false_discovery_rate(p),
    )
    order = np.lexsort((table["symbol"].to_numpy(str), -np.abs(z), p))
    table = table.iloc[order].reset_index(drop=True)
    return table.assign(rank=np.arange(1, len(table) + 1))[list(TABLE)]


def best_matches(changes: np.ndarray, keys: np.ndarray, null: LibraryNull) -> pd.DataFrame:
    """The surest match of each of S drugs, where one has an FDR below `SURE`.

    Args:
        changes: (L, S, G) predicted changes in the lines of the null.
        keys: (S,) ik14.
        null: of the library in these lines.

    Returns:
        (S rows) ik14, acts (words, '' for none), acts_z and acts_fdr (NaN for none).
    """
    keys = np.asarray(keys, str)
    same = len(keys) == len(null.ik14) and (keys == null.ik14).all()
    z = null.z.astype(np.float64) if same else scored(changes, null).z
    p = chance(z, keys, null)
    # Ties in p, which has steps, go to the score that stands out most.
    best = np.lexsort((-np.abs(z), p), axis=1)[:, 0]
    row = np.arange(len(keys))
    ordered = np.sort(p, axis=1) * p.shape[1] / np.arange(1, p.shape[1] + 1)
    fdr = np.minimum(ordered.min(axis=1), 1.0)  # of the surest: the least over all ranks
    sure = fdr < SURE
    said = words(null.gains.table["symbol"].to_numpy(object)[best], z[row, best])
    return pd.DataFrame(
        {
            "ik14": keys,
            "acts": np.where(sure, said, ""),
            "acts_z": np.where(sure, z[row, best], np.nan),
            "acts_fdr": np.where(sure, fdr, np.nan),
        }
    )


def words(symbols: np.ndarray, z: np.ndarray) -> np.ndarray:
    """'acts like gain of X' where z is above 0, else 'acts against gain of X'."""
    ways = np.where(z > 0, LIKE, AGAINST)
    return np.array([f"{way} {name}" for way, name in zip(ways, symbols, strict=True)], object)


def match_words(table: pd.DataFrame) -> str:
    """What a `match_table` says, in a sentence: the sure matches, or that there is none."""
    sure = table[table["fdr"] < SURE]
    if sure.empty:
        nearest = table.iloc[0]
        return (
            f"no gene matches beyond chance (FDR below {SURE:.0%}); nearest: {nearest['match']}, "
            f"FDR {nearest['fdr']:.2f}."
        )
    named = [f"{row.match} (FDR {row.fdr:.3f})" for row in sure.head(3).itertuples(index=False)]
    more = f" and {len(sure) - 3} more" if len(sure) > 3 else ""
    return f"{', '.join(named)}{more}."


def within(z: np.ndarray) -> np.ndarray:
    """(S, M) places of a drug's genes from 0 (acts most against) to 1, ties sharing theirs."""
    return (average_ranks(z) - 0.5) / z.shape[1]
