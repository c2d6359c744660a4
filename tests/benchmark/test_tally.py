"""Score rows become tables: pairs before rows, folds, strata, intervals and the best baseline."""

import numpy as np
import pandas as pd
import pytest

from badger_core.benchmark.contenders import BASELINES, OURS
from badger_core.benchmark.scores import CENTRED
from badger_core.benchmark.tally import (
    COLUMNS,
    DIFFERENCE_COLUMNS,
    MAIN_METRICS,
    METRICS,
    against_each,
    breakdown,
    differences,
    in_parts,
    per_pair,
    results,
    with_strata_of_lines,
)
from badger_core.data.splits import SPLITS
from badger_core.schema import SPLIT_COLUMNS

ROWS = [  # line, compound, fold, active, score
    ("A375", "X", 1, True, 0.2),
    ("A375", "X", 1, False, 0.4),  # another dose of the same pair
    ("MCF7", "X", 1, True, 0.9),
    ("A375", "Y", 1, False, 0.3),
    ("A375", "Z", 2, True, 0.7),
    ("MCF7", "Z", 2, False, 0.5),
]
# Pairs: .3, .9, .3 in fold 1 (mean .5) and .7, .5 in fold 2 (mean .6): all five 2.7 / 5.
# Active: .2, .9 in fold 1 (mean .55) and .7 in fold 2: all three 1.8 / 3.


def score_rows(model, add=0.0, split="unseen-compound", rows=ROWS, **columns):
    """Every metric of every row the same, but where `columns` says otherwise."""
    table = pd.DataFrame(rows, columns=["cell", "ik14", "fold", "active", "score"])
    score = table.pop("score") + add
    table = table.assign(split=split, model=model, source="one")
    values = {name: np.float32(0) + score for name in METRICS} | columns
    return pd.concat([table, pd.DataFrame(values)], axis=1)


@pytest.fixture(scope="module")
def scores():
    """Badger, and two baselines: one better in spearman, the other in everything else."""
    return pd.concat(
        [
            score_rows("badger"),
            score_rows("line_mean", -0.3, spearman=np.arange(6) / 10 + 0.2),
            score_rows("knn", -0.1, spearman=0.1),
        ],
        ignore_index=True,
    )


@pytest.fixture(scope="module")
def found(scores):
    return results(scores)


def row_of(table, **keys):
    for name, value in keys.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


@pytest.mark.parametrize(
    ("column", "parts"),
    [
        ("spearman", ("spearman", "both", "")),
        ("centred_spearman", ("centred_spearman", "both", "")),
        ("ap_up", ("ap", "up", "")),
        ("ndcg_down_978", ("ndcg", "down", "978")),
        ("ndcg_corrected_up_100", ("ndcg_corrected", "up", "100")),
        ("hit_ratio_down_50", ("hit_ratio", "down", "50")),
    ],
)
def test_a_name_in_parts(column, parts):
    assert in_parts(column) == parts


def test_every_metric_has_parts_of_its_own_that_give_its_name_back():
    parts = [in_parts(column) for column in METRICS]
    assert len(set(parts)) == len(METRICS)
    for column, (metric, direction, k) in zip(METRICS, parts, strict=True):
        assert direction in ("up", "down", "both")
        assert "_up" not in metric
        assert "_down" not in metric
        words = [metric, *([] if direction == "both" else [direction]), *([k] if k else [])]
        assert "_".join(words) == column


def test_conditions_are_averaged_by_pair_and_fold(scores):
    pairs = per_pair(scores[scores["model"] == "badger"])
    keys = pairs[["cell", "ik14", "fold"]].itertuples(index=False, name=None)
    by_key = dict(zip(keys, pairs["spearman"], strict=True))
    assert by_key == pytest.approx(
        {
            ("A375", "X", 1): 0.3,
            ("A375", "Y", 1): 0.3,
            ("A375", "Z", 2): 0.7,
            ("MCF7", "X", 1): 0.9,
            ("MCF7", "Z", 2): 0.5,
        }
    )


def test_results_by_hand(found):
    assert tuple(found.columns) == COLUMNS
    everything = row_of(found, model="badger", stratum="all", metric="spearman")
    assert everything["mean"] == pytest.approx(0.54)  # of pairs; that of rows is .5
    assert everything["sd"] == pytest.approx(np.std([0.5, 0.6], ddof=1))
    counts = everything[["n_signatures", "n_pairs", "folds", "direction", "k", "split"]]
    assert counts.tolist() == [6, 5, 2, "both", "", "unseen-compound"]
    active = row_of(found, model="badger", stratum="active", metric="spearman")
    assert active["mean"] == pytest.approx(0.6)
    assert active["sd"] == pytest.approx(np.std([0.55, 0.7], ddof=1))
    assert active[["n_signatures", "n_pairs", "folds"]].tolist() == [3, 3, 2]


def test_results_hold_every_metric_of_every_model_and_stratum_once(found):
    assert len(found) == 3 * 2 * len(METRICS)
    assert not found.duplicated(["split", "model", "stratum", "metric", "direction", "k"]).any()


def test_the_interval_holds_the_mean_and_is_drawn_by_what_is_held_out(found, scores):
    row = row_of(found, model="badger", stratum="all", metric="spearman")
    # Compounds X, Y and Z: means of draws lie between that of Y alone and that of X or Z alone.
    assert 0.3 <= row["ci_low"] < row["mean"] < row["ci_high"] <= 0.6 + 1e-6
    by_line = results(scores.assign(split="unseen-line"))
    other = row_of(by_line, model="badger", stratum="all", metric="spearman")
    assert other["mean"] == row["mean"]
    # Lines A375 (.3, .3, .7) and MCF7 (.9, .5).
    assert other["ci_low"] == pytest.approx(1.3 / 3)
    assert other["ci_high"] == pytest.approx(0.7)


def test_one_fold_has_no_spread_and_one_cluster_no_interval(scores):
    some = scores[(scores["fold"] == 1) & (scores["ik14"] == "X")]
    row = row_of(results(some), model="badger", stratum="all", metric="spearman")
    assert row["mean"] == pytest.approx(0.6)
    assert np.isnan(row[["sd", "ci_low", "ci_high"]].to_numpy(float)).all()
    assert row["folds"] == 1


def test_a_score_that_is_missing_is_neither_averaged_nor_counted(scores):
    mine = scores[scores["model"] == "badger"]
    centred = mine[CENTRED].where(mine["ik14"] != "Z")
    row = row_of(results(mine.assign(**{CENTRED: centred})), stratum="all", metric=CENTRED)
    assert row["mean"] == pytest.approx(0.5)
    assert row[["n_signatures", "n_pairs"]].tolist() == [4, 3]


def test_the_best_baseline_is_chosen_for_each_metric(scores, found):
    table = differences(scores, found)
    assert tuple(table.columns) == DIFFERENCE_COLUMNS
    assert set(table["model"]) == {"badger"}
    everything = table[table["stratum"] == "all"]
    best = everything.set_index(["metric", "direction", "k"])["baseline"]
    assert best["spearman", "both", ""] == "line_mean"
    assert set(best.drop(("spearman", "both", ""))) == {"knn"}
    kendall = row_of(everything, metric="kendall")
    assert kendall["difference"] == pytest.approx(0.1)
    assert kendall[["ci_low", "ci_high"]].tolist() == pytest.approx([0.1, 0.1])
    assert kendall["n_pairs"] == 5


def test_a_difference_is_that_of_the_same_pairs(scores, found):
    """line_mean has .2 .3 .4 .5 .6 .7 in the rows, so .25 .4 .5 .6 .7 in the pairs."""
    row = row_of(differences(scores, found), stratum="all", metric="spearman")
    expected = np.mean([0.3 - 0.25, 0.9 - 0.4, 0.3 - 0.5, 0.7 - 0.6, 0.5 - 0.7])
    assert row["difference"] == pytest.approx(expected)
    assert row["ci_low"] <= row["difference"] <= row["ci_high"]


def test_both_parts_of_badger_are_compared_and_never_taken_for_a_baseline(scores):
    parts = [score_rows(model, 0.2) for model in ("badger_cascade", "badger_kernel")]
    whole = pd.concat([scores, *parts], ignore_index=True)
    table = differences(whole, results(whole))
    assert set(table["model"]) == set(OURS)
    assert set(table["baseline"]) == {"knn", "line_mean"}
    assert not set(OURS) & set(BASELINES)
    kendall = table[(table["metric"] == "kendall") & (table["stratum"] == "all")]
    assert kendall.set_index("model")["difference"].to_dict() == pytest.approx(
        {"badger": 0.1, "badger_cascade": 0.3, "badger_kernel": 0.3}
    )


def test_a_baseline_that_lacks_a_fold_is_not_the_best_one(scores):
    unfinished = score_rows("mlp", 0.5)
    whole = pd.concat([scores, unfinished[unfinished["fold"] == 1]], ignore_index=True)
    table = differences(whole, results(whole))
    assert "mlp" not in set(table["baseline"])


def test_only_pairs_that_both_have_are_compared(scores):
    first = scores[(scores["model"] != "badger") | (scores["fold"] == 1)]
    row = row_of(differences(first, results(first)), stratum="all", metric="kendall")
    assert row["n_pairs"] == 3
    assert row["difference"] == pytest.approx(0.1)


def test_our_model_is_set_against_every_baseline(scores):
    table = against_each(scores)
    assert tuple(table.columns) == DIFFERENCE_COLUMNS
    assert set(table["baseline"]) == {"knn", "line_mean"}
    assert len(table) == 2 * 2 * len(MAIN_METRICS)
    row = row_of(table, stratum="all", metric=CENTRED, baseline="knn")
    assert row["difference"] == pytest.approx(0.1)
    best = row_of(differences(scores, results(scores)), stratum="all", metric="spearman")
    same = row_of(table, stratum="all", metric="spearman", baseline=best["baseline"])
    assert same["ci_low"] == pytest.approx(best["ci_low"])
    assert against_each(scores[scores["model"] != "badger"]).empty


def test_without_a_baseline_there_is_nothing_to_compare_with(scores):
    mine = scores[scores["model"] == "badger"]
    table = differences(mine, results(mine))
    assert len(table) == 0
    assert tuple(table.columns) == DIFFERENCE_COLUMNS


def test_a_metric_that_no_row_has_is_left_out_of_the_differences(scores):
    """So it is with the drug-specific score of the panel lines, which have three compounds each."""
    empty = scores.assign(**{CENTRED: np.nan})
    table = differences(empty, results(empty))
    assert CENTRED not in set(table["metric"])
    assert "spearman" in set(table["metric"])


def test_the_lines_of_the_panel_and_the_rich_ones_are_reported_again(scores):
    registry = pd.DataFrame(
        [
            ("unseen-line", "cell", "A375", 1, "rich", ""),
            ("unseen-line", "cell", "MCF7", 1, "panel", ""),
            ("unseen-pair", "cell", "MCF7", 1, "rich", ""),
        ],
        columns=list(SPLIT_COLUMNS),
    )
    of_line = score_rows("badger", split="unseen-line")
    whole = with_strata_of_lines(pd.concat([scores, of_line], ignore_index=True), registry)
    rows = whole.groupby("split")["cell"].agg([set, "size"])
    assert rows["set"].to_dict() == {
        "unseen-compound": {"A375", "MCF7"},
        "unseen-line": {"A375", "MCF7"},
        "unseen-line (panel)": {"MCF7"},
        "unseen-line (20+ compounds)": {"A375"},
    }
    assert rows["size"].to_dict() == {
        "unseen-compound": 18,
        "unseen-line": 6,
        "unseen-line (panel)": 2,
        "unseen-line (20+ compounds)": 4,
    }
    means = results(whole).set_index(["split", "model", "stratum", "metric"])["mean"]
    assert means["unseen-line (panel)", "badger", "all", "spearman"] == pytest.approx(0.7)
    assert means["unseen-line (20+ compounds)", "badger", "all", "spearman"] == pytest.approx(
        1.3 / 3
    )


def test_the_strata_of_lines_are_those_of_the_bundle(bundle, scores):
    whole = with_strata_of_lines(scores.assign(split="unseen-line"), bundle.splits)
    assert "unseen-line (20+ compounds)" in set(whole["split"])  # A375 and MCF7 are rich
    assert set(scores["split"]) <= set(SPLITS)


def test_a_breakdown_is_the_mean_over_the_pairs_of_a_line_or_source(scores):
    table = breakdown(scores, "cell", least=1)
    row = row_of(table, model="badger", cell="A375")
    assert row["spearman"] == pytest.approx(1.3 / 3)
    assert row["n_pairs"] == 3
    assert list(table.columns) == [
        "split",
        "model",
        "cell",
        "n_pairs",
        "spearman",
        "ndcg_corrected_up_100",
        "ndcg_corrected_down_100",
        CENTRED,
    ]
    by_source = breakdown(scores, "source", least=5)
    assert by_source["n_pairs"].tolist() == [5, 5, 5]
    assert row_of(by_source, model="badger")["spearman"] == pytest.approx(0.54)


def test_a_group_of_few_pairs_is_not_broken_down(scores):
    assert set(breakdown(scores, "cell", least=3)["cell"]) == {"A375"}
    assert len(breakdown(scores, "cell", least=4)) == 0
