"""A ranking is the mean of the members in falling order, by hand and for real questions."""

import re

import numpy as np
import pytest

from badger_core.genes.panel import GenePanel
from badger_core.predict.ranking import Ranking, rank_genes
from badger_core.schema import RANKING_COLUMNS


@pytest.fixture
def four_genes(bundle):
    return GenePanel(bundle.genes.table.head(4))


@pytest.fixture(scope="module")
def ranking(predictor):
    return predictor.ask("vemurafenib", "A375")


def test_ranks_by_hand(four_genes):
    members = np.array([[1.0, -2.0, 0.5, 4.0], [3.0, -2.0, -0.5, 2.0]], np.float32)
    table = rank_genes(four_genes, members)
    assert table["symbol"].tolist() == ["ABCF1", "DDR1", "RPS5", "PAX8"]
    assert table["entrez"].tolist() == [23, 780, 6193, 7849]
    assert table["rank"].tolist() == [1, 2, 3, 4]
    assert table["score"].tolist() == [3, 2, 0, -2]
    assert table["spread"].tolist() == [1, 1, 0.5, 0]
    assert table["direction"].tolist()[::3] == ["up", "down"]
    assert table["chance"].isna().all()


def test_the_chance_is_the_one_of_the_direction(four_genes):
    up, down = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.5, 0.6, 0.7, 0.8])
    table = rank_genes(four_genes, np.array([[3.0, -1, 2, -2]]), (up, down))
    assert table["direction"].tolist() == ["up", "up", "down", "down"]
    assert table["chance"].tolist() == [0.1, 0.3, 0.6, 0.8]


def test_equal_scores_keep_panel_order(four_genes):
    table = rank_genes(four_genes, np.ones((1, 4), np.float32))
    assert table["symbol"].tolist() == four_genes.symbols


def test_one_member_has_no_spread(four_genes):
    assert (rank_genes(four_genes, np.array([[3.0, 1, 2, 0]]))["spread"] == 0).all()


def test_a_ranking_holds_every_landmark_once_and_is_sorted(ranking, bundle):
    table = ranking.table
    assert tuple(table.columns) == RANKING_COLUMNS
    assert table["rank"].tolist() == list(range(1, 979))
    assert sorted(table["entrez"]) == sorted(bundle.genes.entrez)
    assert table["score"].is_monotonic_decreasing
    assert (table["spread"] >= 0).all()
    assert np.isfinite(table[["score", "spread"]]).all(axis=None)
    symbol = dict(zip(bundle.genes.entrez, bundle.genes.symbols, strict=True))
    assert table["symbol"].tolist() == [symbol[e] for e in table["entrez"]]


def test_direction_is_the_sign_of_the_score(ranking):
    table = ranking.table
    assert set(table["direction"]) == {"up", "down"}
    assert (table.loc[table["score"] > 0, "direction"] == "up").all()
    assert (table.loc[table["score"] < 0, "direction"] == "down").all()


def test_the_top_is_the_strongest_first_in_both_directions(ranking):
    up, down = ranking.top("up", 5), ranking.top("down", 5)
    assert up["rank"].tolist() == [1, 2, 3, 4, 5]
    assert down["rank"].tolist() == [978, 977, 976, 975, 974]
    assert ranking.top("down", 978)["rank"].tolist() == list(range(978, 0, -1))


def test_the_file_name_names_structure_line_date_app_and_model(ranking):
    assert re.fullmatch(
        r"badger_GPXBXXGIAQBQNI_A375_\d{4}-\d\d-\d\d_app[\d.]+_model[0-9a-f]{8}", ranking.file_stem
    )


def test_a_file_name_holds_no_sign_that_a_file_system_minds(ranking):
    cell = ranking.manifest["cell"] | {"name": "A/B:C d"}
    assert "A-B-C-d" in Ranking(ranking.table, ranking.manifest | {"cell": cell}).file_stem


def test_the_file_of_an_upload_names_the_sample(ranking):
    cell = {"name": "upload:df6e08ae9c8f", "display_name": "my line 1"}
    stem = Ranking(ranking.table, ranking.manifest | {"cell": cell}).file_stem
    assert "_my-line-1-upload-df6e08ae9c8f_" in stem
