"""How closely a prediction follows a signature over all its genes.

Same conventions as `ranking`: `truth` and `score` are (G,) or (S, G), NaN in `truth` is left out,
one float per row (S,). A constant score says nothing and gets 0, the chance level; a row with a
constant truth, or with fewer than two measured genes, gives NaN.
"""

import numpy as np
from numpy.typing import ArrayLike

from badger_core.evaluation.rows import Floats, as_rows, divide
from badger_core.ranks import average_ranks


def pearson(truth: ArrayLike, score: ArrayLike) -> Floats:
    """Linear correlation of the values, in [-1, 1]; sensitive to a few strongly changed genes."""
    rows = as_rows(truth, score)
    return _correlate(rows.truth, rows.score)


def spearman(truth: ArrayLike, score: ArrayLike) -> Floats:
    """Correlation of the ranks, in [-1, 1]; tied genes share their mean rank."""
    rows = as_rows(truth, score)
    return _correlate(average_ranks(rows.truth), average_ranks(rows.score))


def kendall(truth: ArrayLike, score: ArrayLike) -> Floats:
    """Kendall's tau-b: pairs of genes in the right order against the wrong one, in [-1, 1]."""
    from scipy.stats import kendalltau  # slow to load, and no page needs it

    rows = as_rows(truth, score)
    taus = np.full(len(rows.truth), np.nan)
    for row, (true, predicted) in enumerate(zip(rows.truth, rows.score, strict=True)):
        measured = ~np.isnan(true)
        if measured.any() and np.ptp(true[measured]) > 0:
            varies = np.ptp(predicted[measured]) > 0
            taus[row] = kendalltau(true[measured], predicted[measured]).statistic if varies else 0.0
    return taus


def rmse(truth: ArrayLike, score: ArrayLike) -> Floats:
    """Root mean square error, in the unit of the truth; smaller is better.

    Signatures of different sources have different units: compare it within one source only.
    """
    rows = as_rows(truth, score)
    squares = np.nan_to_num((rows.truth - rows.score) ** 2, nan=0.0).sum(axis=1)
    return np.sqrt(divide(squares, rows.n_measured))


def _correlate(truth: Floats, score: Floats) -> Floats:
    true, predicted = _standard(truth), _standard(score)
    together = (true * predicted).sum(axis=1)
    return np.where((true != 0).any(axis=1), np.clip(together, -1.0, 1.0), np.nan)


def _standard(values: Floats) -> Floats:
    """Rows centred and scaled to length 1; zeros for unmeasured genes and for constant rows."""
    measured = ~np.isnan(values)
    filled = np.where(measured, values, 0.0)
    mean = divide(filled.sum(axis=1), measured.sum(axis=1))
    centred = np.where(measured, filled - mean[:, None], 0.0)
    highest = np.where(measured, filled, -np.inf).max(axis=1)
    lowest = np.where(measured, filled, np.inf).min(axis=1)
    centred[highest <= lowest] = 0.0  # a constant's mean may be off by a rounding error
    length = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    return centred / np.where(length > 0, length, 1.0)
