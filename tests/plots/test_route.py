"""Sankey and network: nodes stand for what they name, and nothing is lost on the way."""

import json

import numpy as np
import pytest

from badger_core.explain.prediction import explain_prediction
from badger_core.explain.prediction_routes import Focus, routes
from badger_core.plots.route_network import network_height, positions, route_network
from badger_core.plots.route_nodes import nodes_and_links
from badger_core.plots.route_sankey import route_sankey, sankey_height

GENES = [3, 40, 500]


@pytest.fixture(scope="module")
def explained(predictor, vemurafenib, bundle):
    return explain_prediction(predictor.ensemble, vemurafenib, bundle.cells.find("A375"), bundle)


@pytest.fixture(scope="module")
def ways(explained):
    return dict.fromkeys(range(len(explained.genes)), "up")


def test_a_pathway_passes_on_what_it_gets(explained, ways):
    found = routes(explained, GENES, 6)
    nodes, links = nodes_and_links(explained, found, ways)
    for i, node in enumerate(nodes):
        if node.layer == "pathway":
            into = sum(link.share for link in links if link.target == i)
            out = sum(link.share for link in links if link.source == i)
            assert into == pytest.approx(out)
            expected = explained.to_gene[:, GENES, node.at].mean()
            assert into == pytest.approx(expected, rel=1e-4)
    into_genes = sum(link.share for link in links if nodes[link.target].layer == "gene")
    assert into_genes == pytest.approx(found.carried)


def test_every_node_has_a_name_of_its_own(explained, ways, bundle):
    assert explained.pathways["name"].is_unique
    found = routes(explained, range(40), len(explained.pathways))
    nodes, _ = nodes_and_links(explained, found, ways)
    assert len({node.label for node in nodes}) == len(nodes)


def test_the_sankey_draws_nodes_and_links_in_their_order(explained, ways):
    found = routes(explained, GENES, 6)
    drawn = route_sankey(explained, found, ways)
    series = drawn.spec["series"][0]
    assert [item["name"] for item in series["data"]] == [node.label for node in drawn.nodes]
    assert len(series["links"]) == len(drawn.links)
    first = drawn.links[0]
    assert series["links"][0]["source"] == drawn.nodes[first.source].label
    assert series["links"][0]["value"] == pytest.approx(100 * first.share, abs=1e-6)
    assert sankey_height(drawn) >= 300
    json.dumps(drawn.spec)


def test_a_focused_sankey_shows_one_fragment_only(explained, ways):
    found = routes(explained, GENES, 6, Focus(fragment=2))
    drawn = route_sankey(explained, found, ways, True)
    assert [n.label for n in drawn.nodes if n.layer == "fragment"] == ["F3"]


def test_dashed_lines_are_known_memberships(explained, ways):
    found = routes(explained, range(60), 12)
    drawn = route_network(explained, found, ways)
    lines = drawn.spec["series"][0]["links"]
    for link, line in zip(drawn.links, lines, strict=True):
        source, target = drawn.nodes[link.source], drawn.nodes[link.target]
        dashed = line["lineStyle"].get("type") == "dashed"
        assert dashed == (link.share == 0)
        if dashed and source.layer == "pathway":
            assert explained.is_member[source.at, target.at]
        if dashed and source.layer == "target":
            assert source.label[2:] in explained.pathways["targets"].iloc[target.at]
    assert any(line["lineStyle"].get("type") == "dashed" for line in lines)
    assert network_height(drawn) > 320
    json.dumps(drawn.spec)


def test_the_layout_has_three_columns_and_no_two_nodes_on_one_place(explained, ways):
    found = routes(explained, GENES, 6)
    nodes, links = nodes_and_links(explained, found, ways)
    places = positions(nodes, links)
    assert len(set(places.values())) == len(nodes)
    xs = {layer: {places[i][0] for i, n in enumerate(nodes) if n.layer == layer}
          for layer in ("fragment", "pathway", "gene")}  # fmt: skip
    assert [xs[layer] for layer in ("fragment", "pathway", "gene")] == [{0.0}, {0.5}, {1.0}]
    assert all(0 <= y <= 1 for _, y in places.values())
    assert np.isfinite(list(places.values())).all()
