"""Predictors without a network, by hand and against a second implementation."""

import numpy as np
import pytest
from sklearn.kernel_ridge import KernelRidge

from badger_core.evaluation.plain import kernel_ridge, nearest_mean


def test_the_nearest_are_averaged_by_their_likeness():
    likeness = np.array([[0.1, 0.6, 0.2]])
    change = np.array([[9.0, 9.0], [1.0, 0.0], [5.0, 4.0]])
    assert nearest_mean(likeness, change, k=2)[0] == pytest.approx([2.0, 1.0])


def test_equally_alike_conditions_are_taken_in_order():
    change = np.array([[1.0], [2.0], [3.0]])
    assert nearest_mean(np.full((1, 3), 0.5), change, k=2)[0] == pytest.approx([1.5])


def test_kernel_ridge_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    rows, new, change = rng.normal(size=(12, 4)), rng.normal(size=(3, 4)), rng.normal(size=(12, 5))
    weight = rng.uniform(0.2, 1, 12)
    other = KernelRidge(alpha=2.0 / weight[0], kernel="precomputed")
    expected = other.fit(rows @ rows.T, change).predict(new @ rows.T)
    same = np.full(12, weight[0])
    found = kernel_ridge(rows @ rows.T, new @ rows.T, change, same, 2.0)
    assert found == pytest.approx(expected, abs=1e-5)


def test_a_row_of_more_weight_is_fitted_more_closely():
    change = np.array([[1.0], [-1.0]])
    found = kernel_ridge(np.eye(2), np.eye(2), change, np.array([1.0, 0.1]), 1.0)
    assert found[:, 0] == pytest.approx([1 / 2, -1 / 11])


def test_each_row_has_nearest_conditions_of_its_own_weight():
    change = np.array([[0.0], [10.0], [100.0], [1000.0]])
    likeness = np.array([[0.6, 0.3, 0.1, 0.0], [0.0, 0.25, 0.25, 0.5]])
    found = nearest_mean(likeness, change, k=3)
    assert found[:, 0] == pytest.approx([0.3 * 10 + 0.1 * 100, 0.25 * 110 + 500], rel=1e-6)
