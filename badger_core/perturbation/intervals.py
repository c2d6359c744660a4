"""How sure a measured effect is: intervals by resampling the cells of each group.

N cells, T targets, G genes, K draws.
"""

from typing import NamedTuple

import numpy as np

from badger_core.data.perturbation import CellScreen
from badger_core.perturbation.effects import Stratum, depth_of, lognorm, strata


class Interval(NamedTuple):
    """(T, G) bounds of the effects; NaN rows where a target has no cells."""

    low: np.ndarray
    high: np.ndarray


def bootstrap_ate(
    screen: CellScreen,
    mask: np.ndarray | None = None,
    draws: int = 200,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Percentile intervals of `effects.ate`, cells resampled within target and replicate.

    Control cells are resampled once a draw, for all targets alike. Replicates are not resampled:
    the interval is about other cells of these replicates, not about other replicates.

    Source: Efron (1979), Annals of Statistics 7, 1.
    """
    rng = np.random.default_rng(seed)
    values = lognorm(screen.counts, depth_of(screen))
    parts = strata(screen, mask)
    control: dict[bytes, np.ndarray] = {}
    low, high = np.full((2, len(parts), values.shape[1]), np.nan, np.float32)
    ends = [(1 - level) / 2, (1 + level) / 2]
    for row, of_target in enumerate(parts):
        drawn = np.zeros((draws, values.shape[1]), np.float32)
        for one in of_target:
            drawn += one.weight * _difference(rng, values, one, control, draws)
        if of_target:
            low[row], high[row] = np.quantile(drawn, ends, axis=0)
    return Interval(low, high)


def _difference(
    rng: np.random.Generator,
    values: np.ndarray,
    one: Stratum,
    control: dict[bytes, np.ndarray],
    draws: int,
) -> np.ndarray:
    """(K, G) differences of resampled means; `control` keeps those that were drawn already."""
    key = one.control.tobytes()
    if key not in control:
        control[key] = _resampled_means(rng, values[one.control], draws)
    return _resampled_means(rng, values[one.perturbed], draws) - control[key]


def _resampled_means(rng: np.random.Generator, values: np.ndarray, draws: int) -> np.ndarray:
    """(K, G) means of n cells drawn with replacement from (n, G)."""
    n = len(values)
    times = rng.multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float32)
    return times @ values / n
