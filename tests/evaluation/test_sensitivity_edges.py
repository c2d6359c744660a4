"""Scores of drug sensitivity where labels are few, far from 0, constant or drawn none of."""

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.evaluation import sensitivity
from badger_core.evaluation.sensitivity import (
    LEAST,
    bootstrap,
    difference,
    resampled,
    sensitivity_scores,
)
from badger_core.evaluation.sensitivity_areas import Sorted, average_precision

COLUMNS = ("truth", "predicted", "drug", "line")


def scores(kind: str, table: pd.DataFrame) -> dict[str, float]:
    return sensitivity_scores(kind, *(table[name] for name in COLUMNS))


@pytest.fixture
def areas() -> pd.DataFrame:
    """6 drugs in 12 lines."""
    rng = np.random.default_rng(6)
    drug, line = (part.ravel() for part in np.indices((6, 12)))
    truth = 13 + drug * 0.4 + rng.normal(size=72)
    predicted = truth + rng.normal(size=72)
    return pd.DataFrame({"truth": truth, "predicted": predicted, "drug": drug, "line": line})


@pytest.mark.parametrize("shift", [-1e6, 1e6])
def test_a_shift_of_both_changes_nothing_but_rounding(areas, shift):
    moved = areas.assign(truth=areas["truth"] + shift, predicted=areas["predicted"] + shift)
    assert scores("auc", moved) == pytest.approx(scores("auc", areas), abs=1e-7, nan_ok=True)


@pytest.mark.parametrize("size", [1e-3, 1e3])
def test_the_unit_changes_the_error_alone(areas, size):
    other = areas.assign(truth=size * areas["truth"], predicted=size * areas["predicted"])
    found, expected = scores("auc", other), scores("auc", areas)
    expected["mae"] *= size
    assert found == pytest.approx(expected, nan_ok=True)


def test_a_constant_truth_has_no_correlation_and_a_constant_prediction_none_of_worth(areas):
    even = scores("auc", areas.assign(truth=0.1))
    assert np.isnan([even["pearson"], even["spearman"], even["pearson_within_drug"]]).all()
    flat = scores("auc", areas.assign(predicted=0.1))
    assert flat["pearson"] == flat["spearman"] == flat["pearson_within_drug"] == 0
    by_drug = areas.assign(predicted=1e3 * areas["drug"] + 0.1)
    assert scores("auc", by_drug)["pearson_within_drug"] == 0


def test_rounding_takes_no_correlation_beyond_one(areas):
    for part in range(6):
        own = areas[areas["drug"] == part]
        found = scores("auc", own.assign(predicted=own["truth"] * 1.1))
        assert found["pearson"] <= 1
        found = scores("auc", own.assign(predicted=own["truth"] * -1.1))
        assert found["pearson"] >= -1


def test_a_drug_with_just_enough_labels_is_judged():
    rng = np.random.default_rng(0)
    truth = rng.normal(size=LEAST)
    own = pd.DataFrame({"truth": truth, "predicted": truth + 0.3, "drug": 1, "line": range(LEAST)})
    expected = 1 - LEAST * 0.3**2 / ((truth - truth.mean()) ** 2).sum()
    assert scores("auc", own)["r2_within_drug"] == pytest.approx(expected)
    assert scores("auc", own)["pearson_within_drug"] == pytest.approx(1)
    assert np.isnan(scores("auc", own.iloc[1:])["r2_within_drug"])
    few = own.iloc[1:].assign(drug=2, predicted=99.0)
    both = pd.concat([own, few], ignore_index=True)
    assert scores("auc", both)["r2_within_drug"] == pytest.approx(expected)


def test_what_was_not_drawn_has_no_precision():
    rows = Sorted.of(np.array([1.0, 0, 1]), np.array([0.9, 0.5, 0.1]), np.zeros(3, int))
    found = average_precision(rows, np.array([[0.0, 1, 1], [1, 1, 1], [1, 1, 0]]))
    assert found == pytest.approx([1 / 2, (1 + 2 / 3) / 2, 1])


@pytest.mark.parametrize("at_once", [1, 72, 150])
def test_draws_in_blocks_are_those_of_one_block(areas, monkeypatch, at_once):
    whole = resampled("auc", areas, "drug", n=7, seed=4)
    monkeypatch.setattr(sensitivity, "_AT_ONCE", at_once)
    parts = resampled("auc", areas, "drug", n=7, seed=4)
    for name, values in whole.items():
        assert len(parts[name]) == 7
        np.testing.assert_array_equal(parts[name], values)
    assert len(resampled("auc", areas, "drug", n=1)["mae"]) == 1


@pytest.mark.parametrize("level", [0.5, 0.95])
def test_the_interval_is_that_of_the_draws(areas, level):
    found = bootstrap("auc", areas, "drug", n=40, seed=2, level=level)
    drawn = resampled("auc", areas, "drug", n=40, seed=2)
    ends = np.array([0.25, 0.75]) if level == 0.5 else np.array([0.025, 0.975])
    for name, values in drawn.items():
        low, high = np.quantile(values, ends)
        assert (found[name].low, found[name].high) == pytest.approx((low, high), nan_ok=True)
    other = areas["predicted"] + 1
    paired = difference("auc", areas, other, "drug", n=40, seed=2, level=level)["mae"]
    theirs = resampled("auc", areas.assign(predicted=other), "drug", n=40, seed=2)
    low, high = np.quantile(drawn["mae"] - theirs["mae"], ends)
    assert (paired.low, paired.high) == pytest.approx((low, high))


@pytest.mark.parametrize("level", [0, 1, 1.5])
def test_a_level_is_a_share(areas, level):
    with pytest.raises(SettingError, match="Give a share between 0 and 1"):
        bootstrap("auc", areas, "drug", n=2, level=level)


@pytest.mark.parametrize("column", ["truth", "predicted"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_one_number_that_is_none_is_enough_to_refuse(areas, column, value):
    areas.loc[3, column] = value
    with pytest.raises(SettingError, match="no finite numbers"):
        scores("auc", areas)


def test_one_label_that_is_no_class_is_enough_to_refuse(areas):
    classes = areas.assign(truth=(areas["truth"] > 14).astype(float))
    classes.loc[0, "truth"] = 0.5
    with pytest.raises(SettingError, match="1 \\(sensitive\\) or 0"):
        scores("class", classes)
