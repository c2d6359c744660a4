"""Areas under the ROC and the precision-recall curve for many segments and weights at once.

A segment is a drug, a line or everything. Rows are sorted once; every draw of a bootstrap is then a
few cumulative sums. R draws, N rows, S segments.
"""

from dataclasses import dataclass

import numpy as np

from badger_core.evaluation.rows import Floats, divide


@dataclass(frozen=True, eq=False)
class Sorted:
    """Rows by segment and falling prediction, with the places where ties and segments begin.

    Attributes:
        order: (N,) positions of the rows.
        positive: (N,) bool, sorted.
        ties: first row of each group of equal predictions within a segment.
        segments: first tie group of each segment.
        segment_of: segment of each tie group.
    """

    order: np.ndarray
    positive: np.ndarray
    ties: np.ndarray
    segments: np.ndarray
    segment_of: np.ndarray

    @classmethod
    def of(cls, truth: np.ndarray, predicted: np.ndarray, segment: np.ndarray) -> "Sorted":
        """Sort N rows; `truth` is 0 or 1, `segment` counts from 0 without a gap."""
        order = np.lexsort((-predicted, segment))
        score, part = predicted[order], segment[order]
        new_part = np.r_[True, part[1:] != part[:-1]]
        ties = np.flatnonzero(new_part | np.r_[True, score[1:] != score[:-1]])
        segments = np.flatnonzero(new_part[ties])
        return cls(order, truth[order] > 0, ties, segments, part[ties])

    def sides(self, weights: Floats) -> tuple[Floats, Floats]:
        """Weight of the positives and of the negatives in each tie group, (R, groups) each."""
        weight = weights[:, self.order]
        every = np.add.reduceat(weight, self.ties, axis=1)
        positive = np.add.reduceat(weight * self.positive, self.ties, axis=1)
        return positive, every - positive

    def summed(self, values: Floats) -> Floats:
        """(R, S) sums of (R, groups) over the groups of each segment."""
        return np.add.reduceat(values, self.segments, axis=1)


def auroc(rows: Sorted, weights: Floats) -> Floats:
    """(R, S) chance that a positive is predicted above a negative of its segment, ties one half.

    NaN where a segment has no weight on one side. Equal to scikit-learn's `roc_auc_score`.

    Args:
        rows: N sorted rows of S segments.
        weights: (R, N), not negative.
    """
    positive, negative = rows.sides(weights)
    above = np.cumsum(positive, axis=1) - positive
    above -= above[:, rows.segments][:, rows.segment_of]  # count from the segment's own beginning
    won = rows.summed(negative * (above + positive / 2))
    return divide(won, rows.summed(positive) * rows.summed(negative))


def average_precision(rows: Sorted, weights: Floats) -> Floats:
    """(R,) mean precision over the positives of a single segment, by falling prediction.

    Rows of one prediction enter together. NaN without a positive. Equal to scikit-learn's
    `average_precision_score`.

    Args:
        rows: N sorted rows of one segment.
        weights: (R, N), not negative.
    """
    positive, negative = rows.sides(weights)
    found = np.cumsum(positive, axis=1)
    precision = np.nan_to_num(divide(found, found + np.cumsum(negative, axis=1)))
    return divide((positive * precision).sum(axis=1), positive.sum(axis=1))
