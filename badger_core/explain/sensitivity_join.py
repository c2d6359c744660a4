"""Genes that both point to: those drGT weighs for a drug, beside where BADGER ranks them."""

from typing import NamedTuple

import numpy as np
import pandas as pd

WEIGHED, MOVED = 100, 100
"""Genes taken from the top of drGT's list, and from either end of BADGER's ranking."""
BOTH, ONE, OUTSIDE = "both", "drGT alone", "not among the 978"


class Joined(NamedTuple):
    """What both say.

    Attributes:
        table: the genes of drGT's top, in its order: drgt_rank, symbol, entrez, score, z (drGT's),
            badger_rank, badger_score, direction (missing outside the 978) and said, one of BOTH,
            ONE and OUTSIDE.
        shared: how many of them are among the genes that BADGER ranks.
        both: how many of those are at either end of BADGER's ranking.
        luck: how many would be by chance: shared x the ends' share of the ranking.
    """

    table: pd.DataFrame
    shared: int
    both: int
    luck: float


def join(
    ranking: pd.DataFrame, weighed: pd.DataFrame, top: int = WEIGHED, moved: int = MOVED
) -> Joined:
    """Set drGT's genes of a drug beside BADGER's ranking of the same compound.

    Genes meet by Entrez id, and by symbol where drGT's gene has none (0).

    Args:
        ranking: columns symbol, entrez, rank, score and direction.
        weighed: of `response.explain.gene_table`: symbol, entrez (0 where unknown), rank, score, z.
        top: genes taken by drGT's rank.
        moved: genes taken from each end of the ranking.
    """
    first = weighed.sort_values("rank").head(top).reset_index(drop=True)
    by_id = dict(zip(ranking["entrez"], range(len(ranking)), strict=True))
    by_symbol = dict(zip(ranking["symbol"], range(len(ranking)), strict=True))
    at = [
        by_id.get(entrez) if entrez else by_symbol.get(symbol)
        for symbol, entrez in zip(first["symbol"], first["entrez"], strict=True)
    ]
    rows = pd.array(at, dtype="Int64")
    known = ~pd.isna(rows)
    own = ranking.iloc[rows[known].to_numpy(int)]
    ranks = own["rank"].to_numpy()
    ends = (ranks <= moved) | (ranks > len(ranking) - moved)
    said = np.full(len(first), OUTSIDE, object)
    said[known] = np.where(ends, BOTH, ONE)
    table = pd.DataFrame(
        {
            "drgt_rank": first["rank"],
            "symbol": first["symbol"],
            "entrez": first["entrez"],
            "score": first["score"],
            "z": first["z"],
            "badger_rank": _placed(own["rank"], known).astype("Int64"),
            "badger_score": _placed(own["score"], known),
            "direction": _placed(own["direction"], known, ""),
            "said": said,
        }
    )
    share = min(2 * moved, len(ranking)) / max(len(ranking), 1)
    return Joined(table, int(known.sum()), int(ends.sum()), float(known.sum() * share))


def _placed(values: pd.Series, known: np.ndarray, missing: object = np.nan) -> pd.Series:
    """The values at the rows that are known, `missing` at the others."""
    placed = pd.Series([missing] * len(known), dtype=object if missing == "" else float)
    placed[known] = values.to_numpy()
    return placed
