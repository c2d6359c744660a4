"""`badger bench repurposing` from predictions to the page, on a part of the library."""

import json

import numpy as np
import pytest

from badger_core.cli import bench_repurposing
from badger_core.repurpose.line_predictions import LinePredictions
from badger_core.repurpose.validate_report import FILES, RECORD

DISEASES = ("hypertension", "rheumatoid arthritis", "breast cancer", "lung cancer", "asthma")


@pytest.fixture(scope="module")
def drugs(bundle) -> np.ndarray:
    """Library drugs that PharmacotherapyDB lists for some diseases."""
    listed = bundle.diseases.indications
    hub = set(bundle.library.hub["ik14"])
    return np.array(sorted(set(listed.loc[listed["disease"].isin(DISEASES), "ik14"]) & hub))


@pytest.fixture
def predicted(monkeypatch, drugs) -> None:
    """Two lines of changes without meaning, in place of the shipped ones."""
    random = np.random.default_rng(4)

    def line() -> LinePredictions:
        numbers, words = np.ones(len(drugs), np.float32), np.full(len(drugs), "inside")
        changes = random.normal(size=(len(drugs), 978)).astype(np.float32)
        badge = np.where(np.arange(len(drugs)) % 2, "unseen compound", "measured pair")
        return LinePredictions(drugs, changes, numbers, numbers, badge, words, words)

    source = {"predictions": "none", "sha256": "0" * 64, "model": "none"}
    lines = [("A375", line()), ("MCF7", line())]
    monkeypatch.setattr(bench_repurposing, "_shipped", lambda *_: (iter(lines), dict(source)))


def test_tables_page_and_scores(badger, predicted, tmp_path, drugs) -> None:
    page, kept = tmp_path / "docs" / "REPURPOSING.md", tmp_path / "scores.npz"
    call = ("bench", "repurposing", "--out", tmp_path, "--page", page, "--scores", kept)
    said = badger(*call, "--json")
    assert said.code == 0, said.err
    record = json.loads(said.out)
    assert record == json.loads((tmp_path / RECORD).read_text("utf-8"))
    assert 0.3 < record["primary"]["auroc"] < 0.7
    assert record["drugs"]["library"] == len(drugs)
    assert record["badges"]["A375"]["unseen compound"] == len(drugs) // 2
    assert record["own_lines"] == {"breast cancer": ["MCF7"], "melanoma": ["A375"]}
    assert record["sentence"] in page.read_text("utf-8")
    assert "| hypertension |" in page.read_text("utf-8")
    first = {name: (tmp_path / name).read_bytes() for name in FILES.values()}
    again = badger(*call)
    assert again.code == 0
    assert "scoring" not in again.err
    assert {name: (tmp_path / name).read_bytes() for name in FILES.values()} == first


def test_scores_of_something_else_are_refused(badger, predicted, tmp_path, monkeypatch) -> None:
    wrong = tmp_path / "scores.npz"
    wrong.write_bytes(b"no npz")
    said = badger("bench", "repurposing", "--out", tmp_path, "--scores", wrong)
    assert said.code == 1
    assert "holds no scores" in said.err


def test_a_page_needs_a_name_and_tables(badger, tmp_path) -> None:
    said = badger("bench", "repurposing", "--page", tmp_path / "page.txt")
    assert said.code == 1
    assert "no Markdown file" in said.err
    page = tmp_path / "page.md"
    said = badger("bench", "repurposing", "--only-page", "--out", tmp_path, "--page", page)
    assert said.code == 1
    assert "cannot be read" in said.err


def test_without_shipped_predictions_it_says_how_to_get_them(badger, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("BADGER_PREDICTIONS", str(tmp_path))
    said = badger("bench", "repurposing", "--out", tmp_path, "--page", tmp_path / "page.md")
    assert said.code == 1
    assert "badger ship-predictions" in said.err
