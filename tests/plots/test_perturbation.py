"""Figures of genetic perturbation: what is drawn where, by hand."""

import numpy as np
import pandas as pd

from badger_core.plots.perturbation_effects import effect_dots
from badger_core.plots.perturbation_match import match_dots
from badger_core.plots.perturbation_network import (
    network_figure,
    network_height,
    network_nodes,
)
from badger_core.plots.theme import DOWN, UP

EDGES = pd.DataFrame(
    [
        ("STAT1", "PSMB9", -0.9, "activates"),
        ("JAK2", "STAT1", -0.6, "activates"),
        ("SMAD4", "SKI", 0.4, "represses"),
        ("JAK2", "PSMB9", 0.1, "represses"),
    ],
    columns=["target", "gene", "strength", "role"],
)


def test_lost_genes_stand_in_the_middle_and_the_others_by_their_strongest_edge() -> None:
    nodes = network_nodes(EDGES).set_index("name")
    assert nodes["place"].to_dict() == {
        "PSMB9": "falls", "STAT1": "target", "JAK2": "target", "SMAD4": "target", "SKI": "rises",
    }  # fmt: skip
    assert nodes.loc["PSMB9", "x"] < nodes.loc["JAK2", "x"] < nodes.loc["SKI", "x"]
    assert nodes["y"].between(0, 1).all()
    assert network_height(network_nodes(EDGES)) >= 340


def test_links_keep_the_order_and_say_their_sign_twice() -> None:
    nodes = network_nodes(EDGES)
    series = network_figure(nodes, EDGES)["series"][0]
    names = [point["name"] for point in series["data"]]
    assert names == nodes["name"].tolist()
    found = [(names[link["source"]], names[link["target"]]) for link in series["links"]]
    assert found == list(EDGES[["target", "gene"]].itertuples(index=False, name=None))
    styles = [link["lineStyle"] for link in series["links"]]
    assert [s["color"] for s in styles] == [DOWN, DOWN, UP, UP]
    assert [s["type"] for s in styles] == ["solid", "solid", "dashed", "dashed"]
    assert styles[0]["width"] == max(s["width"] for s in styles)
    assert series["links"][2]["name"] == "SMAD4 lost: SKI rises"


def effects(predicted: float) -> pd.DataFrame:
    table = pd.DataFrame({"gene": ["A", "B"], "measured": [-1.0, 0.5], "low": [-1.2, 0.1]})
    table["high"] = [-0.7, 0.9]
    for name, away in (("predicted", 0), ("predicted_low", -0.1), ("predicted_high", 0.1)):
        table[name] = predicted + away
    return table


def test_measured_and_predicted_have_their_own_intervals() -> None:
    measured, predicted = effect_dots(effects(0.3)).data
    assert list(measured.x) == [-1.0, 0.5]
    np.testing.assert_allclose(measured.error_x.array, [0.3, 0.4])
    np.testing.assert_allclose(measured.error_x.arrayminus, [0.2, 0.4])
    np.testing.assert_allclose(predicted.error_x.array, [0.1, 0.1])
    assert measured.marker.symbol != predicted.marker.symbol


def test_without_a_prediction_only_what_was_measured_is_drawn() -> None:
    (measured,) = effect_dots(effects(np.nan)).data
    assert measured.name.startswith("measured")
    assert list(measured.y) == [0, 1]


def test_a_match_is_filled_where_it_is_beyond_chance() -> None:
    table = pd.DataFrame(
        {
            "symbol": ["HSF1", "RAF1", "SOX2"],
            "match": ["like", "against", "like"],
            "z": [3.0, -2.5, 1.0],
            "score": [0.3, -0.2, 0.1],
            "fdr": [0.01, 0.2, 0.9],
        }
    )
    like, against = match_dots(table, 0.05).data
    assert list(like.x) == [3.0, 1.0]
    assert list(like.marker.symbol) == ["triangle-right", "triangle-right-open"]
    assert list(against.marker.symbol) == ["triangle-left-open"]
    assert (like.marker.color, against.marker.color) == (UP, DOWN)
