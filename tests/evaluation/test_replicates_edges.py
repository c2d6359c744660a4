"""Which rows are replicates of each other where it is close: doses, files, few of them."""

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.evaluation.replicates import bound, replicate_agreement, replicate_pairs

COLUMNS = ["first", "second", "condition", "cell", "ik14", "same_source", "active"]


def rows(count: int, **changed) -> pd.DataFrame:
    given = {"cell": "A375", "ik14": "X", "dose_um": 10.0, "time_h": 24.0, "source": "s"}
    return pd.DataFrame([given | {"active": True} | changed] * count)


@pytest.fixture
def values() -> np.ndarray:
    return np.random.default_rng(5).normal(size=(4, 80))


def test_the_pairs_of_two_are_one(values):
    found = replicate_pairs(rows(2), values[:2])
    assert list(found) == COLUMNS
    assert found.to_numpy().tolist() == [[0, 1, 0, "A375", "X", True, True]]


def test_the_order_of_a_measurement_does_not_tell_whether_it_was_filed_twice(values):
    filed = np.stack([values[0], np.exp(values[0])])
    with pytest.raises(SettingError, match="measured twice"):
        replicate_pairs(rows(2), filed)
    again = np.stack([values[0], values[1], np.exp(values[0])])
    assert replicate_pairs(rows(3), again)[["first", "second"]].to_numpy().tolist() == [[0, 1]]


def test_turned_round_is_no_second_filing(values):
    found = replicate_pairs(rows(2), np.stack([values[0], -values[0]]))
    assert len(found) == 1


def test_a_dose_is_the_same_to_a_thousandth(values):
    exact = 3000.1
    rounded = float(np.float32(exact))
    assert 5e-5 < abs(exact - rounded) < 5e-4
    table = pd.concat([rows(1, dose_um=exact), rows(1, dose_um=rounded)], ignore_index=True)
    assert len(replicate_pairs(table, values[:2])) == 1
    other = pd.concat([rows(1, dose_um=0.011), rows(1, dose_um=0.014)], ignore_index=True)
    with pytest.raises(SettingError, match="measured twice"):
        replicate_pairs(other, values[:2])


def test_one_compound_has_an_agreement_and_no_interval(values):
    found = replicate_agreement(rows(3), values[:3], most=1)
    every = found[(found["sources"] == "any") & (found["stratum"] == "all")]
    assert np.isfinite(every["agreement"]).all()
    assert every[["low", "high"]].isna().all(axis=None)
    assert (every["n_replicates"] == 1).all()


def test_without_rows_there_is_nothing_to_tell():
    with pytest.raises(SettingError, match="measured twice"):
        replicate_agreement(rows(1).iloc[:0], np.empty((0, 5)))
    with pytest.raises(SettingError, match="measured twice"):
        replicate_agreement(rows(1, dose_um=np.nan), np.ones((1, 5)))


@pytest.mark.parametrize(("r", "n"), [([1.1, 0.5], 1), (0.5, [0, 1]), ([0.5, 1.1], [1, 2])])
def test_one_impossible_bound_is_enough_to_refuse(r, n):
    with pytest.raises(SettingError, match="at most 1"):
        bound(r, n)
