"""RNK, GMT and JSON of a ranking, and the choice of a format by the file's ending."""

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from badger_core.errors import SettingError
from badger_core.export.gene_sets import GeneSet, gmt, ranking_gmt
from badger_core.export.ranking_files import (
    MORE,
    ONE_CLICK,
    ranking_json,
    ranking_rnk,
    write_ranking_as,
)
from badger_core.export.tables import read_ranking
from badger_core.predict.predictor import Predictor
from badger_core.predict.ranking import Ranking


@pytest.fixture(scope="module")
def ranking(predictor: Predictor) -> Ranking:
    return predictor.ask("vemurafenib", "A375")


def test_rnk_is_symbol_and_score_without_header(ranking: Ranking) -> None:
    table = pd.read_csv(io.StringIO(ranking_rnk(ranking)), sep="\t", header=None, na_filter=False)
    assert table.shape == (978, 2)
    assert table[0].tolist() == ranking.table["symbol"].tolist()
    assert (table[1].to_numpy() == ranking.table["score"].to_numpy()).all()


def test_gmt_holds_the_strongest_genes_of_each_direction(ranking: Ranking) -> None:
    up, down = (line.split("\t") for line in ranking_gmt(ranking, 20).splitlines())
    assert up[0] == "vemurafenib_A375_up"
    assert ranking.manifest["model"]["hash"] in up[1]
    assert up[2:] == ranking.top("up", 20)["symbol"].tolist()
    assert down[2:] == ranking.top("down", 20)["symbol"].tolist()


def test_a_gene_that_goes_up_is_in_no_set_of_those_that_go_down(ranking: Ranking) -> None:
    all_up = replace(ranking, table=ranking.table.head(8).assign(direction="up"))
    assert [line.split("\t")[0][-3:] for line in ranking_gmt(all_up, 5).splitlines()] == ["_up"]


def test_names_hold_no_tab_and_no_line_break(ranking: Ranking) -> None:
    table = ranking.table.assign(symbol=ranking.table["symbol"] + "\t\n x")
    wild = Ranking(table, ranking.manifest | {"compound": {"name": "a\tb\n", "inchikey": "k\tk"}})
    assert all(line.count("\t") == 1 for line in ranking_rnk(wild).splitlines())
    lines = ranking_gmt(wild, 3).splitlines()
    assert len(lines) == 2
    assert all(line.count("\t") == 4 for line in lines)
    assert lines[0].startswith("a_b_A375_up\t")


def test_sets_of_one_name_are_refused_and_empty_ones_left_out() -> None:
    assert gmt([GeneSet("a", ["x"]), GeneSet("b", [], "said")]) == "a\t-\tx\n"
    with pytest.raises(SettingError, match="same name"):
        gmt([GeneSet("a", ["x"]), GeneSet("a ", ["y"])])


def test_json_holds_everything_and_no_nan(ranking: Ranking) -> None:
    unknown = replace(ranking, table=ranking.table.assign(chance=np.nan))
    content = json.loads(ranking_json(unknown), parse_constant=pytest.fail)
    assert content["manifest"] == ranking.manifest
    assert [gene["score"] for gene in content["genes"]] == ranking.table["score"].tolist()
    assert content["genes"][0]["chance"] is None


def test_the_ending_names_the_format(ranking: Ranking, tmp_path: Path) -> None:
    for one in (*ONE_CLICK, *MORE):
        path = tmp_path / f"{ranking.file_stem}{one.ending}"
        write_ranking_as(ranking, path)
        assert path.stat().st_size > 500
    stem = str(tmp_path / ranking.file_stem)
    assert json.loads(Path(f"{stem}.manifest.json").read_text("utf-8")) == ranking.manifest
    assert "genes" in json.loads(Path(f"{stem}.json").read_text("utf-8"))
    assert read_ranking(Path(f"{stem}.csv"))["symbol"].tolist() == ranking.table["symbol"].tolist()
    assert load_workbook(f"{stem}.xlsx")["genes"].max_row == 979
    with pytest.raises(SettingError, match="names no known format"):
        write_ranking_as(ranking, tmp_path / "ranking.docx")
