"""How well a network is recovered: areas, what is left out, and membership of a known set.

The pairs to judge are given as truths: a target and itself is never one of them, so that a knockout
counts for no method. T targets, G genes, E pairs that are judged.
"""

from typing import NamedTuple

import numpy as np
from scipy.stats import hypergeom

from badger_core.evaluation.sensitivity_areas import Sorted, auroc, average_precision


class Areas(NamedTuple):
    """Of a score against the truth; `base` is the share of true pairs, the AUPRC of chance."""

    auprc: float
    auroc: float
    base: float


class Overlap(NamedTuple):
    """What a choice and a known set have in common.

    Attributes:
        pool: pairs to choose from.
        known: of the pool in the set.
        chosen: of the pool that were chosen.
        both: chosen and known.
        p: of as many or more by choosing at random from the pool (hypergeometric).
        p_dealt: the same by dealing the set's places anew within `part`.
    """

    pool: int
    known: int
    chosen: int
    both: int
    p: float
    p_dealt: float


def areas(score: np.ndarray, truth: np.ndarray, judged: np.ndarray) -> Areas:
    """Areas under the precision-recall and ROC curves over the judged pairs.

    Args:
        score: (T, G), large for an edge; the sign is no matter of this function.
        truth: (T, G) truths.
        judged: (T, G) truths.
    """
    actual = truth[judged]
    rows = Sorted.of(actual.astype(float), score[judged], np.zeros(len(actual), int))
    weight = np.ones((1, len(actual)))
    found = average_precision(rows, weight)[0], auroc(rows, weight)[0, 0]
    return Areas(*map(float, found), float(actual.mean()))


def paths(edges: np.ndarray, at: np.ndarray) -> np.ndarray:
    """(T, G) whether edges lead from target to gene, through other measured targets too.

    Args:
        edges: (T, G) truths.
        at: (T,) position of each target among the genes, -1 where it was not measured.
    """
    measured = np.flatnonzero(at >= 0)
    found = edges.copy()
    while True:
        onward = found[:, at[measured]].astype(int) @ edges[measured].astype(int) > 0
        longer = found | onward
        if (longer == found).all():
            return found
        found = longer


def omission_rate(
    edges: np.ndarray, responds: np.ndarray, judged: np.ndarray, at: np.ndarray
) -> float:
    """Share of the pairs without a path that respond all the same; NaN if every pair has a path.

    It is the false omission rate, over all pairs and read from the network: the empty network
    has the share of all pairs that respond, the perfect one that of false alarms.

    Args:
        edges: (T, G) truths, the network.
        responds: (T, G) truths, whether unread cells of the target differ from control.
        judged: (T, G) truths.
        at: as in `paths`.
    """
    left = judged & ~paths(edges, at)
    return float(responds[left].mean()) if left.any() else float("nan")


def overlap(
    chosen: np.ndarray, known: np.ndarray, part: np.ndarray, deals: int = 2000, seed: int = 0
) -> Overlap:
    """Whether what was chosen is in a known set more often than chance has it.

    Genes that are easily seen are chosen more often and better known: the second p deals the set's
    places within parts, such as genes of like abundance. Both take pairs as exchangeable.

    Args:
        chosen: (E,) truths.
        known: (E,) truths.
        part: (E,) labels within which places are dealt anew.
        deals: how often.
        seed: of the deals.
    """
    rng = np.random.default_rng(seed)
    both = int((chosen & known).sum())
    groups = [np.flatnonzero(part == name) for name in np.unique(part)]
    reach = 0
    for _ in range(deals):
        dealt = known.copy()
        for group in groups:
            dealt[group] = rng.permutation(known[group])
        reach += (chosen & dealt).sum() >= both
    pool, total, count = len(known), int(known.sum()), int(chosen.sum())
    p = float(min(hypergeom.sf(both - 1, pool, total, count), 1.0))
    return Overlap(pool, total, count, both, p, float((1 + reach) / (1 + deals)))
