"""The likelihood to beat: each target's mean profile on training cells, as a negative binomial.

The expected count is the cell's transcripts times its target's share of the gene; each gene has one
inverse dispersion, fitted by maximum likelihood. It has no state and no replicate. N cells, T
targets, G genes.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.stats import nbinom

from badger_core.data.perturbation import CellScreen
from badger_core.errors import PerturbationError

_PSEUDO_TOTAL = 50.0
"""Transcripts of the mean profile of all cells that are added to each target's."""

_LOG_BOUNDS = (-5.0, 8.0)


class MeanProfile(NamedTuple):
    """Fitted on training cells.

    Attributes:
        targets: (T + 1,) names, control among them.
        share: (T + 1, G) of transcripts.
        inverse_dispersion: (G,).
    """

    targets: tuple[str, ...]
    share: np.ndarray
    inverse_dispersion: np.ndarray


def fit_mean_profile(train: CellScreen) -> MeanProfile:
    """Shares by pooling, dispersions by maximum likelihood around them."""
    names = tuple(sorted(set(train.target.tolist())))
    counts = train.counts.astype(np.float64)
    totals = counts.sum(1)
    prior = _PSEUDO_TOTAL * (counts.sum(0) + 0.5) / (counts.sum() + 0.5 * counts.shape[1])
    groups = [train.target == name for name in names]
    share = np.stack([counts[rows].sum(0) + prior for rows in groups])
    share /= np.array([totals[rows].sum() + _PSEUDO_TOTAL for rows in groups])[:, None]
    mean = np.zeros_like(counts)
    for rows, row in zip(groups, share, strict=True):
        mean[rows] = totals[rows, None] * row
    spread = np.array([_fit_dispersion(x, m) for x, m in zip(counts.T, mean.T, strict=True)])
    return MeanProfile(names, share, spread)


def mean_profile_likelihood(fitted: MeanProfile, screen: CellScreen) -> np.ndarray:
    """(N,) log-probability of each cell's counts, nats.

    Raises:
        PerturbationError: for a target that was not trained on.
    """
    place = {name: i for i, name in enumerate(fitted.targets)}
    unknown = sorted(set(screen.target.tolist()) - set(place))
    if unknown:
        raise PerturbationError(f"No training cell aims at '{unknown[0]}'. Leave its cells out.")
    rows = [place[name] for name in screen.target.tolist()]
    totals = screen.counts.sum(1, dtype=np.float64)[:, None]
    mean = np.maximum(totals * fitted.share[rows], 1e-12)
    r = fitted.inverse_dispersion
    return nbinom.logpmf(screen.counts, r, r / (r + mean)).sum(1)


def _fit_dispersion(counts: np.ndarray, mean: np.ndarray) -> float:
    """Inverse dispersion that makes the counts likeliest around their means."""
    mean = np.maximum(mean, 1e-12)

    def loss(log_r: float) -> float:
        r = np.exp(log_r)
        return -float(nbinom.logpmf(counts, r, r / (r + mean)).sum())

    return float(np.exp(minimize_scalar(loss, bounds=_LOG_BOUNDS, method="bounded").x))
