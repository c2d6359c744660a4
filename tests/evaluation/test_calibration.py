"""Confidences from held-out predictions: what they find, what they must not see."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import Ridge

from badger_core.errors import SettingError
from badger_core.evaluation.calibration import Bin, ConfidenceModel, cross_calibrated, folds_of
from badger_core.evaluation.raw_score import RIDGE, Feature, fit_features, raw_score
from badger_core.evaluation.reliability import expected_calibration_error, rank_correlation


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture
def clusters():
    """150 compounds of 8 rows each."""
    return np.repeat([f"drug {i:03d}" for i in range(150)], 8)


@pytest.fixture
def informative(rng, clusters):
    """Features that tell the expected outcome, one of them none of it; and precisions at 50."""
    table = pd.DataFrame(
        {
            "strength": rng.gamma(2.0, size=1200),
            "moa_known": rng.integers(0, 2, 1200).astype(float),
            "noise": rng.normal(size=1200),
        }
    )
    expected = 0.15 + 0.5 * table["strength"].rank(pct=True) + 0.2 * table["moa_known"]
    return table, rng.binomial(50, expected) / 50, expected.to_numpy()


@pytest.fixture
def model(informative, clusters):
    return ConfidenceModel.fit(*informative[:2], clusters)


# By hand -----------------------------------------------------------------------------------------


@pytest.fixture
def small():
    feature = Feature("x", (0.0, 10.0), (0.0, 1.0), 2.0)
    bins = Bin(-0.5, -0.2, 0.2, 70), Bin(0.0, 0.1, 0.4, 60), Bin(0.5, 0.9, 0.8, 90)
    return ConfidenceModel((feature,), bins)


def test_confidence_and_its_count_by_hand(small):
    # Raw scores are 2 (x / 10 - 1/2): -1, -0.5, -0.25, 0.25, 0.5, 1, and 0 where x is not known.
    table = pd.DataFrame({"x": [0, 2.5, 3.75, 6.25, 7.5, 99, np.nan]})
    assert small.predict(table) == pytest.approx([0.2, 0.2, 0.3, 0.6, 0.8, 0.8, 0.4])
    assert small.alike(table).tolist() == [70, 70, 70, 90, 90, 90, 60]


def test_one_bin_is_the_mean(rng):
    outcome = rng.random(60)
    table = pd.DataFrame({"x": rng.random(60)})
    found = ConfidenceModel.fit(table, outcome, np.arange(60))
    assert found.predict(table) == pytest.approx(np.full(60, outcome.mean()))
    assert found.alike(table).tolist() == [60] * 60


def test_a_feature_is_placed_by_rank():
    column = np.array([0.0] * 6 + [1.0] * 2)
    feature = fit_features(pd.DataFrame({"known": column}), column)[0]
    assert feature.values == (0, 1)
    assert feature.levels == pytest.approx((0.375, 0.875), abs=0.02)  # the middles of 0..¾ and ¾..1


# What it finds -----------------------------------------------------------------------------------


def test_informative_features_are_recovered(informative, clusters):
    table, outcome, expected = informative
    confidence = cross_calibrated(table, outcome, clusters)
    assert np.abs(confidence - expected).mean() < 0.03
    assert expected_calibration_error(confidence, outcome) < 0.02
    assert rank_correlation(confidence, outcome, clusters).low > 0.85


def test_the_weights_can_be_read(model):
    weights = {f.name: f.weight for f in model.features}
    assert weights["strength"] == pytest.approx(0.5, abs=0.05)
    # Levels of a 0/1 feature lie half apart, so its weight is twice the difference it makes.
    assert weights["moa_known"] == pytest.approx(0.4, abs=0.05)
    assert abs(weights["noise"]) < 0.03


def test_the_raw_score_agrees_with_scikit_learn_on_uniform_features(rng):
    grid = np.linspace(0, 1, 33)
    table = pd.DataFrame({"a": rng.permutation(grid), "b": rng.permutation(grid)})
    outcome = rng.random(33)
    other = Ridge(alpha=RIDGE).fit(table, outcome)
    found = raw_score(fit_features(table, outcome), table)
    predicted = other.predict(table)
    assert found - found.mean() == pytest.approx(predicted - predicted.mean())


def test_units_and_outliers_of_a_feature_do_not_matter(informative, clusters, model):
    table, outcome, _ = informative
    other = table.assign(strength=np.exp(table["strength"]))
    moved = ConfidenceModel.fit(other, outcome, clusters).predict(other)
    assert moved == pytest.approx(model.predict(table), abs=0.01)
    ends = table.iloc[[0, 0]].assign(strength=[table["strength"].max(), 1e9])
    assert np.ptp(model.predict(ends)) == 0


def test_confidence_rises_with_the_raw_score(rng, clusters, informative):
    table, outcome, _ = informative
    for result in (outcome, rng.random(1200)):  # also where there is nothing but noise
        found = ConfidenceModel.fit(table, result, clusters)
        order = np.argsort(raw_score(found.features, table))
        assert (np.diff(found.predict(table)[order]) >= 0).all()
        bins = found.table()
        assert (bins[["score", "up_to", "confidence"]].diff().iloc[1:] > 0).all(axis=None)
        assert bins["n"].sum() == 1200
        assert bins["n"].min() >= 50
        assert np.average(bins["confidence"], weights=bins["n"]) == pytest.approx(result.mean())


def test_what_is_not_known_counts_as_typical(informative, clusters):
    table, outcome, _ = informative
    holes = table.assign(strength=table["strength"].where(np.arange(1200) % 5 > 0), empty=np.nan)
    found = ConfidenceModel.fit(holes, outcome, clusters)
    assert np.isfinite(found.predict(holes)).all()
    row = holes.iloc[[0, 0]].assign(strength=[np.nan, table["strength"].median()])
    assert np.ptp(found.predict(row)) < 0.02


# What it must not see ----------------------------------------------------------------------------


def test_no_cluster_stands_on_both_sides(clusters):
    seen = []
    for train, test in folds_of(clusters, len(clusters), 5):
        assert not set(clusters[train]) & set(clusters[test])
        seen += test.tolist()
    assert sorted(seen) == list(range(len(clusters)))


def test_learning_compounds_by_heart_earns_nothing(rng, clusters):
    # The outcome is noise, but constant within a compound, and 60 features can tell compounds.
    of_cluster = pd.factorize(clusters)[0]
    outcome = rng.random(150)[of_cluster]
    table = pd.DataFrame(rng.normal(size=(150, 60))[of_cluster]).add_prefix("x")
    leaky = cross_calibrated(table, outcome, np.arange(1200))
    assert rank_correlation(leaky, outcome, clusters).mean > 0.5
    honest = cross_calibrated(table, outcome, clusters)
    assert abs(rank_correlation(honest, outcome, clusters).mean) < 0.15
    promised = ConfidenceModel.fit(table, outcome, clusters).table()["confidence"]
    assert np.ptp(promised) < 0.25
    assert np.ptp(ConfidenceModel.fit(table, outcome, np.arange(1200)).table()["confidence"]) > 0.4


def test_the_outcome_of_a_cluster_never_reaches_its_own_confidence(informative, clusters):
    table, outcome, _ = informative
    confidence = cross_calibrated(table, outcome, clusters)
    for train, test in folds_of(clusters, 1200, 5):
        turned = outcome.copy()
        turned[test] = 1 - turned[test]
        found = cross_calibrated(table, turned, clusters)
        assert (found[test] == confidence[test]).all()
        assert (found[train] != confidence[train]).mean() > 0.9


def test_the_bins_rest_on_scores_that_did_not_know_the_outcome(rng):
    # More features than rows fit anything: in-sample scores would promise everything.
    outcome = rng.integers(0, 2, 400).astype(float)
    table = pd.DataFrame(rng.normal(size=(400, 500))).add_prefix("x")
    found = ConfidenceModel.fit(table, outcome, np.arange(400)).table()
    assert found["confidence"].between(0.3, 0.7).all()


# Storing and refusing ----------------------------------------------------------------------------


def test_a_record_comes_back_from_json_equal(model, informative):
    record = model.to_dict()
    text = json.dumps(record, allow_nan=False)
    assert json.loads(text) == record
    again = ConfidenceModel.from_dict(json.loads(text))
    assert again == model
    assert (again.predict(informative[0]) == model.predict(informative[0])).all()
    assert (again.alike(informative[0]) == model.alike(informative[0])).all()
    assert replace(again, bins=again.bins[:1]) != model


@pytest.mark.parametrize("record", [{}, {"features": [], "bins": [{"x": 1}]}, {"features": 3}])
def test_another_record_is_refused(record):
    with pytest.raises(SettingError, match="Fit it anew"):
        ConfidenceModel.from_dict(record)


def test_columns_are_found_by_name(model, informative):
    table = informative[0]
    turned = table[table.columns[::-1]].assign(other=1.0)
    assert model.predict(turned) == pytest.approx(model.predict(table))
    with pytest.raises(SettingError, match="'noise', which was not given"):
        model.predict(table.drop(columns="noise"))


def test_order_of_rows_does_not_matter(model, informative, clusters, rng):
    table, outcome, _ = informative
    order = rng.permutation(1200)
    found = ConfidenceModel.fit(table.iloc[order], outcome[order], clusters[order])
    assert found.predict(table) == pytest.approx(model.predict(table))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": [0.1, 1.2, 0.3]}, "not between 0 and 1"),
        ({"outcome": [0.1, np.nan, 0.3]}, "not between 0 and 1"),
        ({"outcome": [0.1]}, "one outcome per row"),
        ({"features": pd.DataFrame(index=range(3))}, "at least one feature"),
        ({"features": pd.DataFrame({"x": [1.0, np.inf, 0.0]})}, "infinite"),
        ({"clusters": ["a", "b"]}, "one cluster label"),
        ({"clusters": ["a", "b", None]}, "one cluster label"),
        ({"clusters": ["a", "b", "b"]}, "2 clusters cannot make 3 folds"),
    ],
)
def test_what_makes_no_sense_is_refused(changed, said):
    given = {
        "features": pd.DataFrame({"x": [1.0, 2.0, 3.0]}),
        "outcome": [0.1, 0.2, 0.3],
        "clusters": ["a", "b", "c"],
        "folds": 3,
    }
    with pytest.raises(SettingError, match=said):
        ConfidenceModel.fit(**given | changed)
    with pytest.raises(SettingError, match=said):
        cross_calibrated(**given | changed)
