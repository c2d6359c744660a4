"""Heatmaps and bars of attention: what is drawn is what was computed."""

import json
from typing import NamedTuple

import numpy as np
import pytest

from badger_core.explain.prediction import explain_prediction
from badger_core.explain.prediction_tables import fragment_table
from badger_core.plots.attention_bars import bars_height, deletion_bars
from badger_core.plots.attention_colours import INK, colour_at, ink_on, luminance, scale
from badger_core.plots.attention_grids import fragment_grid, gene_grid
from badger_core.plots.attention_heatmap import heatmap, heatmap_height


class Case(NamedTuple):
    """An explanation with directions of all genes."""

    explained: object
    directions: dict


@pytest.fixture(scope="module")
def case(predictor, vemurafenib, bundle):
    found = explain_prediction(predictor.ensemble, vemurafenib, bundle.cells.find("A375"), bundle)
    ways = {i: "up" if i % 2 else "down" for i in range(len(found.genes))}
    return Case(found, ways)


def test_cells_are_the_attention_in_per_cent_row_by_row(case):
    grid = fragment_grid(case.explained, [5, 2])
    spec = heatmap(grid)
    cells = spec["series"][0]["data"]
    n_columns = len(case.explained.fragments) + 1
    assert len(cells) == 2 * n_columns
    for row, p in enumerate((5, 2)):
        for column in range(n_columns):
            value = cells[row * n_columns + column]["value"]
            expected = 100 * case.explained.fragment_to_pathway[p, column]
            assert value == [column, row, pytest.approx(expected, abs=1e-4)]
    assert grid.columns[-1] == "none"
    json.dumps(spec)


def test_genes_are_columns_and_the_pseudo_token_is_the_last_row(case):
    grid = gene_grid(case.explained, [5, 2, 9], [10, 11], case.directions)
    assert grid.values.shape == (4, 2)
    expected = case.explained.pathway_to_gene[[10, 11]][:, [5, 2, 9, 160]].T
    assert grid.values == pytest.approx(expected)
    assert grid.rows[-1] == "none of them"
    assert [label[0] for label in grid.columns] == ["▼", "▲"]
    json.dumps(heatmap(grid, True))


def test_target_pathways_are_marked_by_a_sign_and_in_words(case):
    held = int(np.flatnonzero(case.explained.pathways["targets"].map(bool))[0])
    free = int(np.flatnonzero(~case.explained.pathways["targets"].map(bool))[0])
    grid = fragment_grid(case.explained, [held, free])
    assert grid.rows[0].startswith("● ")
    assert not grid.rows[1].startswith(("●", "○"))
    assert "taught, holds" in grid.words[0]
    assert "inferred" in grid.words[-1]


def test_the_chosen_cell_has_a_frame_that_takes_no_click(case):
    spec = heatmap(fragment_grid(case.explained, [5, 2], (2, 1)))
    frame = spec["series"][1]
    assert frame["silent"]
    assert [cell["value"][:2] for cell in frame["data"]] == [[1, 1]]
    assert heatmap(fragment_grid(case.explained, [5], (2, 1)))["series"][1]["data"] == []


def test_the_scale_has_a_title_and_numbers(case):
    grid = gene_grid(case.explained, [5], [10], case.directions)
    spec = heatmap(grid)
    assert "%" in spec["title"]["text"]
    assert "0.62" in spec["title"]["text"]
    assert spec["visualMap"]["text"][1] == "0%"
    assert heatmap_height(grid) > heatmap_height(fragment_grid(case.explained, [5, 2]))


@pytest.mark.parametrize("dark", [False, True])
def test_numbers_read_on_every_colour_and_the_scale_rises(dark):
    lights = [luminance(colour) for colour in scale(dark)]
    assert lights == sorted(lights, reverse=not dark)
    assert [colour_at(i / 7, dark) for i in range(8)] == scale(dark)
    for share in np.linspace(0, 1, 101):
        light, ink = (luminance(f(share, dark)) for f in (colour_at, ink_on))
        high, low = max(light, ink) + 0.05, min(light, ink) + 0.05
        assert high / low >= 4.5
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert luminance(INK[False]) < 0.05


def test_bars_stand_beside_each_other_and_a_missing_effect_is_no_zero(case):
    table = fragment_table(case.explained)
    spec = deletion_bars(table)
    left, right = spec["series"]
    assert [item["value"] for item in left["data"]] == pytest.approx(
        (100 * table["attention"]).round(6).tolist()
    )
    assert [item["value"] for item in right["data"]] == pytest.approx(
        table["order"].round(6).tolist()
    )
    single = table.head(1).assign(order=np.nan, order_sd=np.nan)
    item = deletion_bars(single)["series"][1]["data"][0]
    assert item["label"]["formatter"] == "not testable"
    assert bars_height(single) < bars_height(table)
    json.dumps(deletion_bars(single, True))
