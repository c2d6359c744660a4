"""`badger explain`: the same figures as the page, in text, JSON and files."""

import json

import pandas as pd
import pytest


def test_words_and_tables_are_printed(badger):
    said = badger("explain", "--compound", "vemurafenib", "--cell", "A375", "--gene", "ptgs2")
    assert said.code == 0
    assert "Attention rests most on fragment" in said.out
    assert "of this prediction" in said.out
    assert "strongest routes to PTGS2" in said.out


def test_json_holds_the_figures_and_a_folder_all_tables(badger, tmp_path):
    out = tmp_path / "explained"
    said = badger("explain", "--compound", "CCO", "--cell", "A375", "--top", 3, "--json",
                  "--out", out)  # fmt: skip
    assert said.code == 0
    found = json.loads(said.out)
    assert len(found["pathways"]) == 3
    assert found["fragments"][0]["order"] is None
    assert found["parts"]["cascade"] + found["parts"]["kernel"] == pytest.approx(1, abs=1e-3)
    assert {file.name for file in out.iterdir()} == {
        "fragments.csv",
        "pathways.csv",
        "agreement.csv",
        "map_fragments_of_pathways.csv",
        "map_pathways_of_genes.csv",
        "manifest.json",
    }
    assert len(pd.read_csv(out / "map_pathways_of_genes.csv")) == 161


def test_one_csv_holds_the_routes_of_the_gene(badger, tmp_path):
    out = tmp_path / "routes.csv"
    badger("explain", "--compound", "CCO", "--cell", "A375", "--gene", "PTGS2", "--out", out)
    assert set(pd.read_csv(out)["gene"]) == {"PTGS2"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--compound", "vemurafenb", "--cell", "A375"), "Spelt alike"),
        (("--compound", "CCO", "--cell", "A735"), "No cell line is called"),
        (("--compound", "CCO", "--cell", "A375", "--gene", "NOGENE"), "landmark genes"),
    ],
)
def test_bad_input_gets_a_sentence(badger, arguments, said):
    found = badger("explain", *arguments)
    assert found.code != 0
    assert said in found.err
