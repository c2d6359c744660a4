"""Does attention point at the fragments whose deletion changes the prediction?

Pairs of compounds with at least three fragments count. The null gives a compound's shares to its
fragments in random order, in the same order for all its lines and members, because these are no
independent cases; chance in the report is the mean over such orders.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.explain.finding import Finding, finding
from badger_core.explain.following import (
    LEAST_FRAGMENTS,
    Follow,
    rank_match,
    shuffled,
    top_effect,
    top_match,
)
from badger_core.explain.reading import Reading

MEASURES: dict[str, tuple[str, str, Follow]] = {
    "Spearman of attention share and change of order": ("attention", "order", rank_match),
    "Spearman of attention share and change of size": ("attention", "size", rank_match),
    "Spearman of share by used pathways and change of order": ("used", "order", rank_match),
    "Spearman of fragment's bits and change of order": ("bits", "order", rank_match),
    "most attended fragment is the most effective": ("attention", "order", top_match),
    "change of order by deleting the most attended fragment": ("attention", "order", top_effect),
}
"""Measure to: which share, which effect, and how one is held against the other."""


def deletion_findings(readings: Sequence[Reading], draws: int, seed: int) -> list[Finding]:
    """Every measure for each member and for all of them; a compound counts once in each."""
    keys = sorted(set().union(*(r.pairs["ik14"] for r in readings)))
    number = {key: i for i, key in enumerate(keys)}
    found = []
    for measure, (share, effect, follow) in MEASURES.items():
        parts = [_scored(r, share, effect, follow, number, draws, seed) for r in readings]
        for reading, part in zip(readings, parts, strict=True):
            found += _summed_up(measure, reading.member, part)
        if len(readings) > 1:
            found += _summed_up(measure, "all", pd.concat(parts))
    return found


def _scored(
    reading: Reading,
    share: str,
    effect: str,
    follow: Follow,
    number: dict[str, int],
    draws: int,
    seed: int,
) -> pd.DataFrame:
    """One row per pair, index ik14: column 0 observed, the others drawn."""
    effects = getattr(reading.effects, effect)
    rows, keys = [], []
    for i, (key, count) in enumerate(zip(reading.pairs["ik14"], reading.n_fragments, strict=True)):
        if count < LEAST_FRAGMENTS:
            continue
        own = reading.shares[share][i, :count]
        generator = np.random.default_rng([seed, number[key]])
        tried = np.concatenate([own[None], shuffled(own, draws, generator)])
        scores = follow(tried, effects[i, :count])
        if not np.isnan(scores).any():
            rows.append(scores)
            keys.append(key)
    return pd.DataFrame(np.reshape(rows, (len(rows), 1 + draws)), index=pd.Index(keys, dtype=str))


def _summed_up(measure: str, member: str, pairs: pd.DataFrame) -> list[Finding]:
    if pairs.empty:
        return []
    compounds = pairs.groupby(level=0).mean()
    null = compounds.iloc[:, 1:].mean().to_numpy()
    scores = compounds[0].to_numpy()
    return [finding("deletion", measure, member, scores, list(compounds.index), null)]
