"""`badger benchmark`: a quick matrix on a small bundle, what it writes, and what it refuses."""

import json

import pandas as pd
import pytest

from badger_core.benchmark.contenders import GROUPS
from badger_core.benchmark.scores import CENTRED
from badger_core.benchmark.tally import COLUMNS, DIFFERENCE_COLUMNS, METRICS
from badger_core.cli import benchmark as benchmark_module
from badger_core.cli.benchmark import QUICK_GROUPS
from badger_core.training.settings import RUNS

MODELS = {model for group in QUICK_GROUPS for model in GROUPS[group]}
pytestmark = pytest.mark.usefixtures("taught_little")


def quick(badger, bundle, *more):
    return badger("benchmark", "--quick", "--json", "--bundle", bundle.root, *more)


def test_a_quick_benchmark_prints_figures_writes_tables_and_is_not_done_twice(
    badger, small_bundle, tmp_path
):
    said = quick(badger, small_bundle)
    assert said.code == 0, said.err
    found = pd.DataFrame(json.loads(said.out, parse_constant=pytest.fail))
    assert list(found.columns) == list(COLUMNS)
    assert set(found["model"]) == MODELS
    assert set(found["split"]) == {"unseen-compound"}
    assert len(found) == len(MODELS) * 2 * len(METRICS)
    specific = found["metric"] == CENTRED  # no batch here has six compounds
    assert (found["mean"].notna() == ~specific).all()
    assert found["sd"].isna().all()  # one fold has no spread
    assert "3 of 3 units done, about 0 s left" in said.err

    tables = tmp_path / "runs" / "benchmark-quick" / "tables"
    assert sorted(file.name for file in tables.iterdir()) == [
        "against_each.csv",
        "by_line.csv",
        "by_source.csv",
        "differences.csv",
        "replicates.csv",
        "results.csv",
    ]
    written = pd.read_csv(tables / "results.csv", keep_default_na=False)
    assert list(written.columns) == list(COLUMNS)
    assert len(written) == len(found)
    differences = pd.read_csv(tables / "differences.csv")
    assert list(differences.columns) == list(DIFFERENCE_COLUMNS)
    assert set(differences["model"]) == set(GROUPS["badger"])

    again = quick(badger, small_bundle, "--no-tables")
    assert again.code == 0, again.err
    assert again.err.splitlines() == ["3 of 3 units were done before"]
    assert again.out == ""


def test_the_whole_matrix_is_asked_for_unless_said_otherwise(badger, small_bundle, monkeypatch):
    plans = []
    monkeypatch.setattr(benchmark_module, "run", lambda bundle, plan, report: plans.append(plan))
    flags = ("--bundle", small_bundle.root, "--no-tables", "--threads", 0)
    assert badger("benchmark", *flags).code == 0
    some = ("--splits", "unseen-line,unseen-pair", "--models", "plain,mlp", "--start-fold", 2)
    assert badger("benchmark", *some, *flags).code == 0
    whole, part = plans
    assert len(whole.units) == 4 * len(GROUPS) * 5
    assert not whole.quick
    assert len(part.units) == 2 * 2 * 4
    assert part.root == whole.root
    assert whole.root.name == small_bundle.content_hash


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--models", "svm"], "There is no 'svm'. Choose among plain, badger, badger_light, mlp"),
        (["--models", "plain,svm"], "There is no 'svm'"),
        (["--splits", "random"], "There is no 'random'. Choose among unseen-compound"),
        (["--start-fold", 0], "fold 0 is for choosing settings"),
        (["--end-fold", 6], "Tested folds are 1 to 5"),
        (["--device", "tpu"], "Device 'tpu'"),
        (["--start-fold", 3, "--end-fold", 2], "No unit is finished yet"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_ends_with_code_one_and_the_reason(
    badger, small_bundle, tmp_path, arguments, reason
):
    said = badger("benchmark", *arguments, "--bundle", small_bundle.root, "--out", tmp_path / "out")
    assert said.code == 1
    assert said.err.splitlines()[-1].startswith("badger: ")
    assert reason in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    assert not (tmp_path / "out").exists()


def test_ctrl_c_says_that_what_was_finished_is_kept(badger, small_bundle, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(benchmark_module, "run", interrupted)
    said = badger("benchmark", "--bundle", small_bundle.root)
    assert said.code == 130
    assert "What was finished is kept" in said.err


def test_every_network_of_the_benchmark_is_a_named_run():
    assert set(GROUPS) - {"plain"} <= set(RUNS)
    assert set(QUICK_GROUPS) <= set(GROUPS)
