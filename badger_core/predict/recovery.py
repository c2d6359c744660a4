"""How soon a ranking comes upon the genes that were measured to move most."""

import numpy as np
import pandas as pd

from badger_core.predict.ceiling import agreements, first_filings
from badger_core.predict.measured import Measured, mean_ranks

K = 200
"""Genes measured to move most in one direction: those to be found."""
MOST = 40
"""Repeats that are each ranked against the others."""


def recovery_table(measured: Measured, score: np.ndarray, drug_free: np.ndarray) -> pd.DataFrame:
    """Share of the measured top K found, by how many genes are taken from the top of a ranking.

    Args:
        measured: of the pair.
        score: (G,) predicted change in panel order.
        drug_free: (G,) of the same genes.

    Returns:
        G rows with the columns genes, up and down (the prediction), drug_free and repeat (one of
        the pair's own signatures against the others; NaN where there is none), both the mean of up
        and down, and luck.
    """
    each, sources = measured.each[:MOST], measured.sources[:MOST]
    distinct = np.unique(first_filings(agreements(each)))
    both = ("up", "down")
    free = [recovery(measured.ranks, drug_free, direction) for direction in both]
    repeat = [repeat_recovery(each[distinct], sources[distinct], way) for way in both]
    genes = np.arange(1, len(score) + 1)
    return pd.DataFrame(
        {
            "genes": genes,
            **{way: recovery(measured.ranks, score, way) for way in both},
            "drug_free": np.mean(free, axis=0),
            "repeat": np.nan if repeat[0] is None else np.mean(repeat, axis=0),
            "luck": np.minimum(genes / np.sum(~np.isnan(measured.ranks)), 1),
        }
    )


def recovery(truth: np.ndarray, score: np.ndarray, direction: str, k: int = K) -> np.ndarray:
    """Share of the measured top k among the first 1, 2, ... genes of a ranking.

    Args:
        truth: (G,) measured mean ranks, NaN where a gene was not measured: it takes no part.
        score: (G,) of the ranking; genes of equal score keep their order.
        direction: "up" or "down".
        k: genes to be found.

    Returns:
        (G,) rising from 0 to 1 over the measured genes; the last value fills the rest.
    """
    sign = 1 if direction == "up" else -1
    known = np.flatnonzero(~np.isnan(truth))
    k = min(k, len(known))
    wanted = np.zeros(len(truth), bool)
    wanted[known[np.argsort(-sign * truth[known], kind="stable")[:k]]] = True
    order = known[np.argsort(-sign * score[known], kind="stable")]
    found = np.full(len(truth), 1.0 if k else np.nan)
    found[: len(known)] = np.cumsum(wanted[order]) / max(k, 1)
    return found


def repeat_recovery(
    ranks: np.ndarray, sources: np.ndarray, direction: str, k: int = K
) -> np.ndarray | None:
    """(G,) mean recovery, by one signature, of what all the others of its pair measured.

    Args:
        ranks: (N, G) unit ranks of distinct signatures, NaN where not measured.
        sources: (N,) the source of each.
        direction: "up" or "down".
        k: genes to be found.

    Returns:
        None for fewer than two signatures.
    """
    if len(ranks) < 2:
        return None
    curves = []
    for row, one in enumerate(ranks):
        rest = np.arange(len(ranks)) != row
        truth = mean_ranks(ranks[rest], sources[rest])
        truth = np.where(np.isnan(one), np.nan, truth)
        curves.append(recovery(truth, np.nan_to_num(one), direction, k))
    return np.mean(curves, axis=0)
