"""What the benchmark found, from small tables made by hand: best baselines, bounds and verdicts."""

import math
from pathlib import Path

import pytest

from badger_core.benchmark import contenders
from badger_core.export import benchmark_names as names
from badger_core.export.benchmark_findings import Findings, Score, findings, verdict
from badger_core.export.benchmark_summary import as_table, spearman_bound, summary_lines
from badger_core.export.benchmark_tables import read_tables
from badger_core.export.benchmark_text import anchor, figure, listed, stacked, table
from tests.export.benchmark_case import GAINS, known_splits, write_tables

NAN = math.nan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tables(tmp_path / "tables")


@pytest.fixture
def found(folder: Path) -> Findings:
    return findings(read_tables(folder))


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0.001, 0.02, "ahead"),
        (-0.02, -0.001, "behind"),
        (-0.01, 0.01, "level"),
        (0.0, 0.02, "level"),
        (NAN, NAN, "no interval"),
    ],
)
def test_the_verdict_is_read_from_the_interval(low: float, high: float, word: str) -> None:
    assert verdict(low, high) == word


def test_every_model_and_split_of_the_benchmark_has_a_name() -> None:
    assert set(names.OURS) == set(contenders.OURS)
    assert set(names.BASELINES) == set(contenders.BASELINES)
    assert set(names.HELD_OUT) == set(names.DRAWN) == known_splits()


def test_figures_are_short() -> None:
    assert [figure(x) for x in (0.1254, -0.012, 1.0, 0.0, NAN)] == [
        ".125",
        "−.012",
        "1.000",
        "0",
        "–",
    ]
    assert figure(0.0123, signed=True) == "+.012"
    assert [figure(x, signed=True) for x in (0.0001, -0.0001)] == ["+.000", "−.000"]
    assert figure(-0.0001) == ".000"
    assert stacked(Score(0.2, NAN, NAN)) == ".200"
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert anchor("unseen-line (20+ compounds)") == "unseen-line-20-compounds"
    assert table(["a", "b"], [["1|2", "3"]]).splitlines()[2] == "| 1\\|2 | 3 |"


def test_the_summary_says_who_is_ahead(found: Findings) -> None:
    lines = summary_lines(found, ["all"], names.MEASURES[:1])
    assert [line.split for line in lines] == list(GAINS)
    assert [line.difference.verdict for line in lines] == ["ahead", "level", "behind"]
    assert [line.baseline for line in lines] == ["kernel_ridge", "compound_mean", "kernel_ridge"]
    assert lines[0].bound == pytest.approx(0.4)  # root of .16, of replicates of one source
    row = as_table(lines).iloc[0]
    assert row["best baseline"] == ".140 (kernel ridge)"
    assert row["reference"] == ".400 (bound)"
    assert (row["difference"], row["95% interval"]) == ("+.020", "+.010 to +.030")
    ndcg = as_table(summary_lines(found, ["active"], names.MEASURES[1:2])).iloc[0]
    assert (ndcg["conditions"], ndcg["reference"]) == ("active third", ".360 (two replicates)")


def test_a_negative_agreement_bounds_nothing_below_zero(found: Findings) -> None:
    found.agreement[("all", "spearman")] = Score(0.01, -0.02, 0.04)
    assert spearman_bound(found, "all") == pytest.approx((0.1, 0.0, 0.2))


def test_a_mean_that_repeats_another_is_left_out_unless_it_is_the_best(found: Findings) -> None:
    assert "compound_mean" not in found.models("unseen-compound")
    assert "compound_mean" in found.models("unseen-line")
    assert found.models("unseen-pair")[-2:] == ["badger", "badger_kernel"]


def test_the_best_baseline_without_a_comparison_has_most_folds(found: Findings) -> None:
    found.differences.clear()
    key = ("unseen-pair", "deepce", "all", "spearman")
    found.scores[key] = Score(0.5, 0.4, 0.6)
    assert found.best("unseen-pair", "all", "spearman") == "kernel_ridge"
    assert found.best("nowhere", "all", "spearman") == ""
