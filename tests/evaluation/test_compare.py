"""Cluster bootstrap by hand, against a naive one, SciPy and theory, and its refusals."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import bootstrap

from badger_core.errors import SettingError
from badger_core.evaluation.compare import cluster_interval, paired_difference, row_weights


@pytest.fixture
def rng():
    return np.random.default_rng(3)


@pytest.fixture
def crossed():
    """Labels of three compounds in four lines, every pair measured."""
    return np.repeat(["x", "y", "z"], 4), np.tile(["a", "b", "c", "d"], 3)


def test_two_clusters_by_hand():
    # Drawn means are 0 (first cluster twice), 1/2 and 1, with chances 1/4, 1/2 and 1/4.
    found = cluster_interval([0.0, 0.0, 1.0, 1.0], ["x", "x", "y", "y"], level=0.4)
    assert found == (0.5, 0.5, 0.5)
    assert cluster_interval([0.0, 0.0, 1.0, 1.0], ["x", "x", "y", "y"]) == (0.5, 0.0, 1.0)


def test_unequal_clusters_are_weighed_by_their_rows():
    # Cluster x (3 rows of 0) and y (1 row of 1): once each is a mean of 1/4, not 1/2.
    found = cluster_interval([0.0, 0.0, 0.0, 1.0], ["x", "x", "x", "y"], level=0.4)
    assert found == (0.25, 0.25, 0.25)


@pytest.mark.parametrize("two", [False, True])
def test_agrees_with_copying_the_drawn_rows(rng, two):
    scores = rng.normal(size=40)
    labels = [rng.integers(0, 8, 40), rng.integers(0, 6, 40)][: 1 + two]
    weights = np.concatenate(list(row_weights(labels, 40, 300, 5)))
    means = [np.repeat(scores, w.astype(int)).mean() for w in weights if w.any()]
    found = cluster_interval(scores, labels, draws=300, seed=5)
    assert found.mean == pytest.approx(scores.mean())
    assert [found.low, found.high] == pytest.approx(np.quantile(means, [0.025, 0.975]))


def test_agrees_with_scipy_where_every_row_is_its_own_cluster(rng):
    scores = rng.gamma(2.0, size=150)
    found = cluster_interval(scores, np.arange(150), draws=8000)
    other = bootstrap((scores,), np.mean, n_resamples=8000, method="percentile", rng=1)
    assert found[1:] == pytest.approx(tuple(other.confidence_interval), abs=0.02)


def test_the_weight_of_a_row_is_the_product_of_its_clusters(crossed):
    for block in row_weights(crossed, 12, 50, 1):
        for weight in block.reshape(-1, 3, 4):
            # Each way the multiplicities sum to the number of clusters.
            assert weight.sum() == 12
            assert np.linalg.matrix_rank(weight) == 1


def test_two_way_spread_is_that_of_both_effects(rng):
    a, b = rng.normal(size=60), rng.normal(size=50)
    compound, line = np.repeat(np.arange(60), 50), np.tile(np.arange(50), 60)
    scores = a[compound] + b[line]
    low, high = cluster_interval(scores, [compound, line])[1:]
    expected = np.sqrt(a.var() / 60 + b.var() / 50)
    assert (high - low) / (2 * 1.96) == pytest.approx(expected, rel=0.08)
    one_way = cluster_interval(scores, compound)
    assert one_way.high - one_way.low < high - low


def test_repeating_rows_of_every_cluster_narrows_nothing(rng):
    scores, labels = rng.normal(size=30), np.arange(30) % 10
    once = cluster_interval(scores, labels)
    often = cluster_interval(np.tile(scores, 20), np.tile(labels, 20))
    assert often == pytest.approx(once)


def test_neither_the_order_of_rows_nor_the_names_of_ordered_labels_matter(rng, crossed):
    scores, order = rng.normal(size=12), rng.permutation(12)
    found = cluster_interval(scores, crossed)
    moved = cluster_interval(scores[order], [np.asarray(c)[order] for c in crossed])
    renamed = cluster_interval(scores, [pd.Series(c).str.upper() for c in crossed])
    assert moved == pytest.approx(found)
    assert renamed == found


def test_columns_are_as_if_alone_and_nan_is_left_out_of_its_own_only(rng):
    scores = rng.normal(size=(30, 3))
    scores[4, 1] = np.nan
    labels = np.arange(30) // 3
    together = cluster_interval(scores, labels)
    assert together.low.shape == (3,)
    for column in range(3):
        alone = cluster_interval(scores[:, column], labels)
        assert [bound[column] for bound in together] == pytest.approx(list(alone))
    assert together.mean[1] == pytest.approx(np.nanmean(scores[:, 1]))


def test_a_column_in_one_cluster_has_a_mean_and_no_interval():
    scores = np.array([[1.0, 1.0, np.nan], [2.0, 3.0, np.nan], [4.0, np.nan, np.nan]])
    found = cluster_interval(scores, ["x", "x", "y"])
    assert found.mean[:2].tolist() == pytest.approx([7 / 3, 2.0])
    assert np.isnan(found.low).tolist() == [False, True, True]
    assert np.isnan(found.mean[2])


def test_a_difference_is_paired(rng):
    easy = rng.normal(size=200)  # how easy a row is, for both alike
    labels = np.arange(200) // 4
    found = paired_difference(easy + 0.1, easy, labels)
    assert list(found) == pytest.approx([0.1, 0.1, 0.1])
    alone = cluster_interval(easy, labels)
    assert alone.high - alone.low > 0.1


def test_a_difference_is_over_rows_that_both_have():
    ours, other = [1.0, 2.0, np.nan, 5.0], [0.0, np.nan, 3.0, 1.0]
    assert paired_difference(ours, other, list("wxyz")).mean == pytest.approx((1 + 4) / 2)


def test_means_of_the_two_differ_by_the_mean_difference_in_every_draw(rng, crossed):
    ours, other = rng.normal(size=(2, 12))
    weights = np.concatenate(list(row_weights(crossed, 12, 2000, 88)))
    means = (weights @ ours - weights @ other) / 12
    found = paired_difference(ours, other, crossed)
    assert [found.low, found.high] == pytest.approx(np.quantile(means, [0.025, 0.975]))


def test_a_higher_level_is_wider_and_a_seed_settles_the_draws(rng):
    scores, labels = rng.normal(size=60), np.arange(60) // 2
    half, most = (cluster_interval(scores, labels, level=level) for level in (0.5, 0.99))
    assert most.low < half.low < half.high < most.high
    assert cluster_interval(scores, labels, seed=1) == cluster_interval(scores, labels, seed=1)
    assert cluster_interval(scores, labels, seed=1) != cluster_interval(scores, labels, seed=2)


@pytest.mark.parametrize(
    ("scores", "clusters", "settings", "said"),
    [
        ([], [], {}, "at least one row"),
        ([1.0, 2.0], ["x", "x"], {}, "at least two compounds"),
        ([np.nan, np.nan], ["x", "y"], {}, "at least two compounds"),
        ([1.0, 2.0], [["x", "y"], ["a", "a"]], {}, "the other label"),
        ([1.0, np.inf], ["x", "y"], {}, "infinite"),
        ([1.0, 2.0], ["x", "y", "z"], {}, "do not fit 2 rows"),
        ([1.0, 2.0], [["x", "y"]] * 3, {}, "do not fit 2 rows"),
        ([1.0, 2.0], ["x", None], {}, "label is missing"),
        ([1.0, 2.0], ["x", "y"], {"draws": 0}, "at least one is needed"),
        ([1.0, 2.0], ["x", "y"], {"level": 95}, "between 0 and 1"),
    ],
)
def test_what_makes_no_sense_is_refused(scores, clusters, settings, said):
    with pytest.raises(SettingError, match=said):
        cluster_interval(scores, clusters, **settings)


def test_scores_of_other_rows_cannot_be_compared():
    with pytest.raises(SettingError, match="same rows"):
        paired_difference([1.0, 2.0], [1.0], ["x", "y"])
