"""What was measured for a pair: the mean rank of each gene over all its signatures."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from badger_core.data.signatures import SignatureStore
from badger_core.evaluation.correlation import spearman
from badger_core.ranks import average_ranks


@dataclass(frozen=True, eq=False)
class Measured:
    """The measured side of a pair.

    Attributes:
        n_signatures: numeric signatures, of all doses and times.
        n_sources: sources that they come from.
        ranks: (G,) mean rank in panel order, from 0 (goes down most) to 1 (goes up most); NaN for a
            gene that no signature measured.
        each: (N, G) ranks of the single signatures, on the same scale.
        sources: (N,) the source of each.
        active: whether one of them is in the strongest third of its source.
    """

    n_signatures: int
    n_sources: int
    ranks: np.ndarray
    each: np.ndarray
    sources: np.ndarray
    active: bool


def measured_pair(signatures: SignatureStore, ik14: str, cell: str) -> Measured | None:
    """What the bundle measured of one compound in one line, or None where there is nothing."""
    rows = signatures.of_pair(ik14, cell)
    if rows.empty:
        return None
    sources = rows["source"].to_numpy()
    each = unit_ranks(signatures.values(rows["row"].to_numpy()))
    return Measured(
        n_signatures=len(rows),
        n_sources=len(set(sources)),
        ranks=mean_ranks(each, sources),
        each=each,
        sources=sources,
        active=bool(rows["active"].any()),
    )


def unit_ranks(values: np.ndarray) -> np.ndarray:
    """(N, G) ranks within each signature, from 0 (down most) to 1; NaN where not measured."""
    count = (~np.isnan(values)).sum(axis=1, keepdims=True)
    return (average_ranks(values) - 0.5) / np.maximum(count, 1)


def mean_ranks(ranks: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Ranks averaged within each source, then over the sources: units differ, ranks do not.

    Args:
        ranks: (N, G) unit ranks, NaN where not measured.
        sources: (N,) the source of each.

    Returns:
        (G,) between 0 and 1, NaN where no signature has the gene.
    """
    within = [_mean(ranks[sources == source]) for source in sorted(set(sources))]
    return _mean(np.stack(within))


def weights_in_mean(sources: np.ndarray) -> np.ndarray:
    """(N,) how much each signature counts in `mean_ranks`; they add up to 1."""
    _, number, count = np.unique(sources, return_inverse=True, return_counts=True)
    return 1 / (count[number] * len(count))


def agreement(measured: Measured, table: pd.DataFrame, entrez: np.ndarray) -> float:
    """Spearman correlation between a ranking's scores and the measured mean ranks.

    Args:
        measured: of the same pair.
        table: a ranking, with columns entrez and score.
        entrez: (G,) the genes of the panel in order.
    """
    score = table.set_index("entrez")["score"].reindex(entrez).to_numpy()
    return float(spearman(measured.ranks, score)[0])


def n_trained_on(
    members: Iterable[tuple[Iterable[str], Iterable[str]]], ik14: str, cell: str
) -> int:
    """How many members of an ensemble trained on both compound and line.

    Args:
        members: the compounds (ik14) and the lines that each member was trained on.
        ik14: the compound.
        cell: the line.
    """
    return sum(ik14 in compounds and cell in lines for compounds, lines in members)


def _mean(ranks: np.ndarray) -> np.ndarray:
    """(G,) mean over rows that leaves NaN out, and is NaN where there is nothing else."""
    known = ~np.isnan(ranks)
    total = np.where(known, ranks, 0.0).sum(axis=0)
    return np.divide(
        total, known.sum(axis=0), out=np.full(total.shape, np.nan), where=known.any(axis=0)
    )
