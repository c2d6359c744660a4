"""Predictors that need no network: what any model has to beat."""

import numpy as np
import pandas as pd


def weighted_mean(change: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(G,) weighted mean of (S, G) changes, strength kept."""
    return (weight @ change / weight.sum()).astype(np.float32)


def drug_free_mean(change: np.ndarray, train: pd.DataFrame, cells: pd.Series) -> np.ndarray:
    """(S, G): the training mean of each test row's line, the overall mean for a new line.

    Args:
        change: (N, G) training changes.
        train: their conditions, columns cell and weight.
        cells: (S,) lines to predict for.
    """
    weight = train["weight"].to_numpy()
    overall = weighted_mean(change, weight)
    of_line = {
        cell: weighted_mean(change[rows], weight[rows])
        for cell, rows in train.groupby("cell").indices.items()
    }
    return np.stack([of_line.get(cell, overall) for cell in cells])


def nearest_mean(likeness: np.ndarray, change: np.ndarray, k: int = 5) -> np.ndarray:
    """(S, G): mean of the k training conditions most like each test condition, by likeness.

    Args:
        likeness: (S, N) between test and training conditions; ties go to the earlier condition.
        change: (N, G) training changes.
        k: how many conditions.
    """
    best = np.argsort(-likeness, axis=1, kind="stable")[:, :k]
    share = np.take_along_axis(likeness, best, axis=1) + 1e-9
    share = share / share.sum(axis=1, keepdims=True)
    return np.einsum("sk,skg->sg", share, change[best]).astype(np.float32)


def kernel_ridge(
    train: np.ndarray, test: np.ndarray, change: np.ndarray, weight: np.ndarray, ridge: float
) -> np.ndarray:
    """(S, G) kernel ridge regression with weighted rows.

    Args:
        train: (N, N) kernel between training conditions.
        test: (S, N) kernel between test and training conditions.
        change: (N, G) training changes.
        weight: (N,) weights; a row of half the weight gets twice the ridge.
        ridge: what is added to the diagonal at weight 1.
    """
    system = train.astype(np.float64) + np.diag(ridge / weight)
    return (test @ np.linalg.solve(system, change)).astype(np.float32)
