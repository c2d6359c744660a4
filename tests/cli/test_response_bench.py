"""`badger response test`: units in several processes, kept, judged and told as JSON."""

import json

import pandas as pd
import pytest

from badger_core import paths

ASKED = ("response", "test", "--screen", "nci60", "--split", "random", "--folds", "1", "--json")


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    """Unfinished runs and tables go to a folder of the test's own."""
    monkeypatch.setattr(paths, "runs_dir", lambda: tmp_path / "runs")
    return tmp_path


def test_units_run_in_two_processes_and_are_not_done_twice(badger, own_folder):
    asked = (*ASKED, "--model", "line mean,drug mean", "--jobs", "2", "--no-tables")
    said = badger(*asked)
    assert said.code == 0, said.err
    found = pd.DataFrame(json.loads(said.out, parse_constant=pytest.fail))
    assert set(found["model"]) == {"line mean", "drug mean"}
    auroc = found[found["metric"] == "auroc"].set_index("model")["value"]
    assert auroc["line mean"] == pytest.approx(0.92, abs=0.02)  # SIBLINGS 2.8: 0.9206 (measured)
    assert "2 of 2 units" in said.err
    again = badger(*asked)
    assert "2 of 2 units were done before" in again.err
    assert again.out == said.out


def test_tables_are_written_where_asked(badger, own_folder):
    out = own_folder / "tables"
    said = badger(*ASKED, "--model", "line mean", "--out", out)
    assert said.code == 0, said.err
    table = pd.read_csv(out / "response.csv")
    assert set(table["model"]) == {"line mean"}
    assert {"value", "low", "high", "fold_mean", "n_pairs", "seconds"} <= set(table.columns)


def test_a_wrong_contender_is_one_sentence(badger):
    said = badger("response", "test", "--model", "oracle")
    assert said.code == 1
    assert "There is no 'oracle'. Choose among line mean" in said.err
