"""Matrices by hand and against SciPy; what all columns share is in the null."""

import numpy as np
import pytest
from scipy.stats import mannwhitneyu, spearmanr

from badger_core.explain.finding import finding, p_value
from badger_core.explain.matching import (
    auroc_matrix,
    jaccard_matrix,
    shuffled_means,
    spearman_matrix,
    top_matrix,
)


def test_auroc_by_hand():
    scores = np.array([[0.9, 0.8, 0.1, 0.2], [0.5, 0.5, 0.5, 0.5]])
    labels = np.array([[1, 1, 0, 0], [0, 0, 1, 0], [1, 0, 1, 0], [1, 1, 1, 1]], bool)
    expected = [[1, 0, 0.5, np.nan], [0.5, 0.5, 0.5, np.nan]]
    assert auroc_matrix(scores, labels) == pytest.approx(np.array(expected), nan_ok=True)


def test_auroc_agrees_with_mann_whitney():
    generator = np.random.default_rng(1)
    scores = generator.integers(0, 5, (3, 40)).astype(float)  # with ties
    labels = generator.random((2, 40)) < 0.3
    matrix = auroc_matrix(scores, labels)
    for a, score in enumerate(scores):
        for b, label in enumerate(labels):
            u = mannwhitneyu(score[label], score[~label]).statistic
            assert matrix[a, b] == pytest.approx(u / (label.sum() * (~label).sum()))


def test_spearman_agrees_with_scipy():
    generator = np.random.default_rng(1)
    one, other = generator.random((3, 30)), generator.integers(0, 5, (2, 30)).astype(float)
    matrix = spearman_matrix(one, other)
    for a in range(3):
        for b in range(2):
            assert matrix[a, b] == pytest.approx(spearmanr(one[a], other[b]).statistic)


def test_top_sets_by_hand():
    one, other = np.array([[5.0, 4, 3, 2, 1]]), np.array([[5.0, 1, 2, 4, 3], [1, 2, 3, 4, 5]])
    assert jaccard_matrix(one, one, 2) == pytest.approx(np.ones((1, 1)))
    assert jaccard_matrix(one, other, 2) == pytest.approx(np.array([[1 / 3, 0]]))
    labels = np.array([[1, 0, 0, 1, 1], [0, 0, 1, 1, 1]], bool)
    assert top_matrix(one, labels, 2) == pytest.approx(np.array([[0.5, 0]]))


def test_a_tie_at_the_cut_is_shared():
    assert top_matrix(np.array([[2.0, 1, 1, 0]]), np.array([[0, 1, 0, 0]], bool), 2)[0, 0] == 0.25


def test_what_all_columns_share_is_in_the_null():
    matrix = np.tile(np.arange(5.0)[:, None], (1, 5))  # each row fits all columns alike
    assert shuffled_means(matrix, 20, 88) == pytest.approx(np.full(20, 2.0))


def test_columns_are_dealt_within_groups_only():
    matrix = np.array([[0.0, 1, 9, 9], [1, 0, 9, 9], [9, 9, 0, 1], [9, 9, 1, 0]])
    drawn = shuffled_means(matrix, 200, 88, ["a", "a", "b", "b"])
    assert set(drawn) == {0.0, 0.5, 1.0}
    assert shuffled_means(matrix, 200, 88).max() == 9


def test_p_by_hand():
    assert p_value(3.0, np.array([1, 2, 3, 4])) == pytest.approx(3 / 5)
    assert p_value(9.0, np.array([1, 2, 3, 4])) == pytest.approx(1 / 5)


def test_a_finding_has_the_mean_its_interval_and_the_null():
    scores = np.arange(20.0)
    found = finding("c", "m", "one", scores, [str(i) for i in range(20)], np.array([1.0, 3.0]))
    assert (found.value, found.null, found.n) == (9.5, 2, 20)
    assert found.ci_low < 9.5 < found.ci_high
    assert found.p == pytest.approx(1 / 3)


def test_a_single_compound_has_no_interval_and_known_chance_no_p():
    found = finding("c", "m", "one", np.array([0.5]), ["A"], 0.1)
    assert np.isnan([found.ci_low, found.ci_high, found.p]).all()
    assert found.null == pytest.approx(0.1)
