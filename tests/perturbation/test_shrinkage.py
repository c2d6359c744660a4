"""Shrinkage: towards zero, never beyond, more where less is known, and right about signs."""

import numpy as np
import pytest

from badger_core.perturbation.shrinkage import shrink, shrink_rows


@pytest.fixture(scope="module")
def mixed():
    """2,000 true effects, three in four of them zero, measured with known errors."""
    rng = np.random.default_rng(0)
    true = np.where(rng.random(2000) < 0.25, rng.normal(0, 1, 2000), 0)
    error = rng.uniform(0.1, 0.5, 2000)
    return true, true + error * rng.normal(size=2000), error


def test_an_effect_moves_towards_zero_and_keeps_its_sign(mixed):
    _, measured, error = mixed
    found = shrink(measured, error)
    assert (np.abs(found.effect) <= np.abs(measured) + 1e-12).all()
    assert (np.sign(found.effect) == np.sign(measured)).all()


def test_shrunk_effects_are_nearer_the_truth(mixed):
    true, measured, error = mixed
    found = shrink(measured, error)
    assert ((found.effect - true) ** 2).mean() < 0.6 * ((measured - true) ** 2).mean()


def test_what_is_measured_worse_is_shrunk_more(mixed):
    _, measured, error = mixed
    two = shrink(np.append(measured, [0.8, 0.8]), np.append(error, [0.1, 0.5]))
    assert two.effect[-2] > two.effect[-1] > 0
    assert two.wrong_sign[-2] < two.wrong_sign[-1]


def test_the_false_sign_rate_is_the_rate_of_false_signs(mixed):
    true, measured, error = mixed
    found = shrink(measured, error)
    called = found.wrong_sign < 0.1
    wrong = (np.sign(true) != np.sign(measured))[called].mean()
    assert called.sum() > 100
    assert wrong < 0.1
    assert abs(wrong - found.wrong_sign[called].mean()) < 0.03


def test_pure_noise_is_shrunk_to_nothing():
    noise = np.random.default_rng(1).normal(size=500)
    found = shrink(noise, np.ones(500))
    assert np.abs(found.effect).max() < 0.3
    assert found.wrong_sign.min() > 0.1


def test_one_normal_of_known_width_gives_the_posterior_of_the_textbook():
    rng = np.random.default_rng(2)
    true = rng.normal(0, 2, 4000)
    measured = true + rng.normal(size=4000)
    found = shrink(measured, np.ones(4000))
    slope = (found.effect * measured).sum() / (measured**2).sum()
    assert abs(slope - 4 / 5) < 0.05


def test_no_error_tells_nothing_and_a_missing_row_stays_missing():
    found = shrink_rows(np.array([[1, 2.0], [np.nan] * 2]), np.array([[0, 0.5], [np.nan] * 2]))
    assert (found.effect[0, 0], found.wrong_sign[0, 0]) == (0, 1)
    assert found.effect[0, 1] > 0
    assert np.isnan(np.stack(found)[:, 1]).all()
