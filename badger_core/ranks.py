"""Ranks within rows, ties sharing their mean rank.

pandas does the ranking, and not scipy, because pandas is loaded anyway and `scipy.stats` takes a
good part of the time that a visitor waits for the first page.
"""

import numpy as np
import pandas as pd


def average_ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1 along the last axis of (N,) or (N, G) values; NaN has no rank and stays NaN."""
    rows = np.atleast_2d(values)
    return pd.DataFrame(rows).rank(axis=1).to_numpy(copy=True).reshape(np.shape(values))
