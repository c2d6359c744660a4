"""`badger enrich` prints, writes and reports what the library computes, or says why not."""

import json

import pandas as pd
import pytest

from badger_core.pathways.enrichment import enrich
from badger_core.pathways.enrichment_sets import choose_sets

ASKED = ("enrich", "--compound", "vemurafenib", "--cell", "A375")


def test_sets_and_footprints_are_printed_and_written(badger, tmp_path):
    out = tmp_path / "sets.csv"
    said = badger(*ASKED, "--progeny", "--permutations", 200, "--out", out)
    assert said.code == 0
    assert "G2M checkpoint (Hallmark), down" in said.out
    assert "Trail: not scored" in said.out
    assert "shuffled genes" in said.out
    sets = pd.read_csv(out)
    assert sets["pathway"].iat[0] == "HALLMARK_G2M_CHECKPOINT"
    assert len(pd.read_csv(tmp_path / "sets_progeny.csv")) == 14


def test_json_holds_the_numbers_of_the_library(badger, bundle, predictor):
    said = badger(*ASKED, "--method", "ora", "--collection", "pid", "--top", 50, "--json")
    found = json.loads(said.out)
    assert found["enrichment"] == {"method": "ora", "collection": "pid", "seed": 0, "top": 50}
    assert found["manifest"]["cell"]["name"] == "A375"
    sets = choose_sets(bundle.pathways.table, bundle.genes.entrez, "pid")
    expected = enrich(predictor.ask("vemurafenib", "A375").table, sets, "ora", 50)
    assert [s["pathway"] for s in found["sets"]] == expected["pathway"].tolist()
    assert [s["p"] for s in found["sets"]] == pytest.approx(expected["p"].tolist(), abs=1e-9)
    assert "progeny" not in found


def test_the_drug_specific_part_says_what_was_taken_off(badger):
    said = badger(*ASKED, "--drug-specific")
    assert said.code == 0
    assert "of the differences between genes remain" in said.out
    assert "drug-free" in said.out
    found = json.loads(badger(*ASKED, "--drug-specific", "--json").out)
    assert 0 < found["enrichment"]["drug_specific"]["variance_left"] < 1
    assert {"drug_free_nes", "drug_free_fdr"} < set(found["sets"][0])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--collection", "kegg"], "no collection 'kegg'"),
        (["--method", "magic"], "no method 'magic'"),
        (["--method", "ora", "--top", 5], "Take 10 to 300 genes"),
        (["--permutations", 5], "Take 100 to 100000 permutations"),
    ],
)
def test_what_cannot_be_done_ends_with_code_one_and_the_reason(badger, arguments, reason):
    said = badger(*ASKED, *arguments)
    assert said.code == 1
    assert reason in said.err
    assert said.out == ""
