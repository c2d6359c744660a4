"""Ranks within rows, ties sharing their mean rank.

pandas does the ranking, and not scipy, because pandas is loaded anyway and `scipy.stats` takes a
good part of the time that a visitor waits for the first page.
"""

from functools import lru_cache
from statistics import NormalDist

import numpy as np
import pandas as pd


def average_ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1 along the last axis of (N,) or (N, G) values; NaN has no rank and stays NaN."""
    rows = np.atleast_2d(values)
    return pd.DataFrame(rows).rank(axis=1).to_numpy(copy=True).reshape(np.shape(values))


def van_der_waerden(ranks: np.ndarray, size: int) -> np.ndarray:
    """Van der Waerden's scores: the standard normal quantile of rank / (size + 1).

    Ranks with shared means are whole or half numbers, so there are 2 * size quantiles at most, and
    they are looked up.

    Args:
        ranks: of any shape, from 1 to `size`, whole or half numbers.
        size: how many were ranked.
    """
    return _quantiles(size)[(2 * ranks).astype(np.intp)]


@lru_cache(maxsize=8)
def _quantiles(size: int) -> np.ndarray:
    """(2 * size + 1,) quantiles of 0, .5, 1, ... `size` over size + 1; the first two unused."""
    normal = NormalDist()
    twice = range(2, 2 * size + 1)
    return np.array([np.nan, np.nan, *(normal.inv_cdf(n / 2 / (size + 1)) for n in twice)])
