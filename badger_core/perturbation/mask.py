"""Random choices that gradients pass through: hard Bernoulli masks, and the price of a posterior.

Method: relaxed Bernoulli samples (Maddison et al. 2017; Jang et al. 2017) with the straight-through
estimator. P particles, T targets, G genes.
"""

import math

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

_LEAST = 1e-6


def sample_mask(
    logits: Tensor,
    particles: int,
    generator: torch.Generator | None = None,
    temperature: float = 1.0,
) -> Tensor:
    """(P, *shape of logits) of 0 and 1, each 1 with probability sigmoid(logit).

    Forward it is the hard choice, backward the gradient of the relaxed one. The mean over many
    particles goes to sigmoid(logits).
    """
    shape = (particles, *logits.shape)
    uniform = torch.rand(shape, generator=generator, device=logits.device, dtype=logits.dtype)
    uniform = uniform.clamp(_LEAST, 1 - _LEAST)
    soft = torch.sigmoid((logits + uniform.log() - (-uniform).log1p()) / temperature)
    hard = (soft > 0.5).to(soft.dtype)
    return hard + soft - soft.detach()


def bernoulli_divergence(logits: Tensor, prior: float) -> Tensor:
    """Kullback-Leibler divergence of Bernoulli(sigmoid(logits)) from Bernoulli(prior), nats."""
    chance = torch.sigmoid(logits)
    on, off = torch.tensor(prior).log(), torch.tensor(1 - prior).log()
    return chance * (logsigmoid(logits) - on) + (1 - chance) * (logsigmoid(-logits) - off)


def normal_divergence(mean: Tensor, log_sd: Tensor, prior_sd: float) -> Tensor:
    """Kullback-Leibler divergence of Normal(mean, exp(log_sd)) from Normal(0, prior_sd), nats."""
    ratio = 2 * (log_sd - torch.tensor(prior_sd).log())
    return 0.5 * (ratio.exp() + (mean / prior_sd) ** 2 - 1 - ratio)


def fitted_divergence(mean: Tensor, log_sd: Tensor, widest: float = math.inf) -> Tensor:
    """(T,) divergence of (T, K) Normals from Normal(0, s), s being each row's own best one, nats.

    The best s is the root mean square of the posterior, or `widest` if that is less: a row without
    any effect is free to vanish, and large effects are dear.
    """
    each = mean**2 + (2 * log_sd).exp()
    square = each.mean(1, keepdim=True).clamp_max(widest**2)
    return 0.5 * (each / square - 1 + square.log() - 2 * log_sd).sum(1)


def sample_normal(
    mean: Tensor, log_sd: Tensor, particles: int, generator: torch.Generator | None = None
) -> Tensor:
    """(P, *shape of mean) draws whose gradients reach mean and spread."""
    shape = (particles, *mean.shape)
    noise = torch.randn(shape, generator=generator, device=mean.device, dtype=mean.dtype)
    return mean + log_sd.exp() * noise
