"""Correlations where values are few, small, constant or missing, by hand."""

import numpy as np
import pytest
from scipy.stats import kendalltau

from badger_core.evaluation.correlation import kendall, pearson, spearman
from badger_core.evaluation.evaluate import score_conditions
from badger_core.evaluation.ranking import precision_at_k

NAN = np.nan
OF_ROWS = (pearson, spearman, kendall)


@pytest.mark.parametrize("metric", OF_ROWS)
def test_one_measured_gene_has_no_order_and_two_have(metric):
    assert np.isnan(metric([0.3, NAN, NAN], [0.1, 0.2, 0.3])).all()
    assert metric([0.3, 0.5, NAN], [0.1, 0.2, 0.3]) == pytest.approx([1])
    assert metric([0.3, 0.5, NAN], [0.2, 0.1, 0.3]) == pytest.approx([-1])


@pytest.mark.parametrize("metric", OF_ROWS)
def test_a_constant_truth_has_no_correlation_even_where_its_mean_is_rounded(metric):
    assert (0.1 + 0.1 + 0.1) / 3 != 0.1
    assert np.isnan(metric([0.1, 0.1, 0.1], [1.0, 2.0, 3.0])).all()
    assert np.isnan(metric([0.1, 0.1, 0.1, NAN], [1.0, 2.0, 3.0, 4.0])).all()
    assert np.isnan(metric([0.1, 0.1, 0.1], [2.0, 2.0, 2.0])).all()
    assert np.isnan(metric([NAN, NAN], [1.0, 2.0])).all()


@pytest.mark.parametrize("metric", OF_ROWS)
def test_a_constant_score_says_nothing(metric):
    assert metric([0.1, 0.2, 0.4], [0.1, 0.1, 0.1]).tolist() == [0]


@pytest.mark.parametrize("metric", OF_ROWS)
@pytest.mark.parametrize("size", [1e-3, 1e3])
def test_the_unit_does_not_matter(metric, size, signatures, predictions):
    few, scores = signatures[:4, :60], predictions[:4, :60]
    expected = metric(few, scores)
    assert metric(size * few, scores) == pytest.approx(expected)
    assert metric(few, size * scores) == pytest.approx(expected)


@pytest.mark.parametrize("metric", [pearson, spearman])
def test_rounding_takes_no_correlation_beyond_one(metric, signatures):
    rows = np.concatenate([signatures[:, start : start + 9] for start in range(0, 900, 9)])
    alone = rows - rows.mean(axis=1, keepdims=True)
    alone = alone / np.sqrt((alone**2).sum(axis=1, keepdims=True))
    assert ((alone * alone).sum(axis=1) > 1).any()  # as it would be without a bound
    assert (metric(rows, rows) <= 1).all()
    assert (metric(rows, -rows) >= -1).all()


def test_kendall_leaves_out_what_was_not_measured(signatures, predictions):
    truth, score = signatures[0, :40].copy(), predictions[0, :40]
    truth[:7] = NAN
    assert kendall(truth, score) == pytest.approx([kendalltau(truth[7:], score[7:]).statistic])


def test_genes_that_were_not_measured_are_left_out_of_the_scores_of_conditions(
    signatures, predictions
):
    truth = signatures.copy()
    truth[:, ::5] = NAN
    found = score_conditions(truth, predictions)
    assert found["spearman"].to_numpy() == pytest.approx(spearman(truth, predictions))
    for side in ("up", "down"):
        expected = precision_at_k(truth, predictions, 50, side)
        assert found[f"precision@50 {side}"].to_numpy() == pytest.approx(expected)
