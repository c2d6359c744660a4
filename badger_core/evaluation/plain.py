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
