"""Masks are hard, go to their probabilities (T6) and let gradients pass; divergences by hand."""

import math

import pytest
import torch
from torch.distributions import Bernoulli, Normal, kl_divergence

from badger_core.perturbation.mask import (
    bernoulli_divergence,
    fitted_divergence,
    normal_divergence,
    sample_mask,
    sample_normal,
)


def test_mean_of_samples_goes_to_the_sigmoid() -> None:
    """T6: within five standard errors for every logit."""
    logits = torch.tensor([-4.0, -1.0, 0.0, 0.5, 3.0])
    drawn = sample_mask(logits, 40000, torch.Generator().manual_seed(0))
    chance = torch.sigmoid(logits)
    error = (chance * (1 - chance) / 40000).sqrt()
    assert ((drawn.mean(0) - chance).abs() < 5 * error).all()
    assert set(drawn.detach().round(decimals=5).unique().tolist()) == {0.0, 1.0}


def test_gradient_passes_through_the_hard_choice() -> None:
    logits = torch.zeros(6, requires_grad=True)
    sample_mask(logits, 50, torch.Generator().manual_seed(0)).sum().backward()
    assert (logits.grad > 0).all()


def test_divergences_agree_with_torch() -> None:
    logits, prior = torch.tensor([-2.0, 0.3, 4.0]), 0.05
    by_torch = kl_divergence(Bernoulli(logits=logits), Bernoulli(torch.tensor(prior)))
    assert torch.allclose(bernoulli_divergence(logits, prior), by_torch, atol=1e-6)
    mean, log_sd = torch.tensor([0.4, -1.0]), torch.tensor([-0.5, 0.2])
    by_torch = kl_divergence(Normal(mean, log_sd.exp()), Normal(0.0, 0.6))
    assert torch.allclose(normal_divergence(mean, log_sd, 0.6), by_torch, atol=1e-6)


def test_posterior_at_the_prior_costs_nothing() -> None:
    at_prior = torch.tensor([math.log(0.05 / 0.95)])
    assert bernoulli_divergence(at_prior, 0.05).item() == pytest.approx(0, abs=1e-7)
    assert normal_divergence(torch.zeros(1), torch.tensor([0.6]).log(), 0.6).item() == 0


def test_draws_follow_mean_and_spread_and_the_seed() -> None:
    mean, log_sd = torch.tensor([1.0, -2.0]), torch.tensor([0.0, -1.0])
    one, two = (sample_normal(mean, log_sd, 20000, torch.Generator().manual_seed(3)) for _ in "ab")
    assert torch.equal(one, two)
    assert torch.allclose(one.mean(0), mean, atol=0.03)
    assert torch.allclose(one.std(0), log_sd.exp(), atol=0.03)


def test_fitted_divergence_is_the_least_over_all_spreads() -> None:
    torch.manual_seed(0)
    mean, log_sd = torch.randn(2, 30), 0.3 * torch.randn(2, 30) - 1
    tried = [normal_divergence(mean, log_sd, float(s)).sum(1) for s in torch.linspace(0.3, 3, 2000)]
    assert torch.allclose(fitted_divergence(mean, log_sd), torch.stack(tried).amin(0), atol=1e-3)


def test_fitted_divergence_of_a_row_that_is_all_alike_is_nothing() -> None:
    found = fitted_divergence(torch.zeros(1, 8), torch.full((1, 8), -3.0))
    assert found.item() == pytest.approx(0, abs=1e-5)


def test_fitted_divergence_is_no_wider_than_told() -> None:
    mean, log_sd = torch.tensor([[2.0, -1.0]]), torch.tensor([[-1.0, -1.0]])
    expected = normal_divergence(mean, log_sd, 0.5).sum(1)
    assert torch.allclose(fitted_divergence(mean, log_sd, 0.5), expected, atol=1e-5)
