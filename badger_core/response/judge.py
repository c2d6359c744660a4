"""How good a prediction of pairs is, in one number: what chooses hyper-parameters."""

import numpy as np

from badger_core.evaluation.sensitivity_areas import Sorted, auroc
from badger_core.response.contract import CLASS

LEAST = 10
"""Pairs that a line must have to be judged by itself."""


def goodness(kind: str, labels: np.ndarray, predicted: np.ndarray, pairs: np.ndarray) -> float:
    """Classes: mean of the AUROC of all pairs and of that within lines. AUC: R2 of all pairs.

    Within drugs too few validation pairs are left for a steady figure: NCI-60 has 15 labels a drug.

    Args:
        kind: of the labels.
        labels: (D, L).
        predicted: (D, L).
        pairs: (D, L) bool, those to judge by.

    Returns:
        -inf where nothing can be judged (no pairs, or one class only).
    """
    if not pairs.any():
        return -np.inf
    truth, found = labels[pairs].astype(np.float64), predicted[pairs].astype(np.float64)
    if kind != CLASS:
        spread = ((truth - truth.mean()) ** 2).sum()
        return float(1 - ((truth - found) ** 2).sum() / spread) if spread else -np.inf
    line = np.unique(np.nonzero(pairs)[1], return_inverse=True)[1]
    ones = np.ones((1, len(truth)))
    scores = [auroc(Sorted.of(truth, found, np.zeros(len(truth), np.intp)), ones)[0, 0]]
    within = auroc(Sorted.of(truth, found, line), ones)[0][np.bincount(line) >= LEAST]
    if np.isfinite(within).any():
        scores.append(np.nanmean(within))
    return float(np.mean(scores)) if np.isfinite(scores).all() else -np.inf
