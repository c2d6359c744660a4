"""`badger perturbation match` says what the page's tab shows, and tests itself on known drugs."""

import json

import pandas as pd
import pytest

from badger_core.paths import benchmark_dir
from badger_core.repurpose.overexpression_words import FILE

COMMAND = ["perturbation", "match"]
DRUG = ["--compound", "refametinib", "--cells", "A375"]


def test_a_drug_as_words_and_as_json(badger) -> None:
    said = badger(*COMMAND, *DRUG, "--top", "3")
    assert said.code == 0, said.err
    assert said.out.startswith("refametinib in A375: ")
    assert "An inhibitor should act against the gain of its target" in said.out
    found = json.loads(badger(*COMMAND, *DRUG, "--json").out)
    rows = pd.DataFrame(found["rows"])
    assert len(rows) == 399
    assert rows["p"].is_monotonic_increasing
    assert rows["p"].min() >= 1 / 6643
    assert (rows["fdr"] >= rows["p"]).all()
    like = rows["match"].str.startswith("acts like gain of")
    assert (like == (rows["z"] > 0)).all()
    raf = rows.set_index("symbol").loc["RAF1"]  # a MEK inhibitor acts below RAF1
    assert raf["z"] < -2
    assert found["manifest"]["lines"] == "A375"
    assert "6,643" in found["manifest"]["null"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_files(badger, tmp_path, ending: str) -> None:
    file = tmp_path / f"match.{ending}"
    said = badger(*COMMAND, *DRUG, "--out", file)
    assert said.code == 0, said.err
    if ending == "csv":
        table = pd.read_csv(file)
    elif ending == "xlsx":
        table = pd.read_excel(file, sheet_name="matches")
    else:
        table = pd.DataFrame(json.loads(file.read_text(encoding="utf-8"))["rows"])
    assert len(table) == 399
    assert {"symbol", "entrez", "match", "score", "p", "fdr", "landmarks"} <= set(table)


def test_the_committed_test_on_known_drugs_is_what_the_command_makes(badger, tmp_path) -> None:
    file = tmp_path / "recovery.csv"
    said = badger(*COMMAND, "--validate", "--out", file)
    assert said.code == 0, said.err
    again, kept = pd.read_csv(file), pd.read_csv(benchmark_dir() / FILE)
    pd.testing.assert_frame_equal(again, kept, rtol=1e-3)
    assert kept["pairs"].max() > 400


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give --compound and --cells"),
        (["--compound", "refametinib"], "Give --compound and --cells"),
        ([*DRUG, "--out", "match.pdf"], "has no known ending"),
        (["--compound", "no such drug", "--cells", "A375"], "no such drug"),
        (["--compound", "refametinib", "--cells", "nowhere"], "nowhere"),
        (["--validate", "--out", "match.json"], "ends with .csv"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(badger, arguments: list[str], said: str) -> None:
    found = badger(*COMMAND, *arguments)
    assert found.code == 1
    assert said in found.err
    assert "Traceback" not in found.err


def test_without_the_table_it_says_the_command(badger, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    found = badger(*COMMAND, *DRUG)
    assert found.code == 1
    assert "badger data build-perturbation" in found.err
