"""Effects drawn towards zero by how little they are known, with the chance that a sign is wrong.

Source: Stephens (2017), Biostatistics 18, 275: the true effects of a target on all genes are taken
to follow a mixture of normal distributions around zero, one of them zero itself, whose shares are
found from the data (EM); each effect is then what the mixture and its own error make of it.
"""

from typing import NamedTuple

import numpy as np
from scipy import stats

_STEPS = 200
_CLOSE = 1e-7
_RATIO = 2**0.5


class Shrunk(NamedTuple):
    """Of effects of any shape.

    Attributes:
        effect: posterior mean.
        error: posterior standard deviation.
        wrong_sign: local false sign rate: the chance that the true effect is zero or of the other
            sign.
    """

    effect: np.ndarray
    error: np.ndarray
    wrong_sign: np.ndarray


def shrink_rows(effect: np.ndarray, error: np.ndarray) -> Shrunk:
    """(T, G) effects and their standard errors, each row shrunk by itself; NaN rows stay NaN."""
    rows = [shrink(e, s) for e, s in zip(effect, error, strict=True)]
    return Shrunk(*(np.stack(field) for field in zip(*rows, strict=True)))


def shrink(effect: np.ndarray, error: np.ndarray) -> Shrunk:
    """(G,) effects with (G,) errors; an error of 0 or NaN tells nothing: 0, 0 and 1.

    Rows of NaN effects give NaN.
    """
    if np.isnan(effect).all():
        nothing = np.full(len(effect), np.nan)
        return Shrunk(nothing, nothing, nothing)
    told = np.isfinite(effect) & np.isfinite(error) & (error > 0)
    mean, spread, wrong = np.zeros(len(effect)), np.zeros(len(effect)), np.ones(len(effect))
    if told.any():
        mean[told], spread[told], wrong[told] = _posterior(effect[told], error[told])
    return Shrunk(mean, spread, wrong)


def _posterior(x: np.ndarray, s: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    widths = _widths(x, s)
    total = np.sqrt(widths**2 + s[:, None] ** 2)
    log_density = stats.norm.logpdf(x[:, None], 0, total)
    density = np.exp(log_density - log_density.max(axis=1, keepdims=True))
    share = _mixture(density)
    of = density * share
    of /= of.sum(axis=1, keepdims=True)
    pull = widths**2 / total**2
    means, deviations = pull * x[:, None], np.sqrt(pull) * s[:, None]
    mean = (of * means).sum(axis=1)
    second = (of * (means**2 + deviations**2)).sum(axis=1)
    wide = widths > 0
    below = (of[:, wide] * stats.norm.cdf(0, means[:, wide], deviations[:, wide])).sum(axis=1)
    zero, above = of[:, 0], 1 - of[:, 0] - below
    wrong = np.clip(zero + np.minimum(below, above), 0, 1)
    return mean, np.sqrt(np.maximum(second - mean**2, 0)), wrong


def _widths(x: np.ndarray, s: np.ndarray) -> np.ndarray:
    """Standard deviations of the parts: 0, then from a tenth of the least error to the largest."""
    least = s.min() / 10
    most = max(2 * np.sqrt(np.maximum(x**2 - s**2, 0).max()), 8 * least)
    count = int(np.ceil(np.log(most / least) / np.log(_RATIO))) + 1
    return np.concatenate([[0.0], least * _RATIO ** np.arange(count)])


def _mixture(density: np.ndarray) -> np.ndarray:
    """Shares of the parts that make the data likeliest, zero favoured by ten observations."""
    prior = np.zeros(density.shape[1])
    prior[0] = 10 - 1
    share = np.full(density.shape[1], 1 / density.shape[1])
    for _ in range(_STEPS):
        of = density * share
        of /= of.sum(axis=1, keepdims=True)
        new = of.sum(axis=0) + prior
        new /= new.sum()
        if np.abs(new - share).max() < _CLOSE:
            return new
        share = new
    return share
