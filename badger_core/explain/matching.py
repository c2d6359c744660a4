"""Whether things that belong together match better than the same things dealt out at random.

A matrix (B, B) holds how well row a matches column b. Its diagonal is what was observed; the null
deals the columns to the rows in random orders. What all columns share (a pathway that holds
everybody's targets, an attention that ignores the compound) is thereby in the null as well.
"""

from collections.abc import Sequence

import numpy as np

from badger_core.evaluation.rows import Floats, membership
from badger_core.ranks import average_ranks


def shuffled_means(
    matrix: Floats, draws: int, seed: int, groups: Sequence[str] | None = None
) -> Floats:
    """(draws,) means over rows with the columns dealt at random.

    Args:
        matrix: (B, B).
        draws: random deals.
        seed: of the deals.
        groups: (B,) labels where only columns of a row's own group may be dealt to it.
    """
    generator = np.random.default_rng(seed)
    rows = np.arange(len(matrix))
    labels = np.asarray(groups if groups is not None else [""] * len(matrix))
    parts = [np.flatnonzero(labels == label) for label in sorted(set(labels))]
    means = np.empty(draws)
    for draw in range(draws):
        dealt = rows.copy()
        for part in parts:
            dealt[part] = generator.permutation(part)
        means[draw] = matrix[rows, dealt].mean()
    return means


def auroc_matrix(scores: Floats, labels: np.ndarray) -> Floats:
    """(B, D) AUROC of each row of scores (B, P) for each row of labels (D, P) bool.

    Tied scores count half; NaN for a row of labels that is all True or all False.
    """
    ranks = average_ranks(scores)  # (B, P)
    positive = labels.sum(axis=1).astype(float)  # (D,)
    negative = labels.shape[1] - positive
    above = ranks @ labels.T.astype(float) - positive * (positive + 1) / 2  # (B, D)
    pairs = positive * negative
    return above / np.where(pairs > 0, pairs, np.nan)


def top_matrix(scores: Floats, labels: np.ndarray, k: int) -> Floats:
    """(B, D) share of the `k` largest scores that each row of labels marks; ties are averaged."""
    return membership(np.asarray(scores, np.float64), k) @ labels.T.astype(float) / k


def spearman_matrix(one: Floats, other: Floats) -> Floats:
    """(B, D) Spearman of each row of `one` (B, P) with each row of `other` (D, P)."""
    return _standard(one) @ _standard(other).T


def jaccard_matrix(one: Floats, other: Floats, k: int) -> Floats:
    """(B, D) Jaccard of the `k` largest of each row of `one` (B, P) and of `other` (D, P)."""
    both = _is_top(one, k) @ _is_top(other, k).T
    return both / (2 * k - both)


def _is_top(values: Floats, k: int) -> Floats:
    """(B, P) 1 for the k largest; of tied values the first in order."""
    top = np.zeros(values.shape)
    np.put_along_axis(top, np.argsort(-values, axis=1, kind="stable")[:, :k], 1.0, axis=1)
    return top


def _standard(values: Floats) -> Floats:
    ranks = average_ranks(values)
    ranks -= ranks.mean(axis=1, keepdims=True)
    length = np.sqrt((ranks**2).sum(axis=1, keepdims=True))
    return ranks / np.where(length > 0, length, 1.0)
