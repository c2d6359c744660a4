"""How well a predicted ranking separates the up and down lists of a gene-set signature."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from badger_core.errors import SettingError
from badger_core.ranks import average_ranks


class SetAuroc(NamedTuple):
    """Areas under the ROC curve; 0.5 is chance, 1 is perfect, NaN where a side has no genes."""

    up_vs_down: float
    up_vs_rest: float
    down_vs_rest: float


def auroc_sets(score: ArrayLike, up_index: ArrayLike, down_index: ArrayLike) -> SetAuroc:
    """Chance that a gene of one list is ranked on the right side of a gene of another.

    Args:
        score: (G,) predicted change of one signature.
        up_index: positions of the raised genes; repeats count once.
        down_index: positions of the lowered genes. The rest are the genes in neither list.

    Returns:
        Up above down, up above the rest, and down below the rest: larger is better for all three.
        Tied genes count one half.

    Raises:
        SettingError: a score is not finite, a position is not a gene, or a gene is in both lists.
    """
    score = np.asarray(score, dtype=np.float64)
    if score.ndim != 1 or not np.isfinite(score).all():
        raise SettingError("Give the scores of one signature as (G,), all of them finite numbers.")
    up, down = _positions(up_index, len(score)), _positions(down_index, len(score))
    if (both := np.intersect1d(up, down)).size:
        raise SettingError(
            f"{both.size} genes are in the up list and in the down list. "
            "Remove them from both: their direction is not known."
        )
    rest = np.setdiff1d(np.arange(len(score)), np.concatenate([up, down]))
    return SetAuroc(
        up_vs_down=_auroc(score[up], score[down]),
        up_vs_rest=_auroc(score[up], score[rest]),
        down_vs_rest=_auroc(-score[down], -score[rest]),
    )


def _positions(index: ArrayLike, n_genes: int) -> NDArray[np.intp]:
    given = np.asarray(index)
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise SettingError(
            f"A gene list holds {given.dtype} values. Give positions, counting from 0 (for a mask, "
            "np.flatnonzero of it)."
        )
    positions = np.unique(given.astype(np.intp))
    if positions.size and not 0 <= positions[0] <= positions[-1] < n_genes:
        raise SettingError(
            f"The gene positions {positions[0]} to {positions[-1]} do not fit {n_genes} scores. "
            "Map the list to the same genes as the scores, counting from 0."
        )
    return positions


def _auroc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Mann-Whitney U of the positives over all pairs."""
    n_pairs = positive.size * negative.size
    if n_pairs == 0:
        return float("nan")
    ranks = average_ranks(np.concatenate([positive, negative]))[: positive.size]
    return float((ranks.sum() - positive.size * (positive.size + 1) / 2) / n_pairs)
