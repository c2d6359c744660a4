"""Predicted effects: the expected level by hand, intervals around it, the control as its zero."""

import copy

import numpy as np
import pytest
import torch
from scipy.stats import nbinom

from badger_core.errors import PerturbationError
from badger_core.perturbation.vae_effects import expected_level
from tests.perturbation.models import learned, small_world


def test_expected_level_agrees_with_the_whole_sum() -> None:
    mean = np.array([[0.02, 0.9, 4.0, 40.0], [0.3, 0.1, 12.0, 7.0]])
    spread, total = np.array([0.4, 2.0, 5.0, 9.0]), np.array([80.0, 300.0])
    counts = np.arange(2000)[:, None, None]
    chance = nbinom.pmf(counts, spread, spread / (spread + mean))
    level = np.log2(1 + counts * (186 / total)[:, None])
    found = expected_level(*map(torch.from_numpy, (mean, spread, total)), 186.0).numpy()
    assert np.allclose(found, (chance * level).sum(0), atol=2e-3)


def test_effects_have_the_shape_of_the_measured_and_lie_in_their_intervals() -> None:
    model, screen = learned().model, small_world().screen
    found = model.effects(screen, cells=60, draws=12)
    assert found.effect.shape == found.low.shape == found.high.shape == (6, 14)
    assert (found.low <= found.high).all()
    inside = (found.low <= found.effect + 1e-4) & (found.effect <= found.high + 1e-4)
    assert inside.mean() > 0.6


def test_the_lost_gene_falls() -> None:
    model, screen = learned().model, small_world().screen
    found = model.effects(screen, cells=60, draws=1).effect
    at = [list(screen.genes).index(name) for name in model.targets]
    assert (found[np.arange(6), at] < -0.2).all()


def test_effects_are_the_same_for_the_same_seed() -> None:
    model, screen = learned().model, small_world().screen
    one, two = (model.effects(screen, cells=40, draws=2, seed=3) for _ in "ab")
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


def test_a_model_that_learned_no_shift_predicts_none() -> None:
    """Nothing but depth is left, and it moves no level by much."""
    model, screen = copy.deepcopy(learned().model), small_world().screen
    with torch.no_grad():
        for part in (model.vae.network_part.raw_effect, model.vae.network_part.raw_own):
            part.zero_()
        model.vae.move.zero_()
        model.vae.diffuse.zero_()
        model.vae.lean.zero_()
        model.vae.libraries[:] = model.vae.libraries[-1]
    assert np.abs(model.effects(screen, cells=40, draws=1).effect).max() < 1e-5


def test_screen_without_control_is_refused() -> None:
    screen = small_world().screen
    with pytest.raises(PerturbationError, match="control"):
        learned().model.effects(screen.take(screen.target != "non-targeting"))
