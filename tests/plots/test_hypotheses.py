"""Figures of hypotheses: signs, rows and places are those of the tables."""

import json

import numpy as np
import pandas as pd
import pytest

from badger_core.plots.hypotheses import alike_bars, class_dots, control_figure, marked
from badger_core.plots.hypotheses_network import KINDS, network_figure, network_height, positions
from badger_core.plots.turned_bars import turned_bars_html

TABLE = pd.DataFrame(
    {
        "name": ["a", "b", "c", "(no drug)", "d"],
        "rank": pd.array([1, 2, 3, None, 4], "Int64"),
        "score": [-0.4, -0.3, -0.1, -0.05, 0.2],
        "percentile": [100.0, 75.0, 50.0, 40.0, 0.0],
        "known": ["new", "known (Hub)", "judged no indication (NOT)", "", "new"],
        "control": [
            "",
            "",
            "negative control: judged no indication (NOT)",
            "negative control: no drug (the lines' mean prediction)",
            "negative control: predicted nearly inert",
        ],
    }
)
NODES = pd.DataFrame(
    [
        ("disease:x", "disease", "x", np.nan, ""),
        ("drug:k", "drug", "<b>k</b>", 99.0, "new"),
        ("gene:UP", "gene", "UP", 2.0, "up in the disease"),
        ("gene:DN", "gene", "DN", -2.0, "down in the disease"),
        ("line:A", "line", "A", np.nan, ""),
    ],
    columns=["id", "kind", "label", "value", "note"],
)
EDGES = pd.DataFrame(
    [
        ("disease:x", "line:A", "asked in", 1.0, ""),
        ("drug:k", "gene:DN", "raised", 0.2, ""),
        ("drug:k", "gene:UP", "lowered", 0.8, ""),
        ("line:A", "drug:k", "reverses in", -0.4, ""),
    ],
    columns=["source", "target", "kind", "weight", "note"],
)


def test_known_drugs_and_controls_are_marked_once_each_best_first():
    found = marked(TABLE)
    assert found["name"].tolist() == ["b", "c", "(no drug)", "d"]
    assert found["kind"].str.startswith("Control").tolist() == [False, True, True, True]


@pytest.mark.parametrize("dark", [False, True])
def test_the_histogram_counts_the_compounds_and_no_row_without_a_drug(dark):
    figure = control_figure(TABLE, dark)
    assert figure.data[0].customdata.sum() == 4
    assert sum(len(trace.x) for trace in figure.data[1:]) == 4


def test_a_class_is_hollow_where_it_is_not_sure():
    table = pd.DataFrame(
        {
            "kind": ["target", "mechanism"],
            "class": ["EGFR", "x" * 60],
            "members": [9, 3],
            "in_top": [2, 0],
            "auroc": [0.9, 0.3],
            "fdr": [0.01, 0.2],
        }
    )
    trace = class_dots(table, 5).data[0]
    assert trace.marker.symbol == ("circle", "circle-open")
    assert trace.marker.color[0] != trace.marker.color[1]


def test_diseases_alike_are_as_long_as_their_correlation():
    table = pd.DataFrame(
        {"disease": ["a", "b"], "spearman": [0.3, -0.1], "percentile": [99.0, 5.0]}
    ).assign(n_genes=900)
    assert alike_bars(table, 2).data[0].x.tolist() == [0.3, -0.1]


def test_the_network_keeps_the_order_of_the_table_and_a_column_for_each_kind():
    spec = network_figure(NODES, EDGES)
    json.dumps(spec)
    series = spec["series"][0]
    assert [node["name"] for node in series["data"]] == NODES["label"].tolist()
    assert series["links"][2]["source"] == 1
    assert series["links"][2]["target"] == 2
    assert series["links"][2]["lineStyle"]["color"] != series["links"][1]["lineStyle"]["color"]
    place = positions(NODES, EDGES)
    across = {row.kind: place[row.id][0] for row in NODES.itertuples()}
    assert [across[k] for k in KINDS if k in across] == sorted(across.values())
    assert len({place[key] for key in NODES["id"]}) == len(NODES)
    assert network_height(NODES) >= 340


def test_bars_of_genes_say_in_words_what_is_turned_and_are_escaped():
    genes = pd.DataFrame(
        {
            "symbol": ["<i>", "B"],
            "entrez": [1, 2],
            "disease": [2.0, -1.0],
            "change": [-0.5, 0.2],
            "contribution": [0.8, 0.2],
            "turned": ["lowered", "raised"],
        }
    )
    html = turned_bars_html(genes, 1)
    assert "&lt;i&gt;" in html
    assert "<i>" not in html.replace("<i style", "")
    assert "lowered" in html
    assert "and 1 more" in html
