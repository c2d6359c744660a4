"""How well the head of a predicted ranking matches the most changed genes.

All functions take `truth` and `score` as (G,) or (S, G), return one float per row (S,), and see
only the order of the scores. Genes that are NaN in `truth` were not measured and are left out of
their row; where fewer than k genes are measured, k is their number. "up" looks at the most raised
genes, "down" at the most lowered: the same formula on (-truth, -score). Ties earn their average
(see `rows`). Bad input raises `SettingError`; a row for which a metric has no meaning gives NaN.
"""

import numpy as np
from numpy.typing import ArrayLike

from badger_core.evaluation.rows import (
    Direction,
    Floats,
    as_rows,
    check_count,
    divide,
    mean_weight,
    membership,
    places,
)

RELEVANT = 200  # size of the true head and tail in the published evaluation


def ndcg_at_k(truth: ArrayLike, score: ArrayLike, k: int, direction: Direction) -> Floats:
    """Normalised discounted cumulative gain of the first k genes, in [0, 1].

    The gain of a gene is max(z, 0), linear; place i (from 1) is discounted by log2(i + 1). A random
    order already reaches about 0.70 on 978 genes: report `chance_corrected_ndcg` beside it. NaN
    where no gene changes in the direction. (Järvelin & Kekäläinen 2002)
    """
    check_count("k", k)
    rows = as_rows(truth, score, direction)
    gain = _gain(rows.truth)
    discount = _discount(gain.shape[1], k)
    reached = (gain * mean_weight(rows.score, discount)).sum(axis=1)
    return divide(reached, _ideal(gain, discount))


def expected_ndcg_at_k(truth: ArrayLike, k: int, direction: Direction) -> Floats:
    """Mean of `ndcg_at_k` over all orders of the measured genes, exactly.

    Every gene stands at each place equally often, so the expectation is the mean gain times the sum
    of the first k discounts, over the ideal.
    """
    check_count("k", k)
    rows = as_rows(truth, np.zeros(np.shape(truth)), direction)
    gain = _gain(rows.truth)
    discount = _discount(gain.shape[1], k)
    within = np.concatenate([[0.0], np.cumsum(discount)])[rows.n_measured]
    reached = divide(gain.sum(axis=1), rows.n_measured) * within
    return divide(reached, _ideal(gain, discount))


def chance_corrected_ndcg(
    truth: ArrayLike, score: ArrayLike, k: int, direction: Direction
) -> Floats:
    """NDCG rescaled so that a random order has 0 on average and the ideal one 1: (x - E) / (1 - E).

    Negative below chance; NaN where every order is ideal.
    """
    raw = ndcg_at_k(truth, score, k, direction)
    chance = expected_ndcg_at_k(truth, k, direction)
    room = 1.0 - chance
    return divide(raw - chance, np.where(room > 1e-12, room, 0.0))


def precision_at_k(
    truth: ArrayLike, score: ArrayLike, k: int, direction: Direction, relevant: int = RELEVANT
) -> Floats:
    """Share of the first k genes that are among the `relevant` truly most changed, in [0, 1]."""
    check_count("k", k)
    check_count("relevant", relevant)
    rows = as_rows(truth, score, direction)
    hits = (membership(rows.score, k) * membership(rows.truth, relevant)).sum(axis=1)
    return divide(hits, np.minimum(k, rows.n_measured))


def precision_chance(n_genes: int, relevant: int = RELEVANT) -> float:
    """Mean of `precision_at_k` over random orders, for every k: 0.2045 for 200 of 978 genes."""
    check_count("n_genes", n_genes)
    return min(relevant, n_genes) / n_genes


def hit_ratio_at_k(truth: ArrayLike, score: ArrayLike, k: int, direction: Direction) -> Floats:
    """Share of the truly first k genes found among the predicted first k; chance is k / G."""
    return precision_at_k(truth, score, k, direction, relevant=k)


def jaccard_at_k(truth: ArrayLike, score: ArrayLike, k: int, direction: Direction) -> Floats:
    """Intersection over union of the true and predicted first k genes.

    Chance is about k / (2G - k). With ties it is the Jaccard index of the average intersection.
    """
    shared = hit_ratio_at_k(truth, score, k, direction)
    return shared / (2.0 - shared)


def average_precision(
    truth: ArrayLike, score: ArrayLike, direction: Direction, relevant: int = RELEVANT
) -> Floats:
    """Average precision against the `relevant` truly most changed genes, in (0, 1].

    The mean, over those genes, of the precision down to each; tied genes share the precision at the
    end of their group, as in scikit-learn. Chance is about relevant / G.
    """
    check_count("relevant", relevant)
    rows = as_rows(truth, score, direction)
    member = membership(rows.truth, relevant)
    where = places(rows.score)
    found = np.cumsum(np.take_along_axis(member, where.order, axis=1), axis=1)
    precision = np.take_along_axis(found, where.end - 1, axis=1) / where.end
    return divide((member * precision).sum(axis=1), member.sum(axis=1))


def mean_average_precision(
    truth: ArrayLike, score: ArrayLike, direction: Direction, relevant: int = RELEVANT
) -> float:
    """Mean of `average_precision` over the rows where it is defined; NaN where there is none."""
    each = average_precision(truth, score, direction, relevant)
    each = each[~np.isnan(each)]
    return float(each.mean()) if each.size else float("nan")


def _gain(truth: Floats) -> Floats:
    return np.maximum(np.nan_to_num(truth, nan=0.0), 0.0)


def _discount(n_genes: int, k: int) -> Floats:
    discount = 1.0 / np.log2(np.arange(n_genes) + 2.0)
    discount[k:] = 0.0
    return discount


def _ideal(gain: Floats, discount: Floats) -> Floats:
    return -np.sort(-gain, axis=1) @ discount
