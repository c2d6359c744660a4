"""Agreement of replicates and the bound it implies, by hand, on simulated and on real rows."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from badger_core.errors import SettingError
from badger_core.evaluation.ranking import precision_at_k
from badger_core.evaluation.replicates import (
    REPORTED,
    bound,
    expected_bound,
    replicate_agreement,
    replicate_pairs,
)

N_GENES = 300


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def rows(count: int, **changed) -> pd.DataFrame:
    """Rows of one condition of one source, all active."""
    given = {"cell": "A375", "ik14": "X", "dose_um": 10.0, "time_h": 24.0, "source": "s"}
    return pd.DataFrame([given | {"active": True} | changed] * count)


def spearman_of(table: pd.DataFrame, sources: str = "any", stratum: str = "all") -> pd.Series:
    return table.set_index(["sources", "stratum", "metric"]).loc[(sources, stratum, "spearman")]


@pytest.fixture
def study(rng):
    """40 compounds measured twice with reliability 0.5, and one control of 30 exact-ish repeats."""
    tables, values = [], []
    for number in range(40):
        truth = rng.normal(size=N_GENES)
        tables.append(rows(2, ik14=f"drug {number}", active=number % 2 == 0))
        values.append(truth + rng.normal(size=(2, N_GENES)))
    tables.append(rows(30, ik14="control"))
    values.append(rng.normal(size=N_GENES) + 0.3 * rng.normal(size=(30, N_GENES)))
    return pd.concat(tables, ignore_index=True), np.concatenate(values)


def test_three_replicates_make_three_pairs(rng):
    pairs = replicate_pairs(rows(3), rng.normal(size=(3, N_GENES)))
    found = {(a, b) for a, b in zip(pairs["first"], pairs["second"], strict=True)}
    assert found == {(0, 1), (0, 2), (1, 2)}


@pytest.mark.parametrize("column", ["cell", "ik14", "dose_um", "time_h"])
def test_other_conditions_are_no_replicates(rng, column):
    other = 3.0 if column.endswith(("um", "h")) else "other"
    table = pd.concat([rows(2), rows(1, **{column: other})], ignore_index=True)
    pairs = replicate_pairs(table, rng.normal(size=(3, N_GENES)))
    assert pairs[["first", "second"]].to_numpy().tolist() == [[0, 1]]


def test_a_dose_that_went_through_float32_is_the_same_dose(rng):
    table = pd.concat([rows(1, dose_um=0.1), rows(1, dose_um=float(np.float32(0.1)))])
    assert len(replicate_pairs(table, rng.normal(size=(2, N_GENES)))) == 1


def test_rows_of_unknown_dose_are_not_compared(rng):
    table = pd.concat([rows(2), rows(2, dose_um=np.nan)], ignore_index=True)
    assert len(replicate_pairs(table, rng.normal(size=(4, N_GENES)))) == 1


def test_a_measurement_filed_twice_counts_once(rng):
    values = rng.normal(size=(3, N_GENES))
    filed = np.concatenate([values, 7 * values[[0]] + 0.01 * rng.normal(size=(1, N_GENES))])
    filed[3, :3] = np.nan
    pairs = replicate_pairs(rows(4), filed)
    assert pairs[["first", "second"]].max().max() == 2
    assert len(pairs) == 3


def test_sources_and_strength_of_a_pair(rng):
    table = rows(3)
    table["source"], table["active"] = ["s", "s", "t"], [True, False, True]
    pairs = replicate_pairs(table, rng.normal(size=(3, N_GENES))).set_index(["first", "second"])
    assert pairs["same_source"].to_dict() == {(0, 1): True, (0, 2): False, (1, 2): False}
    assert pairs["active"].to_dict() == {(0, 1): False, (0, 2): True, (1, 2): False}


def test_agreement_of_two_by_hand(rng):
    table = pd.concat([rows(2), rows(2, ik14="Y")], ignore_index=True)
    values = rng.normal(size=(4, N_GENES)) + np.repeat(rng.normal(size=(2, N_GENES)), 2, axis=0)
    values[0, :5] = np.nan
    found = replicate_agreement(table, values)
    first = spearmanr(values[0, 5:], values[1, 5:]).statistic
    second = spearmanr(values[2], values[3]).statistic
    row = spearman_of(found)
    assert row["agreement"] == pytest.approx((first + second) / 2)
    assert row[["n_replicates", "n_conditions", "n_pairs"]].tolist() == [2, 2, 2]
    assert [row["low"], row["high"]] == pytest.approx(sorted([first, second]))
    both_ways = [
        precision_at_k(truth, score, 50, "up")[0]
        for one, other in ((values[0, 5:], values[1, 5:]), (values[2], values[3]))
        for truth, score in ((one, other), (other, one))
    ]
    precision = found[(found["metric"] == "precision_up_50") & (found["sources"] == "any")]
    assert precision["agreement"].to_numpy() == pytest.approx(np.mean(both_ways))


def test_every_metric_stands_in_every_stratum(study):
    found = replicate_agreement(*study)
    assert len(found) == 3 * 2 * len(REPORTED)
    same = found[found["sources"] == "same"].drop(columns="sources").reset_index(drop=True)
    anywhere = found[found["sources"] == "any"].drop(columns="sources").reset_index(drop=True)
    pd.testing.assert_frame_equal(same, anywhere)  # there is one source only
    none = found[found["sources"] == "different"]
    assert (none[["n_replicates", "n_conditions", "n_pairs"]] == 0).all(axis=None)
    assert none[["agreement", "low", "high"]].isna().all(axis=None)


def test_a_control_of_many_repeats_does_not_rule(study):
    row = spearman_of(replicate_agreement(*study))
    # 40 drugs with r = 0.5 (Spearman .48) and one control near 1.
    assert row["agreement"] == pytest.approx(0.49, abs=0.02)
    assert row["n_replicates"] == 40 + 20
    assert row["low"] < 0.48 < row["high"] < 0.55
    assert spearman_of(replicate_agreement(*study), stratum="active")["n_pairs"] == 21


def test_pairs_count_within_their_condition_and_conditions_within_theirs(rng):
    table = pd.concat([rows(3), rows(2, dose_um=1.0), rows(2, ik14="Y")], ignore_index=True)
    noise = np.array([0.3, 0.3, 0.3, 9, 9, 0.3, 0.3])[:, None]
    values = rng.normal(size=N_GENES) + noise * rng.normal(size=(7, N_GENES))
    pairs = [(0, 1), (0, 2), (1, 2), (3, 4), (5, 6)]
    rho = [spearmanr(values[i], values[j]).statistic for i, j in pairs]
    found = spearman_of(replicate_agreement(table, values))
    expected = ((np.mean(rho[:3]) + rho[3]) / 2 + rho[4]) / 2
    assert found["agreement"] == pytest.approx(expected)


def test_the_seed_settles_which_repeats_are_compared(study):
    one, again = replicate_agreement(*study), replicate_agreement(*study)
    pd.testing.assert_frame_equal(one, again)
    other = replicate_agreement(*study, most=3, seed=1)
    assert spearman_of(other)["agreement"] == pytest.approx(spearman_of(one)["agreement"], abs=0.01)


def test_the_bound_is_what_a_prediction_without_error_reaches(rng):
    truth = rng.normal(size=200_000)
    single = [truth + 1.5 * rng.normal(size=len(truth)) for _ in range(4)]
    r = np.corrcoef(single[0], single[1])[0, 1]
    reached = [np.corrcoef(truth, np.mean(single[:n], axis=0))[0, 1] for n in (1, 2, 4)]
    assert bound(r, [1, 2, 4]) == pytest.approx(reached, abs=0.01)


def test_bounds_by_hand():
    assert bound(0.25, 1) == pytest.approx(0.5)
    assert bound(0.25, 3) == pytest.approx(np.sqrt(0.75 / 1.5))
    assert bound([0.0, -0.2, 1.0], 2).tolist() == [0, 0, 1]
    assert np.isnan(bound(np.nan, 2))
    assert expected_bound(0.25, [1, 3]) == pytest.approx((0.5 + np.sqrt(0.5)) / 2)


def test_the_bound_rises_with_agreement_and_with_replicates():
    table = bound(np.linspace(0.05, 0.95, 10)[:, None], np.arange(1, 9))
    assert (np.diff(table, axis=0) > 0).all()
    assert (np.diff(table, axis=1) > 0).all()
    assert (table > np.linspace(0.05, 0.95, 10)[:, None]).all()


@pytest.mark.parametrize(("r", "n"), [(1.1, 1), (0.5, 0)])
def test_an_impossible_bound_is_refused(r, n):
    with pytest.raises(SettingError, match="at most 1"):
        bound(r, n)


def test_what_makes_no_sense_is_refused(rng):
    with pytest.raises(SettingError, match="measured twice"):
        replicate_agreement(rows(1), rng.normal(size=(1, N_GENES)))
    with pytest.raises(SettingError, match="Give as many"):
        replicate_agreement(rows(2), rng.normal(size=(3, N_GENES)))
    with pytest.raises(SettingError, match="at least one pair"):
        replicate_agreement(rows(2), rng.normal(size=(2, N_GENES)), most=0)


def test_real_replicates_agree_more_where_the_response_is_strong(bundle):
    table = bundle.signatures.table
    table = table[table["source"] == "iLINCS_L5"].groupby(["cell", "ik14"]).head(4)
    found = replicate_agreement(table, bundle.signatures.values(table["row"].to_numpy()))
    everything, strong = spearman_of(found), spearman_of(found, stratum="active")
    assert 0.1 < everything["low"] < everything["high"] < strong["agreement"] < 0.9
    assert everything["n_pairs"] > 100
