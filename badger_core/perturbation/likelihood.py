"""Log-likelihood of counts under a negative binomial (gamma-Poisson) distribution.

B cells, G genes; particles may stand in front. The mean is m and the inverse dispersion r, so that
the variance is m + m^2 / r. Agrees with `scipy.stats.nbinom(r, r / (r + m))`.
"""

import torch
from torch import Tensor

LEAST_MEAN = 1e-8
"""Added to no mean but used as its floor: a mean of zero would forbid every count."""


def negative_binomial(counts: Tensor, mean: Tensor, inverse_dispersion: Tensor) -> Tensor:
    """Log-probability of each count, natural logarithm.

    Args:
        counts: (B, G) whole numbers.
        mean: (..., B, G) expected counts.
        inverse_dispersion: (G,) r > 0 of each gene.

    Returns:
        (..., B, G).
    """
    log_mean = mean.clamp_min(LEAST_MEAN).log()
    return coefficient(counts, inverse_dispersion) + kernel(counts, log_mean, inverse_dispersion)


def coefficient(counts: Tensor, inverse_dispersion: Tensor) -> Tensor:
    """(B, G) the part without the mean, log of the binomial coefficient (computed once a batch)."""
    r = inverse_dispersion
    return torch.lgamma(counts + r) - torch.lgamma(r) - torch.lgamma(counts + 1)


def kernel(counts: Tensor, log_mean: Tensor, inverse_dispersion: Tensor) -> Tensor:
    """(..., B, G) the part with the mean: r log(r / (r + m)) + x log(m / (r + m))."""
    log_r = inverse_dispersion.log()
    log_sum = torch.logaddexp(log_mean, log_r)
    return inverse_dispersion * (log_r - log_sum) + counts * (log_mean - log_sum)
