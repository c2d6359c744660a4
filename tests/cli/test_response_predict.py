"""`badger response predict` says what the page Sensitivity shows."""

import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from badger_core.cells.template import template
from badger_core.cli import response_genes
from badger_core.data.bundle import Bundle
from badger_core.export.tables import table_csv
from badger_core.predict.ask import read_compound
from badger_core.response.answer import across_lines
from badger_core.response.drug_genes import read_drug_genes, table_of
from badger_core.response.predictor import Sensitivity

COMMAND = ["response", "predict"]


def asked(badger: Callable, *arguments: str) -> str:
    said = badger(*COMMAND, *arguments)
    assert said.code == 0, said.err
    return said.out


def test_a_compound_over_all_lines_as_json(badger, bundle: Bundle) -> None:
    found = json.loads(asked(badger, "--compound", "dabrafenib", "--json"))
    molecule = read_compound(bundle.library, "dabrafenib").molecule
    table = across_lines(Sensitivity.load(), molecule)
    own = table[table["screen"] == "ctrp"]
    assert [row["line"] for row in found["rows"]] == own["line"].tolist()
    assert found["rows"][0]["predicted"] == pytest.approx(own["predicted"].iat[0])
    assert found["manifest"]["compound"] == "dabrafenib"


def test_named_lines_keep_their_places_among_all(badger) -> None:
    every = json.loads(asked(badger, "--compound", "dabrafenib", "--json"))["rows"]
    some = json.loads(asked(badger, "--compound", "dabrafenib", "--cells", "A375,MCF7", "--json"))
    place = {row["cell"]: row["rank"] for row in every}
    assert {row["cell"]: row["rank"] for row in some["rows"]} == {
        name: place[name] for name in ("A375", "MCF7")
    }
    said = asked(badger, "--compound", "dabrafenib", "--cells", "A375")
    assert "A375: " in said
    assert "80% interval" in said


def test_a_line_over_drugs_and_an_own_file(badger, tmp_path, bundle: Bundle) -> None:
    file = tmp_path / "own.csv"
    file.write_text(table_csv(template(bundle.genes, bundle.cells, "A375")), encoding="utf-8")
    known = json.loads(asked(badger, "--line", "A375", "--json"))["rows"]
    own = json.loads(asked(badger, "--expression", str(file), "--json"))["rows"]
    assert {row["drug"] for row in own} == {row["drug"] for row in known}
    assert any(row["measured"] is not None for row in known)
    assert all(row["measured"] is None for row in own)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "json"])
def test_files(badger, tmp_path, ending: str) -> None:
    file = tmp_path / f"out.{ending}"
    asked(badger, "--line", "MCF7", "--screen", "nci60", "--out", str(file))
    if ending == "csv":
        assert pd.read_csv(file)["predicted"].is_monotonic_decreasing
    elif ending == "parquet":
        assert set(pd.read_parquet(file)["screen"]) == {"nci60"}
    else:
        assert file.stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give --compound"),
        (["--compound", "dabrafenib", "--line", "A375"], "not both"),
        (["--line", "A375", "--screen", "gdsc"], "no screen 'gdsc'"),
        (["--line", "A375", "--out", "x.doc"], "no known ending"),
        (["--line", "NOSUCHLINE"], "No cell line is called"),
    ],
)
def test_a_wrong_question_is_a_sentence(badger, arguments: list[str], said: str) -> None:
    found = badger(*COMMAND, *arguments)
    assert found.code == 1
    assert said in found.err


def test_the_genes_of_drgt_are_written(badger, tmp_path, monkeypatch) -> None:
    table = table_of(
        np.array(["K1"]),
        pd.DataFrame({"symbol": ["A", "B"], "entrez": [1, 2]}),
        np.array([[0.2, 0.1]]),
        np.array([[1.0, 2.0]]),
    )
    monkeypatch.setattr(response_genes, "make_drug_genes", lambda report, refits: table)
    said = badger("response", "genes", "--out", str(tmp_path))
    assert said.code == 0
    assert "1 drugs, 2 rows" in said.out
    pd.testing.assert_frame_equal(read_drug_genes(tmp_path), table)
