"""The kernel machine: by hand, and against scikit-learn on a full and on a masked grid."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.kernel_ridge import KernelRidge

from badger_core.response.baselines.inputs import Standard, distances, tanimoto
from badger_core.response.baselines.kernel import (
    KernelSettings,
    drug_kernel,
    fit_kernel,
    line_kernel,
)
from badger_core.response.baselines.kernel_search import ProductKernel
from badger_core.response.baselines.masked import ridge
from tests.response.small import ANY, small

SETTINGS = KernelSettings(power=2.0, structure=2.0, own_drug=0.3, own_line=0.5, penalty=0.7)


@pytest.mark.parametrize("full", [True, False])
def test_agrees_with_sklearn_kernel_ridge_on_the_pairs(full: bool) -> None:
    train = small(12, 8)
    if full:
        labels = np.random.default_rng(1).normal(size=train.labels.shape)
        train = train._replace(labels=labels)
    n_lines = train.labels.shape[1]
    z = Standard.of(train.lines.expression).apply(train.lines.expression)
    apart = distances(z, z)
    apart = apart / np.median(apart[np.triu_indices(n_lines, 1)])
    left = drug_kernel(tanimoto(train.drugs.bits, train.drugs.bits), np.eye(12), SETTINGS)
    right = line_kernel(apart, np.eye(n_lines), SETTINGS)
    whole = np.kron(left.astype(float), right.astype(float))
    known = np.isfinite(train.labels).ravel()
    y = train.labels.ravel()[known]
    other = KernelRidge(alpha=SETTINGS.penalty, kernel="precomputed")
    other.fit(whole[np.ix_(known, known)], y - y.mean())
    expected = (other.predict(whole[:, known]) + y.mean()).reshape(train.labels.shape)
    found = fit_kernel(train, SETTINGS).predict(train.drugs, train.lines)
    np.testing.assert_allclose(found, expected, atol=0.01 * np.std(y))


def test_one_pair_by_hand() -> None:
    one = np.ones((1, 1), np.float32)
    mean, weights = ridge(2 * one, 3 * one, np.array([[5.0]]), 1.0)
    assert (mean, weights[0, 0]) == (5.0, 0.0)
    labels = np.array([[1.0], [3.0]])  # kernel 2 on the diagonal, 0 beside it; times 3
    mean, weights = ridge(2 * np.eye(2, dtype=np.float32), 3 * one, labels, 1.0)
    assert mean == 2.0
    np.testing.assert_allclose(weights[:, 0], [-1 / 7, 1 / 7], rtol=1e-3)


def test_pairs_without_a_label_have_no_weight() -> None:
    train = small()
    fit = fit_kernel(train, SETTINGS)
    assert (fit.weights[~np.isfinite(train.labels)] == 0).all()


def test_search_finds_the_pattern_and_gives_probabilities() -> None:
    train = small(40, 15, kind="class")
    fitted = ProductKernel().fit(train, 0, ANY)
    found = fitted.predict(train.drugs, train.lines)
    assert ((found > 0) & (found < 1)).all()
    known = np.isfinite(train.labels)
    assert ((found > 0.5) == (train.labels > 0.5))[known].mean() > 0.9
    assert np.isfinite(fitted.inner[train.valid]).all()


def test_a_new_line_is_told_by_its_expression() -> None:
    train = small()
    fit = fit_kernel(train, replace(SETTINGS, own_line=0.0))
    lines = train.lines.take(np.array([1]))
    moved = replace(lines, keys=np.array(["new"], object), expression=lines.expression + 0.5)
    before, after = (fit.predict(train.drugs, one) for one in (lines, moved))
    assert np.abs(after - before).max() > 1e-4


def test_order_of_drugs_and_lines_does_not_matter() -> None:
    train = small()
    rows = np.random.default_rng(3).permutation(len(train.drugs))
    mixed = train._replace(
        drugs=train.drugs.take(rows), labels=train.labels[rows], valid=train.valid[rows]
    )
    one, other = (fit_kernel(t, SETTINGS).predict(train.drugs, train.lines) for t in (train, mixed))
    np.testing.assert_allclose(one, other, atol=0.01)  # the solver stops at a tolerance
