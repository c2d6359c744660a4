"""Which mechanisms and targets gather among the compounds that reverse most.

The test is by rank over the whole library (Mann-Whitney, one-sided towards reversal), so that no
border of the list has to be chosen. Compounds of a class are often analogues with nearly the same
prediction, and the models read mechanisms and targets: members are not independent, and the p
values are too small.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from scipy.stats import norm, rankdata

from badger_core.repurpose.nulls import false_discovery_rate

LEAST_MEMBERS = 3
MECHANISM, TARGET = "mechanism", "target"
COLUMNS = (
    "kind",
    "class",
    "members",  # of the library
    "in_top",  # of them in the list
    "expected_in_top",  # as many a random list would have
    "auroc",  # chance that a member reverses more than a compound outside; .5 is none
    "p",
    "fdr",  # over all classes of the kind
    "best",  # names of the members in the list, best first
)


def classes(table: pd.DataFrame, mechanisms: Iterable, targets: Iterable, top: int) -> pd.DataFrame:
    """One row per class with LEAST_MEMBERS compounds at least; the strongest evidence first.

    Args:
        table: S compounds with columns ik14, name and score.
        mechanisms: S collections of mechanisms of action.
        targets: S collections of target symbols.
        top: length of the list of which members are counted and named.

    Returns:
        Columns COLUMNS. p is by the normal approximation with ties and continuity corrected (Mann
        and Whitney, Ann. Math. Stat. 18:50, 1947), coarse for three or four members.
    """
    score = table["score"].to_numpy()
    known = np.flatnonzero(~np.isnan(score))
    ranks = np.full(len(score), np.nan)
    ranks[known] = rankdata(score[known])
    place = np.full(len(score), len(score))
    place[known[np.lexsort((table["ik14"].to_numpy()[known], score[known]))]] = range(len(known))
    tables = []
    for kind, each in ((MECHANISM, mechanisms), (TARGET, targets)):
        members = _members(each, set(known.tolist()))
        rows = [_row(kind, n, m, ranks, place, top, table["name"]) for n, m in members.items()]
        found = pd.DataFrame(rows, columns=list(COLUMNS))
        tables.append(found.assign(fdr=false_discovery_rate(found["p"].to_numpy(float))))
    found = pd.concat([t for t in tables if len(t)] or tables[:1], ignore_index=True)
    return found.sort_values(["p", "kind", "class"], ignore_index=True)


def auroc(ranks: np.ndarray, members: np.ndarray) -> tuple[float, float]:
    """Chance that a member stands before (lower rank than) another compound, and one-sided p.

    Args:
        ranks: (S,) mean ranks from 1 for the lowest score; NaN takes no part.
        members: positions of M members, all with a rank.
    """
    known = ranks[~np.isnan(ranks)]
    m, n = len(members), len(known) - len(members)
    if not m or not n:
        return float("nan"), float("nan")
    above = m * n - (ranks[members].sum() - m * (m + 1) / 2)  # pairs in which the member is first
    _, ties = np.unique(known, return_counts=True)
    size = m + n
    variance = m * n / 12 * (size + 1 - float((ties**3.0 - ties).sum()) / (size * (size - 1)))
    if variance <= 0:
        return 0.5, 1.0
    z = (above - m * n / 2 - 0.5) / np.sqrt(variance)
    return above / (m * n), float(min(norm.sf(z), 1.0))


def _members(each: Iterable, known: set[int]) -> Mapping[str, np.ndarray]:
    found: dict[str, list[int]] = {}
    for at, names in enumerate(each):
        for name in sorted(set(names)) if at in known else ():
            found.setdefault(str(name), []).append(at)
    return {n: np.array(m) for n, m in sorted(found.items()) if len(m) >= LEAST_MEMBERS}


def _row(
    kind: str,
    name: str,
    members: np.ndarray,
    ranks: np.ndarray,
    place: np.ndarray,
    top: int,
    names: pd.Series,
) -> tuple:
    share, p = auroc(ranks, members)
    listed = sorted(members[place[members] < top].tolist(), key=lambda at: place[at])
    total = int((~np.isnan(ranks)).sum())
    best = " | ".join(str(names.iat[at]) for at in listed)
    expected = len(members) * min(top, total) / total
    return kind, name, len(members), len(listed), expected, share, p, np.nan, best
