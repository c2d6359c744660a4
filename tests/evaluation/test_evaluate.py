"""Scores of conditions, their means over pairs, and what needs no network, by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from badger_core.evaluation.evaluate import (
    per_pair,
    score_conditions,
    selection_score,
    summarise,
)
from badger_core.evaluation.plain import drug_free_mean, weighted_mean


@pytest.fixture
def three():
    """Two conditions of one pair and one of another, the last one active."""
    return pd.DataFrame(
        {"cell": ["A375", "A375", "MCF7"], "ik14": ["X", "X", "X"], "active": [False, True, True]}
    )


def test_scores_agree_with_scipy_on_real_signatures(conditions):
    truth, predicted = conditions.change[:20], conditions.change[20:40]
    scores = score_conditions(truth, predicted)
    expected = [spearmanr(t, p).statistic for t, p in zip(truth, predicted, strict=True)]
    assert scores["spearman"].to_numpy() == pytest.approx(expected, abs=1e-6)


def test_a_perfect_prediction_gets_the_best_scores_and_its_opposite_none(conditions):
    truth = conditions.change[:5]
    perfect, opposite = score_conditions(truth, truth), score_conditions(truth, -truth)
    assert perfect.to_numpy() == pytest.approx(1)
    assert opposite["spearman"].to_numpy() == pytest.approx(-1)
    assert opposite["precision@50 up"].max() == 0
    assert (opposite["corrected ndcg@100 down"] < 0).all()


def test_turning_both_upside_down_swaps_the_directions(conditions):
    truth, predicted = conditions.change[:5], conditions.change[5:10]
    plain, turned = score_conditions(truth, predicted), score_conditions(-truth, -predicted)
    for metric in ("ndcg@100", "corrected ndcg@100", "precision@50"):
        assert plain[f"{metric} up"].to_numpy() == pytest.approx(
            turned[f"{metric} down"].to_numpy()
        )


def test_only_the_order_of_the_prediction_counts(conditions):
    truth, predicted = conditions.change[:5], conditions.change[5:10]
    found = score_conditions(truth, np.tanh(predicted / 10))
    assert found.to_numpy() == pytest.approx(score_conditions(truth, predicted).to_numpy())


def test_per_pair_by_hand(three):
    pairs = per_pair(pd.DataFrame({"spearman": [0.2, 0.4, 0.9]}), three)
    assert pairs["spearman"].to_dict() == pytest.approx({("A375", "X"): 0.3, ("MCF7", "X"): 0.9})


def test_summary_by_hand(three):
    table = summarise(pd.DataFrame({"spearman": [0.2, 0.4, 0.9]}), three)
    assert table.loc["all"].to_dict() == pytest.approx(
        {"spearman": 0.6, "n_conditions": 3, "n_pairs": 2}
    )
    assert table.loc["active"].to_dict() == pytest.approx(
        {"spearman": 0.65, "n_conditions": 2, "n_pairs": 2}
    )


def test_the_selection_score_is_the_mean_of_both_directions_over_pairs(three):
    scores = pd.DataFrame(
        {
            "spearman": [9.0, 9, 9],
            "corrected ndcg@100 up": [0.1, 0.3, 0.6],
            "corrected ndcg@100 down": [0.0, 0.0, 0.2],
        }
    )
    assert selection_score(scores, three) == pytest.approx((0.2 + 0.6 + 0.0 + 0.2) / 4)


def test_scores_stand_beside_their_conditions_whatever_the_index(three):
    scores = pd.DataFrame({"spearman": [0.2, 0.4, 0.9]})
    moved = three.set_index(pd.Index([10, 4, 7]))
    assert per_pair(scores, moved).equals(per_pair(scores, three))


def test_weighted_mean_by_hand():
    change = np.array([[1.0, 0.0], [4.0, 2.0]])
    assert weighted_mean(change, np.array([2.0, 1.0])).tolist() == pytest.approx([2, 2 / 3])


def test_the_drug_free_mean_is_the_lines_own_or_the_overall_one():
    change = np.array([[1.0, 0.0], [3.0, 2.0], [8.0, 8.0]])
    train = pd.DataFrame({"cell": ["A", "A", "B"], "weight": [1.0, 3.0, 1.0]}, index=[7, 8, 9])
    found = drug_free_mean(change, train, pd.Series(["B", "A", "new"]))
    assert found.tolist() == pytest.approx(
        [pytest.approx([8, 8]), pytest.approx([2.5, 1.5]), pytest.approx([3.6, 2.8])]
    )
