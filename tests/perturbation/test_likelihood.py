"""The negative binomial agrees with scipy (T5), and so does the profile that stands beside it."""

import numpy as np
import pytest
import torch
from scipy.stats import nbinom

from badger_core.errors import PerturbationError
from badger_core.perturbation.likelihood import negative_binomial
from badger_core.perturbation.likelihood_baseline import (
    fit_mean_profile,
    mean_profile_likelihood,
)
from badger_core.perturbation.simulate import simulate


def test_log_likelihood_equals_scipy() -> None:
    """T5: to 1e-6, from rare to common genes and from wide to nearly Poisson."""
    rng = np.random.default_rng(0)
    spread = np.array([0.05, 0.7, 3.0, 40.0, 900.0])
    mean = np.exp(rng.uniform(-7, 5, (200, 5)))
    counts = rng.poisson(mean * rng.gamma(spread, 1 / spread, mean.shape)).astype(float)
    found = negative_binomial(*map(torch.from_numpy, (counts, mean, spread))).numpy()
    expected = nbinom.logpmf(counts, spread, spread / (spread + mean))
    assert np.abs(found - expected).max() < 1e-6


def test_probabilities_of_all_counts_sum_to_one() -> None:
    counts = torch.arange(400, dtype=torch.float64)[:, None]
    mean, spread = torch.full((400, 1), 2.5).double(), torch.tensor([1.3]).double()
    assert negative_binomial(counts, mean, spread).exp().sum() == pytest.approx(1, abs=1e-9)


def test_particles_stand_in_front() -> None:
    counts = torch.tensor([[0.0, 3.0]])
    mean = torch.rand(4, 1, 2) + 0.5
    spread = torch.tensor([1.0, 2.0])
    together = negative_binomial(counts, mean, spread)
    assert together.shape == (4, 1, 2)
    assert torch.allclose(together[2], negative_binomial(counts, mean[2], spread))


def test_mean_profile_finds_shares_and_dispersion_again() -> None:
    """Of many genes, so that the total tells little of each."""
    rng = np.random.default_rng(1)
    screen = simulate(0, n_genes=40, n_targets=1, cells=2, controls=2000).screen
    share, spread = rng.dirichlet(np.full(40, 20.0)), 2.0
    mean = np.full((len(screen.target), 40), 200.0) * share
    drawn = rng.poisson(mean * rng.gamma(spread, 1 / spread, mean.shape))
    fitted = fit_mean_profile(screen._replace(counts=drawn))
    control = fitted.targets.index("non-targeting")
    assert np.allclose(fitted.share[control], share, rtol=0.1)
    assert np.allclose(fitted.share.sum(1), 1)
    assert abs(np.median(fitted.inverse_dispersion) - spread) < 0.2


def test_mean_profile_refuses_an_unknown_target() -> None:
    screen = simulate(0, n_genes=6, n_targets=2, cells=10, controls=20).screen
    first = screen.targets()[0]
    fitted = fit_mean_profile(screen.take(screen.target != first))
    with pytest.raises(PerturbationError, match=first):
        mean_profile_likelihood(fitted, screen)
