"""Files of a ranking: they read back, and no spreadsheet runs a cell of them."""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from badger_core.export.tables import (
    escaped,
    manifest_json,
    ranking_csv,
    read_ranking,
    write_ranking,
)
from badger_core.export.workbook import ranking_xlsx
from badger_core.predict.ranking import Ranking
from badger_core.schema import RANKING_COLUMNS


@pytest.fixture
def ranking() -> Ranking:
    table = pd.DataFrame(
        {
            "symbol": ["SEPTIN2", "NA", "=1+1"],
            "entrez": [4735, 7, 8],
            "rank": [1, 2, 3],
            "score": [0.5, 0.0, -0.25],
            "direction": ["up", "down", "down"],
            "spread": [0.1, 0.0, 0.2],
            "chance": [0.5, 0.25, np.nan],
        }
    )
    manifest = {
        "app_version": "0.1.0",
        "date": "2025-01-31",
        "compound": {"inchikey": "ABCDEFGHIJKLMN-UHFFFAOYSA-N", "name": "@x", "notes": ["a"]},
        "cell": {"name": "BT 474/2"},
        "model": {"hash": "0123abcd"},
    }
    return Ranking(table, manifest)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_formulas_are_escaped(text: str) -> None:
    assert escaped(text) == f"'{text}"


def test_names_are_left_alone() -> None:
    assert escaped("HLA-DRA") == "HLA-DRA"


def test_csv_escapes_texts_and_keeps_numbers(ranking: Ranking) -> None:
    lines = ranking_csv(ranking).split("\r\n")
    assert lines[0] == ",".join(RANKING_COLUMNS)
    assert lines[1] == "SEPTIN2,4735,1,0.5,up,0.1,0.5"
    assert lines[3] == "'=1+1,8,3,-0.25,down,0.2,"


def test_csv_and_manifest_read_back(ranking: Ranking, tmp_path: Path) -> None:
    path = tmp_path / "new" / f"{ranking.file_stem}.csv"
    write_ranking(ranking, path)
    assert path.name == "badger_ABCDEFGHIJKLMN_BT-474-2_2025-01-31_app0.1.0_model0123abcd.csv"
    assert read_ranking(path)["symbol"].tolist() == ["SEPTIN2", "NA", "'=1+1"]
    assert json.loads(path.with_suffix(".json").read_text()) == ranking.manifest
    assert json.loads(manifest_json(ranking)) == ranking.manifest


def test_the_workbook_holds_texts_as_texts(ranking: Ranking) -> None:
    book = load_workbook(io.BytesIO(ranking_xlsx(ranking)))
    genes = book["genes"]
    assert [cell.value for cell in genes[1]] == list(RANKING_COLUMNS)
    assert [genes.cell(row, 1).value for row in (2, 3, 4)] == ["SEPTIN2", "NA", "=1+1"]
    assert {genes.cell(row, 1).data_type for row in (2, 3, 4)} == {"s"}
    assert genes.cell(4, 4).value == -0.25
    fields = {row[0].value: row[1].value for row in book["manifest"].iter_rows(min_row=2)}
    assert fields["compound.name"] == "@x"
    assert fields["compound.notes"] == '["a"]'
