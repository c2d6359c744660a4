"""Pathways that compared rankings share: enriched among their strongest genes, or attended to."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import torch

from badger_core.explain.attention import pathway_mass, pathway_use
from badger_core.explain.compare import Comparison
from badger_core.pathways.enrichment import ORA, enrich
from badger_core.predict.member import Member

FDR = 0.1
"""Below this a set counts as enriched in a ranking."""


def shared_sets(
    comparison: Comparison, sets: pd.DataFrame, count: int, direction: str
) -> pd.DataFrame:
    """Sets over-represented at one end of the rankings, those of most rankings first.

    Args:
        comparison: K rankings.
        sets: columns of `enrichment_sets.SET_COLUMNS`.
        count: genes taken from each end.
        direction: up or down.

    Returns:
        Columns pathway, name, source, size, n_rankings (with FDR below `FDR` over all sets and both
        directions of a ranking), best_p, and a column per ranking with overlap / expected.
    """
    ratios, significant, p = {}, [], []
    for number, label in enumerate(comparison.labels):
        found = enrich(comparison.ranking(number), sets, ORA, count)
        found = found[found["direction"] == direction].set_index("pathway")
        found = found.reindex(sets["pathway"])
        ratios[label] = found["ratio"].round(3).to_numpy()
        significant.append(found["fdr"].to_numpy() < FDR)
        p.append(found["p"].to_numpy())
    table = sets[["pathway", "name", "source", "size"]].assign(
        n_rankings=np.sum(significant, axis=0), best_p=np.min(p, axis=0)
    )
    evidence = np.log10(np.maximum(p, 1e-300)).mean(axis=0)
    order = np.lexsort((evidence, -table["n_rankings"]))
    return table.assign(**ratios).iloc[order].reset_index(drop=True)


def attended_pathways(
    comparison: Comparison, members: Sequence[Member], vocabulary: pd.DataFrame
) -> pd.DataFrame:
    """Share of the genes' attention that reaches a fragment through each pathway.

    Mean over members; it speaks of the cascade alone (`prediction_maps.Explanation.through`), of
    the prediction as it is, also for a contrast.

    Args:
        comparison: K rankings.
        members: of the ensemble that made them, with attention.
        vocabulary: the P pathways of the model; columns pathway, name, source.

    Returns:
        P rows, the most attended first: pathway, name, source, mean, sd (over the rankings), and a
        column per ranking.

    Raises:
        CheckpointError: if a member has no attention maps.
    """
    molecules = [asked.molecule for asked, _ in comparison.questions]
    shares = []
    for member in members:
        features = [member.cells.of(line) for _, line in comparison.questions]
        with torch.inference_mode():
            weights = member.network(member.batch(molecules, features)).weights
        shares.append((pathway_mass(weights) * pathway_use(weights)).numpy())
    share = np.mean(shares, axis=0, dtype=np.float64)  # (K, P)
    table = vocabulary[["pathway", "name", "source"]].assign(
        mean=share.mean(axis=0).round(6), sd=share.std(axis=0).round(6)
    )
    columns = dict(zip(comparison.labels, share.round(6), strict=True))
    table = table.assign(**columns).sort_values("mean", ascending=False, kind="stable")
    return table.reset_index(drop=True)
