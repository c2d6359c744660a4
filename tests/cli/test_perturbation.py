"""`badger perturbation train|test|grn|page`, on 900 cells of the screen and a single epoch."""

import json
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from badger_core import paths
from badger_core.data.perturbation import CellScreen
from badger_core.perturbation import benchmark, benchmark_cases, shipped
from badger_core.perturbation.edges_table import COLUMNS
from tests.perturbation.conftest import screen, small_screen  # noqa: F401  (fixtures)


@pytest.fixture
def little(monkeypatch, tmp_path: Path, small_screen: CellScreen) -> Path:  # noqa: F811
    """A small screen, and folders of the test's own."""
    for module in (benchmark, benchmark_cases, shipped):
        monkeypatch.setattr(module, "good_cells", lambda: small_screen)
    monkeypatch.setattr(benchmark_cases, "FOLDS", 2)
    monkeypatch.setenv("BADGER_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path / "made"))
    benchmark._cells.cache_clear()
    yield tmp_path
    benchmark._cells.cache_clear()


def test_trained_then_asked_for_its_network(badger, little: Path) -> None:
    trained = badger("perturbation", "train", "--seeds", 1, "--epochs", 1, "--deals", 10, "--json")
    assert trained.code == 0, trained.err
    assert "training 1 of 1: epoch 1/1" in trained.err
    drawn = json.loads(trained.out)
    every = json.loads(badger("perturbation", "grn", "--all", "--json").out)
    assert len(every) == 4 * 9 - 3
    assert tuple(every[0]) == COLUMNS
    assert [row["gene"] for row in every if row["drawn"]] == [row["gene"] for row in drawn]
    again = badger("perturbation", "train", "--seeds", 1, "--epochs", 1, "--deals", 10)
    assert "going on after epoch 1" in again.err
    out = little / "network.graphml"
    assert badger("perturbation", "grn", "--all", "--target", "stat1", "--out", out).code == 0
    assert set(nx.read_graphml(out).edges) == {
        ("STAT1", r["gene"]) for r in every if r["target"] == "STAT1"
    }


def test_questions_are_answered_and_written(badger, little: Path, monkeypatch) -> None:
    monkeypatch.delenv("BADGER_PERTURBATION")
    out = little / "tables"
    said = badger(
        *("perturbation", "test", "--question", "unseen targets", "--seeds", 2),
        *("--epochs", 1, "--out", out, "--json"),
    )
    assert said.code == 0, said.err
    rows = json.loads(said.out)
    assert {row["seeds"] for row in rows} == {2}
    table = pd.read_csv(out / "perturbation.csv")
    assert set(table["contender"]) == {"STRING neighbours", "mean of all targets"}
    assert json.loads((out / "perturbation.json").read_text())["settings"]["epochs"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("test", "--question", "weather"), "Choose among"),
        (("grn",), "badger perturbation train"),
        (("train", "--device", "abacus", "--seeds", "1"), "auto, cpu or cuda"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(badger, little: Path, arguments, words) -> None:
    said = badger("perturbation", *arguments)
    assert said.code == 1
    assert words in said.err
    assert "Traceback" not in said.err


def test_page_is_written_from_the_committed_tables(badger, little: Path, monkeypatch) -> None:
    monkeypatch.setattr(paths, "ROOT", little)
    said = badger("perturbation", "page")
    assert said.code == 1
    assert "badger perturbation test" in said.err
    folder = little / "data" / "benchmark"
    folder.mkdir(parents=True)
    columns = ["question", "seed", "contender", "metric", "value", "low", "high"]
    row = ["no effect", 0, "GPO-VAE", "edges", 0, None, None]
    pd.DataFrame([row], columns=columns).to_csv(folder / "perturbation.csv", index=False)
    (little / "docs").mkdir()
    assert badger("perturbation", "page").code == 0
    text = (little / "docs" / "PERTURBATION.md").read_text(encoding="utf-8")
    assert "no edge where nothing has an effect" in text
