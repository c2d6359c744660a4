"""`badger cells` and `badger predict --expression` do what the pages do."""

import json

import pandas as pd
import pytest

from badger_core.cells.neighbours import place_lines, similar_lines
from badger_core.data.expression_file_lines import lines_of_file


@pytest.fixture
def file(bundle, tmp_path):
    """Two NCI-60 lines as a CSV."""
    cells = ["MCF7", "A549"]
    values = {cell: bundle.cells.basal(cell, "NCI-60 microarray") for cell in cells}
    path = tmp_path / "own.csv"
    pd.DataFrame(values, index=bundle.genes.symbols).to_csv(path)
    return path


def test_similar_lines_are_those_of_the_library(badger, bundle, tmp_path):
    out = tmp_path / "alike.csv"
    said = badger("cells", "similar", "--cell", "ovcar-8", "--top", 3, "--out", out, "--json")
    assert said.code == 0, said.err
    expected = similar_lines(place_lines(bundle.cells), bundle.cells.find("OVCAR8"))
    found = json.loads(said.out)
    assert [row["cell"] for row in found["similar"]] == expected["cell"].head(3).tolist()
    assert found["mapping"] is None
    assert len(pd.read_csv(out)) == len(expected)


def test_an_own_file_finds_its_line(badger, bundle, file):
    said = badger("cells", "similar", "--expression", file, "--sample", "a549", "--json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    assert found["line"]["name"] == lines_of_file(file, bundle).lines[1].name
    assert found["similar"][0]["cell"] == "A549"
    assert found["mapping"]["landmarks"]["found"] == 965
    assert "965 of 978 landmark genes found" in said.err


def test_similar_lines_are_told_in_words(badger, file):
    said = badger(
        "cells", "similar", "--expression", file, "--sample", "MCF7", "--platform", "nci60"
    )
    assert said.code == 0, said.err
    assert "Lines similar to MCF7, centred on NCI-60 microarray" in said.out
    assert "(your sample has its name: likely the same line)" in said.out


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        ([], 2, "give either --cell or --expression"),
        (["--cell", "A375", "--expression", "x.csv"], 2, "give either"),
        (["--cell", "A735"], 1, "Did you mean A375?"),
        (["--expression", "nowhere.csv"], 1, "'nowhere.csv' cannot be opened"),
        (["--expression", "FILE"], 1, "has 2 samples: MCF7, A549. Name one by --sample"),
        (["--expression", "FILE", "--sample", "MCF8"], 1, "Did you mean MCF7"),
        (["--expression", "FILE", "--platform", "own"], 1, "2 samples are too few"),
        (["--expression", "FILE", "--platform", "x"], 1, "There is no platform 'x'"),
    ],
)
def test_what_cannot_be_compared_ends_with_the_reason(badger, file, arguments, code, reason):
    said = badger("cells", "similar", *[str(file) if a == "FILE" else a for a in arguments])
    assert said.code == code
    assert reason in " ".join(said.err.replace("│", " ").split())
    assert "Traceback" not in said.err


def test_lines_are_searched(badger):
    said = badger("cells", "search", "CVCL_0132", "--json")
    assert (said.code, [row["cell"] for row in json.loads(said.out)]) == (0, ["A375"])
    assert "MDAMB231" in badger("cells", "search", "mda-mb").out
    nothing = badger("cells", "search", "no such line", "--json")
    assert (nothing.code, json.loads(nothing.out)) == (1, [])


def test_the_template_can_be_predicted_for(badger, tmp_path):
    file = tmp_path / "template.csv"
    assert badger("cells", "template", "--out", file).code == 0
    own = badger("predict", "--compound", "vemurafenib", "--expression", file, "--json")
    line = badger("predict", "--compound", "vemurafenib", "--cell", "MCF7", "--json")
    assert own.code == 0, own.err
    own, line = json.loads(own.out), json.loads(line.out)
    assert own["manifest"]["cell"]["name"].startswith("upload:")
    assert own["manifest"]["cell"]["landmarks"] == 978
    assert own["manifest"]["familiarity"]["badge"] == "unseen line"
    key = ["symbol", "score"]
    scores = [pd.DataFrame(said["genes"])[key].set_index("symbol") for said in (own, line)]
    assert scores[0]["score"].corr(scores[1]["score"]) > 0.999


def test_predict_takes_one_of_line_and_file(badger, file):
    said = badger("predict", "--compound", "vemurafenib")
    assert said.code == 2
    both = badger("predict", "--compound", "x", "--cell", "A375", "--expression", file)
    assert both.code in (1, 2)


def test_a_line_may_stand_without_its_option(badger):
    bare, named = (badger("cells", "similar", *a) for a in (("K562",), ("--cell", "K562")))
    assert bare.code == 0, bare.err
    assert bare.out == named.out
    assert badger("cells", "similar", "K562", "--cell", "A375").code == 2
