"""The baselines: by hand, against scikit-learn, and that none of them reads what it must not."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge

from badger_core.response.baselines.boosting import Boosting
from badger_core.response.baselines.inputs import (
    Components,
    Standard,
    everything,
    tanimoto,
    without_valid,
)
from badger_core.response.baselines.kernel_search import ProductKernel
from badger_core.response.baselines.means import Additive, DrugMean, LineMean, fit_effects
from badger_core.response.baselines.neighbours import (
    BOTH,
    EXPRESSION,
    TANIMOTO,
    Smoothed,
    Smoothing,
)
from badger_core.response.baselines.per_drug import PerDrugRidge, fit_per_drug
from tests.response.small import ANY, small

ALL = (
    LineMean(),
    DrugMean(),
    Additive(),
    PerDrugRidge(),
    TANIMOTO,
    EXPRESSION,
    BOTH,
    Boosting(),
    ProductKernel(),
)


def test_means_by_hand() -> None:
    train = small(3, 2)
    labels = np.array([[1.0, 2.0], [np.nan, 4.0], [np.nan, np.nan]])
    train = train._replace(labels=labels, valid=np.zeros_like(labels, bool))
    by_line = LineMean().fit(train, 0, ANY).predict(train.drugs, train.lines)
    np.testing.assert_allclose(by_line, [[1.0, 3.0]] * 3)
    by_drug = DrugMean().fit(train, 0, ANY).predict(train.drugs, train.lines)
    np.testing.assert_allclose(by_drug, [[1.5, 1.5], [4, 4], [7 / 3, 7 / 3]])


@pytest.mark.parametrize("kind", ["class", "auc"])
def test_effects_agree_with_sklearn(kind: str) -> None:
    train = small(kind=kind)
    rows, columns = np.nonzero(np.isfinite(train.labels))
    y = train.labels[rows, columns]
    x = np.concatenate([np.eye(30)[rows], np.eye(12)[columns]], axis=1)
    found = fit_effects(train, (2.0, 2.0)).predict(train.drugs, train.lines)[rows, columns]
    if kind == "class":
        other = LogisticRegression(C=0.5, tol=1e-8, max_iter=1000).fit(x, y)
        expected = other.predict_proba(x)[:, 1]
    else:
        expected = Ridge(alpha=2.0).fit(x, y).predict(x)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_per_drug_ridge_without_shrinking_is_least_squares_of_the_drug() -> None:
    train = small(n_lines=40)
    model = fit_per_drug(train, (5, 1e-9))
    z = Standard.of(train.lines.expression).apply(train.lines.expression)
    scores = Components.of(z, 5).apply(z)
    known = np.isfinite(train.labels[4])
    x = np.concatenate([np.ones((40, 1)), scores], axis=1)
    beta = np.linalg.lstsq(x[known], train.labels[4][known], rcond=None)[0]
    np.testing.assert_allclose(model.predict(train.drugs, train.lines)[4], x @ beta, atol=1e-5)


def test_per_drug_ridge_of_an_unknown_drug_is_the_pooled_one() -> None:
    train = small()
    model = fit_per_drug(train, (5, 1.0))
    stranger = train.drugs.take(np.array([0]))
    stranger.keys[0] = "stranger"
    found = model.predict(stranger, train.lines)
    shrunk = fit_per_drug(train, (5, 1e9)).predict(train.drugs, train.lines)
    np.testing.assert_allclose(found[0], shrunk[3], atol=1e-4)


def test_neighbours_by_hand() -> None:
    train = small(3, 1)
    bits = np.zeros((3, 64), np.uint8)
    bits[0, :4], bits[1, :2], bits[2, 10:12] = 1, 1, 1
    train.drugs.bits[:] = bits
    labels = np.array([[np.nan], [4.0], [8.0]])
    train = train._replace(labels=labels)
    found = Smoothed.of(train, Smoothing(2.0, None, 1.0)).predict(train.drugs, train.lines)
    # Tanimoto of 0 with 1 is 2/4, with 2 it is 0: weights 1/4, 0, and the line's mean, 6, with 1
    assert found[0, 0] == pytest.approx((0.25 * 4 + 6) / 1.25)
    assert found[2, 0] == pytest.approx((8 + 6) / 2)


def test_tanimoto_by_hand() -> None:
    left, right = np.array([[1, 1, 0, 0], [0, 0, 0, 0]]), np.array([[1, 0, 1, 0]])
    np.testing.assert_allclose(tanimoto(left, right), [[1 / 3], [0]])


def test_components_are_those_of_a_singular_value_decomposition() -> None:
    rows = np.random.default_rng(0).normal(size=(20, 7))
    _, values, _ = np.linalg.svd(rows - rows.mean(axis=0))
    scores = Components.of(rows, 3).apply(rows)
    np.testing.assert_allclose(np.linalg.norm(scores, axis=0), values[:3])


@pytest.mark.parametrize("contender", ALL, ids=lambda one: one.name)
def test_what_is_not_labelled_for_training_leaves_no_trace(contender) -> None:
    """Lines and drugs without a training label may hold anything: nothing is learned from them."""
    train = small(kind="class")
    held = np.isfinite(train.labels)
    held[:-3, :-2] = False
    train = train._replace(labels=np.where(held, np.nan, train.labels), valid=train.valid & ~held)
    poisoned = small(kind="class")
    poisoned.lines.expression[-2:] *= 50
    poisoned.drugs.bits[-3:] = 1 - poisoned.drugs.bits[-3:]
    other = train._replace(drugs=poisoned.drugs, lines=poisoned.lines)
    seen, rows = train.lines.take(np.arange(8)), train.drugs.take(np.arange(20))
    one, two = (contender.fit(t, 0, ANY).predict(rows, seen) for t in (train, other))
    np.testing.assert_allclose(one, two, atol=1e-5)


@pytest.mark.parametrize("contender", ALL[2:], ids=lambda one: one.name)
def test_validation_labels_do_not_enter_the_inner_fit(contender) -> None:
    """The fit to all labels is nearer to those of validation than the inner fit, which had none."""
    train = small(kind="auc")
    known = without_valid(train)
    assert not np.isfinite(known.labels[train.valid]).any()
    fitted = contender.fit(train, 0, ANY)
    whole = fitted.predict(train.drugs, train.lines)
    error = [np.abs(p - train.labels)[train.valid].mean() for p in (whole, fitted.inner)]
    assert error[0] < error[1]


def test_labels_put_aside_serve_the_last_fit_alone() -> None:
    train = small()
    aside = np.full(train.labels.shape, np.nan)
    aside[:3], labels = train.labels[:3], train.labels.copy()
    labels[:3] = np.nan
    train = train._replace(labels=labels, aside=aside, valid=train.valid & np.isfinite(labels))
    assert np.isnan(without_valid(train).labels[:3]).all()
    np.testing.assert_array_equal(everything(train).labels[:3], aside[:3])
    fit = DrugMean().fit(train, 0, ANY)
    assert set(fit.of_drug) >= {"D00", "D01", "D02"}
