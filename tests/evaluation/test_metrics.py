"""Metrics against hand computation, and what they refuse."""

import numpy as np
import pytest

from badger_core.errors import SettingError
from badger_core.evaluation.metrics import (
    auroc_sets,
    average_precision,
    chance_corrected_ndcg,
    expected_ndcg_at_k,
    hit_ratio_at_k,
    jaccard_at_k,
    kendall,
    mean_average_precision,
    metric_named,
    ndcg_at_k,
    pearson,
    precision_at_k,
    precision_chance,
    rmse,
    spearman,
)

# Six genes a..f, in the predicted order a b c d e f; truly c rises most, then a, then e; b falls.
TRUTH = np.array([2.0, -3.0, 4.0, 0.0, 1.0, -1.0])


SCORE = np.array([6.0, 5.0, 4.0, 3.0, 2.0, 1.0])


LOG3, LOG5, LOG6 = np.log2([3, 5, 6])


# By hand -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("k", "direction", "reached", "ideal"),
    [
        # a (gain 2) is first, c (4) third, e (1) fifth; ideal is 4, 2, 1
        (6, "up", 2 + 4 / 2 + 1 / LOG6, 4 + 2 / LOG3 + 1 / 2),
        (2, "up", 2, 4 + 2 / LOG3),
        # upside down the order is f e d c b a: f (1) is first, b (3) fifth; ideal is 3, 1
        (6, "down", 1 + 3 / LOG6, 3 + 1 / LOG3),
        (1, "down", 1, 3),
    ],
)
def test_ndcg_by_hand(k: int, direction: str, reached: float, ideal: float) -> None:
    assert ndcg_at_k(TRUTH, SCORE, k, direction) == pytest.approx([reached / ideal])


def test_expected_ndcg_by_hand() -> None:
    reached = (2 + 4 + 1) / 6 * (1 + 1 / LOG3)
    assert expected_ndcg_at_k(TRUTH, 2, "up") == pytest.approx([reached / (4 + 2 / LOG3)])


def test_corrected_ndcg_by_hand() -> None:
    ideal = 4 + 2 / LOG3
    raw, chance = 2 / ideal, 7 / 6 * (1 + 1 / LOG3) / ideal
    found = chance_corrected_ndcg(TRUTH, SCORE, 2, "up")
    assert found == pytest.approx([(raw - chance) / (1 - chance)])


@pytest.mark.parametrize(
    ("k", "direction", "expected"),
    [(1, "up", 1.0), (2, "up", 0.5), (3, "up", 2 / 3), (1, "down", 1.0), (3, "down", 1 / 3)],
)
def test_precision_by_hand(k: int, direction: str, expected: float) -> None:
    # Truly first two: c, a. Truly last two: b, f.
    assert precision_at_k(TRUTH, SCORE, k, direction, relevant=2) == pytest.approx([expected])


@pytest.mark.parametrize(
    ("k", "direction", "shared"), [(1, "up", 0), (2, "up", 1), (3, "up", 2), (3, "down", 2)]
)
def test_hit_ratio_and_jaccard_by_hand(k: int, direction: str, shared: int) -> None:
    # up: truth c | c a | c a e, predicted a | a b | a b c; down: truth b f d, predicted f e d
    assert hit_ratio_at_k(TRUTH, SCORE, k, direction) == pytest.approx([shared / k])
    assert jaccard_at_k(TRUTH, SCORE, k, direction) == pytest.approx([shared / (2 * k - shared)])


def test_average_precision_by_hand() -> None:
    # c and a are found at places 1 and 3; upside down f and b at places 1 and 5.
    assert average_precision(TRUTH, SCORE, "up", relevant=2) == pytest.approx([(1 + 2 / 3) / 2])
    assert average_precision(TRUTH, SCORE, "down", relevant=2) == pytest.approx([(1 + 2 / 5) / 2])
    both = mean_average_precision([TRUTH, TRUTH], [SCORE, TRUTH], "up", relevant=2)
    assert both == pytest.approx(((1 + 2 / 3) / 2 + 1) / 2)


def test_correlations_by_hand() -> None:
    truth, score = [1.0, 2.0, 3.0, 10.0], [1.0, 3.0, 2.0, 4.0]
    assert spearman(truth, score) == pytest.approx([1 - 6 * 2 / (4 * 15)])
    assert kendall(truth, score) == pytest.approx([(5 - 1) / 6])
    assert pearson(truth, score) == pytest.approx([13 / np.sqrt(50 * 5)])
    assert rmse(truth, score) == pytest.approx([np.sqrt((0 + 1 + 1 + 36) / 4)])


def test_auroc_of_gene_lists_by_hand() -> None:
    # up: 6 and 3, down: 5 and 1, rest: 4 and 2
    found = auroc_sets(SCORE, up_index=[0, 3], down_index=[1, 5])
    assert found == pytest.approx((3 / 4, 3 / 4, 2 / 4))
    assert auroc_sets([1, 1, 1], [0], [1]) == (0.5, 0.5, 0.5)


def test_chance_of_precision() -> None:
    assert precision_chance(978) == pytest.approx(200 / 978)
    assert precision_chance(10, relevant=3) == pytest.approx(0.3)
    assert precision_chance(100) == 1.0


# What is refused ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("truth", "score"),
    [
        ([1.0, 2.0], [1.0, np.nan]),
        ([1.0, 2.0], [1.0, np.inf]),
        ([1.0, np.inf], [1.0, 2.0]),
        ([1.0, 2.0], [1.0, 2.0, 3.0]),
        ([[[1.0]]], [[[1.0]]]),
        ([], []),
    ],
)
@pytest.mark.parametrize("name", ["spearman", "ndcg_up_100", "precision_down_10", "ap_up"])
def test_bad_values_are_refused(name: str, truth: list, score: list) -> None:
    with pytest.raises(SettingError):
        metric_named(name).function(truth, score)


def test_bad_settings_are_refused() -> None:
    with pytest.raises(SettingError, match="at least one"):
        ndcg_at_k(TRUTH, SCORE, 0, "up")
    with pytest.raises(SettingError, match="'up' or 'down'"):
        ndcg_at_k(TRUTH, SCORE, 3, "sideways")
    with pytest.raises(SettingError, match="Choose one of"):
        metric_named("accuracy")


@pytest.mark.parametrize(
    ("up", "down"), [([0, 1], [1]), ([6], [0]), ([-1], [0]), ([True, False], [1]), ([0.5], [1])]
)
def test_bad_gene_lists_are_refused(up: list, down: list) -> None:
    with pytest.raises(SettingError):
        auroc_sets(SCORE, up, down)


def test_an_empty_gene_list_has_no_auroc() -> None:
    found = auroc_sets(SCORE, [0], [])
    assert np.isnan([found.up_vs_down, found.down_vs_rest]).all()
    assert found.up_vs_rest == 1.0
