"""Whether the attended fragments are those whose deletion matters, and how often chance says so.

Every function takes shares (R, F), one ranking of the F fragments of a compound per row, and the
effects (F,) of deleting them; it returns one number per row, NaN where all effects are alike.
"""

from collections.abc import Callable

import numpy as np

from badger_core.evaluation.correlation import spearman

LEAST_FRAGMENTS = 3
"""With fewer there is hardly an order to follow."""
Follow = Callable[[np.ndarray, np.ndarray], np.ndarray]


def rank_match(share: np.ndarray, effect: np.ndarray) -> np.ndarray:
    """(R,) Spearman of shares and effects; 0 by chance."""
    return spearman(np.broadcast_to(effect, share.shape), share)


def top_match(share: np.ndarray, effect: np.ndarray) -> np.ndarray:
    """(R,) 1 where the most attended fragment is the most effective one; 1 / F by chance."""
    if np.ptp(effect) == 0:
        return np.full(len(share), np.nan)
    return _mean_of_top(share, (effect == effect.max()).astype(float))


def top_effect(share: np.ndarray, effect: np.ndarray) -> np.ndarray:
    """(R,) effect of deleting the most attended fragment; the mean effect by chance."""
    return _mean_of_top(share, effect)


def shuffled(share: np.ndarray, draws: int, generator: np.random.Generator) -> np.ndarray:
    """(R, F) the same shares given to the fragments in `draws` random orders."""
    return generator.permuted(np.tile(share, (draws, 1)), axis=1)


def _mean_of_top(share: np.ndarray, value: np.ndarray) -> np.ndarray:
    """(R,) mean value of the fragments with the largest share (several where they tie)."""
    is_top = share == share.max(axis=1, keepdims=True)
    return (is_top * value).sum(axis=1) / is_top.sum(axis=1)
