"""Scores of drug sensitivity: by hand, against scikit-learn, and their bootstrap."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr
from sklearn.metrics import (
    average_precision_score,
    mean_absolute_error,
    r2_score,
    roc_auc_score,
)

from badger_core.errors import SettingError
from badger_core.evaluation.sensitivity import (
    LEAST,
    METRICS,
    bootstrap,
    difference,
    resampled,
    sensitivity_scores,
)

COLUMNS = ("truth", "predicted", "drug", "line")


def scores(kind, table):
    return sensitivity_scores(kind, *(table[name] for name in COLUMNS))


@pytest.fixture
def classes():
    """12 drugs in 15 lines; predictions know a little and have ties."""
    rng = np.random.default_rng(5)
    drug, line = (part.ravel() for part in np.indices((12, 15)))
    truth = (rng.random(180) < 0.2 + 0.04 * line).astype(float)
    predicted = np.round(0.3 * truth + 0.03 * line + rng.random(180) * 0.6, 1)
    return pd.DataFrame({"truth": truth, "predicted": predicted, "drug": drug, "line": line})


@pytest.fixture
def areas(classes):
    rng = np.random.default_rng(6)
    truth = 13 + classes["drug"] * 0.4 + rng.normal(size=180)
    predicted = np.round(truth + rng.normal(size=180), 1)
    return classes.assign(truth=truth, predicted=predicted)


def test_by_hand():
    # Pairs of a sensitive and a resistant: .9 > .4, .9 > .1, .4 = .4, .4 > .1: 3.5 of 4.
    found = sensitivity_scores("class", [1, 0, 1, 0], [0.9, 0.4, 0.4, 0.1], [1] * 4, [1, 2, 3, 4])
    assert found["auroc"] == pytest.approx(3.5 / 4)
    # Precision 1 at the first positive; 2 of 3 where the tie brings in the second.
    assert found["aupr"] == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)
    assert np.isnan(found["auroc_within_drug"])  # four labels are too few to judge a drug by


def test_areas_under_the_curve_by_hand():
    found = sensitivity_scores("auc", [1.0, 2.0, 3.0], [1.0, 2.0, 5.0], [1] * 3, [1, 2, 3])
    assert found["r2"] == pytest.approx(1 - 4 / 2)
    assert found["mae"] == pytest.approx(2 / 3)
    assert found["spearman"] == pytest.approx(1)
    assert found["pearson"] == pytest.approx(np.corrcoef([1, 2, 3], [1, 2, 5])[0, 1])


def test_within_a_drug_only_its_own_lines_are_compared():
    half = LEAST // 2
    truth = [0] * half + [1] * half
    # Drug 1 is perfectly ordered, drug 2 the wrong way round, drug 3 has one class, 4 few labels.
    table = pd.DataFrame(
        [
            *((t, 0.5 + 0.1 * t, 1, k) for k, t in enumerate(truth)),
            *((t, 0.2 - 0.1 * t, 2, k) for k, t in enumerate(truth)),
            *((1, 0.9, 3, k) for k in range(LEAST)),
            *((t, t, 4, k) for k, t in enumerate(truth[1:])),
        ],
        columns=COLUMNS,
    )
    assert scores("class", table)["auroc_within_drug"] == pytest.approx((1 + 0) / 2)
    swapped = table.rename(columns={"drug": "line", "line": "drug"})
    assert scores("class", swapped)["auroc_within_line"] == pytest.approx(0.5)


def test_explained_within_drugs_is_about_each_drugs_own_mean(areas):
    own = areas.groupby("drug")
    errors = ((areas["truth"] - areas["predicted"]) ** 2).sum()
    spread = ((areas["truth"] - own["truth"].transform("mean")) ** 2).sum()
    found = scores("auc", areas)
    assert found["r2_within_drug"] == pytest.approx(1 - errors / spread)
    means = areas.assign(predicted=own["truth"].transform("mean"))
    assert scores("auc", means)["r2_within_drug"] == pytest.approx(0, abs=1e-9)
    assert scores("auc", means)["pearson_within_drug"] == 0  # constant within each drug
    assert scores("auc", means)["r2"] > 0.5


def test_agreement_with_other_implementations(classes, areas):
    found = scores("class", classes)
    truth, predicted = classes["truth"], classes["predicted"]
    assert found["auroc"] == pytest.approx(roc_auc_score(truth, predicted))
    assert found["aupr"] == pytest.approx(average_precision_score(truth, predicted))
    own = [roc_auc_score(g["truth"], g["predicted"]) for _, g in classes.groupby("drug")]
    assert found["auroc_within_drug"] == pytest.approx(np.mean(own))
    found, truth, predicted = scores("auc", areas), areas["truth"], areas["predicted"]
    assert found["r2"] == pytest.approx(r2_score(truth, predicted))
    assert found["mae"] == pytest.approx(mean_absolute_error(truth, predicted))
    assert found["spearman"] == pytest.approx(spearmanr(truth, predicted).statistic)
    assert found["pearson"] == pytest.approx(np.corrcoef(truth, predicted)[0, 1])
    own = [np.corrcoef(g["truth"], g["predicted"])[0, 1] for _, g in areas.groupby("line")]
    assert found["pearson_within_line"] == pytest.approx(np.mean(own))


def test_the_order_of_rows_changes_nothing_and_a_constant_gets_chance(classes, areas):
    for kind, table in (("class", classes), ("auc", areas)):
        mixed = table.sample(frac=1, random_state=1)
        assert scores(kind, mixed) == pytest.approx(scores(kind, table))
    chance = scores("class", classes.assign(predicted=0.3))
    assert chance["auroc"] == chance["auroc_within_drug"] == chance["auroc_within_line"] == 0.5
    assert chance["aupr"] == pytest.approx(classes["truth"].mean())


def test_a_monotone_change_of_the_prediction_changes_no_area(classes):
    other = classes.assign(predicted=np.exp(3 * classes["predicted"]) - 40)
    assert scores("class", other) == pytest.approx(scores("class", classes))
    flipped = scores("class", classes.assign(predicted=-classes["predicted"]))
    assert flipped["auroc"] == pytest.approx(1 - scores("class", classes)["auroc"])


@pytest.mark.parametrize("kind", METRICS)
@pytest.mark.parametrize("by", ["drug", "line", "pair"])
def test_a_draw_is_the_score_of_the_rows_that_were_drawn(kind, by, classes, areas):
    """Drawn rows written out one by one give what the weights give."""
    table = (classes if kind == "class" else areas).sample(frac=1, random_state=2)
    drawn = resampled(kind, table, by, n=3, seed=9)
    keys = np.arange(len(table)) if by == "pair" else np.unique(table[by], return_inverse=True)[1]
    picks = np.random.default_rng(9).integers(keys.max() + 1, size=(3, keys.max() + 1))
    for draw, pick in enumerate(picks):
        parts = [table[keys == key].assign(copy=copy) for copy, key in enumerate(pick)]
        rows = pd.concat(parts)
        if by != "pair":  # a drug that was drawn twice counts as two drugs
            rows[by] = rows[by].astype(str) + " " + rows["copy"].astype(str)
        expected = scores(kind, rows)
        for name in METRICS[kind]:
            if by == "pair" and "within" in name:
                continue  # rows written out may leave a drug with less than LEAST labels
            assert drawn[name][draw] == pytest.approx(expected[name]), name


def test_an_interval_holds_its_score_and_whole_drugs_make_it_wider(areas):
    shifted = areas.assign(predicted=areas["truth"] + np.sin(areas["drug"] * 7.0) * 2)
    by_drug, by_pair = (bootstrap("auc", shifted, by, n=400)["mae"] for by in ("drug", "pair"))
    for found in (by_drug, by_pair):
        assert found.low < found.value < found.high
    assert by_drug.high - by_drug.low > 1.5 * (by_pair.high - by_pair.low)


def test_a_difference_is_paired(classes):
    nothing = difference("class", classes, classes["predicted"], "drug", n=50)
    assert all(found == (0, 0, 0) for found in nothing.values())
    noise = np.random.default_rng(1).random(len(classes))
    better = difference("class", classes, noise, "pair", n=200)["auroc"]
    ours, theirs = scores("class", classes), scores("class", classes.assign(predicted=noise))
    assert better.value == pytest.approx(ours["auroc"] - theirs["auroc"])
    assert 0 < better.low < better.value < better.high


def test_the_seed_decides_and_the_order_of_rows_of_a_cluster_does_not(classes):
    first, again, other = (resampled("class", classes, "drug", 5, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first["auroc"], again["auroc"])
    assert (first["auroc"] != other["auroc"]).any()
    mixed = resampled("class", classes.sample(frac=1, random_state=3), "drug", 5, 1)
    np.testing.assert_allclose(mixed["auroc"], first["auroc"])


@pytest.mark.parametrize(
    ("kind", "changed", "said"),
    [
        ("rank", {}, "no kind of label 'rank'"),
        ("class", {"truth": 0.4}, "1 \\(sensitive\\) or 0"),
        ("class", {"predicted": np.nan}, "180 predictions are no finite"),
        ("auc", {"truth": np.inf}, "180 labels"),
        ("auc", {"drug": None}, "label is missing"),
    ],
)
def test_what_cannot_be_scored_is_refused(kind, changed, said, classes):
    with pytest.raises(SettingError, match=said):
        scores(kind, classes.assign(**changed))


def test_settings_that_make_no_sense_are_refused(classes):
    with pytest.raises(SettingError, match="'dose' cannot be drawn"):
        resampled("class", classes, "dose")
    with pytest.raises(SettingError, match="0 draws"):
        resampled("class", classes, "drug", n=0)
    with pytest.raises(SettingError, match="level is 95"):
        bootstrap("class", classes, "drug", n=2, level=95)
    with pytest.raises(SettingError, match="no finite"):
        scores("class", classes.iloc[:0])
