"""Attention, occlusion and recovery: sums, hand-worked tables, and a slope against a difference."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch
from scipy.stats import hypergeom

from badger_core.errors import ResponseError
from badger_core.response.attention import (
    attention_times_gradient,
    gene_shares,
    own_profiles,
    rollout,
)
from badger_core.response.drgt import Drgt
from badger_core.response.explain import (
    against_null,
    freed_of_hubs,
    gene_table,
    permuted,
    permuted_refits,
    rows_of,
)
from badger_core.response.gene_sets import enriched, on_panel
from badger_core.response.graph import EXPRESSED_BY, GENE, SELF, Edges
from badger_core.response.network import Batch
from badger_core.response.occlusion import gene_effects, occluded, without
from badger_core.response.recovery import (
    by_key,
    columns_of,
    commonest,
    recovered,
    tanimoto_vote,
    without_drugs,
)
from tests.response.drgt_cases import QUICK, quiet, train_of


@pytest.fixture(scope="module")
def fitted(tiny_nci60):
    settings = replace(QUICK, epochs=6, patience=6, refit=False)
    return Drgt(settings, symbols=tuple(tiny_nci60.genes["symbol"])).fit(
        train_of(tiny_nci60), 3, quiet
    )


def test_the_rollout_is_the_product_of_both_layers():
    edges = Edges.of(SELF, np.array([0, 1, 2, 1]), np.array([0, 1, 1, 2]))
    first = torch.tensor([[1.0], [0.25], [0.75], [1.0]])
    second = torch.tensor([[1.0], [0.5], [0.5], [1.0]])
    one = np.array([[1, 0, 0], [0, 0.25, 0.75], [0, 1, 0]])
    two = np.array([[1, 0, 0], [0, 0.5, 0.5], [0, 1, 0]])
    assert np.allclose(rollout(edges, first, second, 3).toarray(), two @ one)


def test_all_shares_of_a_drug_sum_to_one_and_those_of_genes_to_less(fitted):
    world = fitted.world()[0]
    graph = world.graph(fitted.pairs)
    with torch.inference_mode():
        states = fitted.network.encode(graph)
    both = rollout(graph.edges, states.first, states.second, world.layout.count)
    assert np.allclose(both.sum(axis=1), 1, atol=1e-5)
    shares = gene_shares(fitted)
    assert shares.shape == (len(fitted.drugs), 50)
    assert (shares >= 0).all()
    assert (shares.sum(axis=1) < 1).all()
    assert shares.max() > 0
    assert np.array_equal(shares, gene_shares(fitted))  # no dropout


def test_attention_times_gradient_is_the_slope_of_the_profile(fitted):
    score = attention_times_gradient(fitted, [4])[0]
    gene = int(score.argmax())
    world = fitted.world()[0]
    graph = world.graph(fitted.pairs)
    profile = own_profiles(fitted.logits(graph))[4]
    edges = graph.edges
    own = (edges.relation == EXPRESSED_BY) & (edges.source == world.layout.start(GENE) + gene)
    n_lines = len(world.layout.lines)
    batch = Batch(graph, torch.full((n_lines,), 4), torch.arange(n_lines), torch.zeros(n_lines))
    with torch.no_grad():
        alpha = fitted.network.encode(graph).first
        changed = alpha * torch.where(own, 1.05, 1.0)[:, None]
        ends = [
            (
                fitted.network.answer(fitted.network.encode(graph, a), batch).double().numpy()
                * profile
            ).sum()
            for a in (alpha, changed)
        ]
    assert score[gene] > 0
    assert abs(ends[1] - ends[0]) / 0.05 == pytest.approx(score[gene], rel=0.2)


def test_a_gene_at_its_mean_everywhere_has_no_edge_and_its_change_is_the_occlusion(fitted):
    graph = without(fitted, 7)
    node = fitted.world()[0].layout.start(GENE) + 7
    touched = (graph.edges.source == node) | (graph.edges.target == node)
    assert int(touched.sum()) == 1  # its loop
    world = fitted.world()[0]
    base = fitted.logits(world.graph(fitted.pairs))
    (change,) = occluded(fitted, [7])
    assert np.allclose(base - change, fitted.logits(graph))
    assert np.abs(change).max() > 0
    effects = gene_effects(fitted, [7, 8])
    assert effects.shape == (len(fitted.drugs), 2)
    assert (effects >= 0).all()


def test_hubs_are_taken_out_by_the_mean_of_a_gene():
    scores = np.array([[2.0, 3.0, 0.0], [2.0, 1.0, 0.0]])
    assert freed_of_hubs(scores).tolist() == [[1.0, 1.5, 0.0], [1.0, 0.5, 0.0]]


def test_the_null_by_hand():
    null = np.array([[[1.0], [3.0]], [[3.0], [3.0]]])  # variances 2 and 0, pooled 1
    assert against_null(np.array([[4.0], [5.0]]), null).tolist() == [[2.0], [2.0]]
    with pytest.raises(ResponseError, match="at least two"):
        against_null(np.zeros((2, 1)), null[:1])


def test_permuted_labels_keep_each_line_and_lose_each_drug(tiny_nci60):
    train = train_of(tiny_nci60)
    other = permuted(train, 4)
    known = np.isfinite(train.labels)
    assert np.array_equal(np.isfinite(other.labels), known)
    assert np.allclose(np.nansum(other.labels, axis=0), np.nansum(train.labels, axis=0))
    assert not np.array_equal(other.labels[known], train.labels[known])
    assert np.array_equal(permuted(train, 4).labels[known], other.labels[known])


def test_permuted_refits_are_models_of_other_labels(tiny_nci60):
    model = Drgt(replace(QUICK, epochs=1, patience=1, refit=False))
    one, two = permuted_refits(model, train_of(tiny_nci60), 2, 0, quiet)
    assert not np.array_equal(gene_shares(one), gene_shares(two))


def test_genes_are_ranked_and_tested_for_sets():
    genes = pd.DataFrame({"symbol": [f"G{i}" for i in range(40)], "entrez": [*range(1, 40), 0]})
    table = gene_table(genes, np.arange(40.0), np.ones(40))
    assert table["symbol"].iloc[0] == "G39"
    assert table["rank"].tolist() == list(range(1, 41))
    assert table["z"].isna().all()
    members = [*range(35, 40), 1]
    sets = pd.DataFrame(
        {"pathway": ["P"], "name": ["set"], "source": ["S"], "url": [""], "entrez": [members]}
    ).assign(size=len(members))
    found = enriched(table, sets, count=10)
    assert found["overlap"].tolist() == [5]
    assert found["p"].iloc[0] == pytest.approx(hypergeom.sf(4, 39, 6, 10))


def test_the_rest_of_the_panel_is_the_background():
    panel = pd.DataFrame({"symbol": list("abcd"), "entrez": [1, 2, 3, 4]})
    own = panel.iloc[[2, 0]]
    assert on_panel(own, panel)["symbol"].tolist() == ["c", "a", "b", "d"]


def test_a_drug_that_was_not_measured_is_named(fitted):
    assert rows_of(fitted, fitted.drugs.keys[[2, 0]]).tolist() == [2, 0]
    with pytest.raises(ResponseError, match="NOBODY"):
        rows_of(fitted, ["NOBODY"])


def test_recovery_by_hand():
    scores = np.array([[3.0, 2, 1, 0], [0, 1, 2, 3], [9, 9, 9, 9]])
    found = recovered(scores, [(0, 1, 2), (0,), ()], k=2)
    assert (found.drugs, found.pairs, found.hits) == (2, 4, 2)
    assert found.recall == 0.5
    assert found.precision == 0.5
    assert found.most == 0.75
    assert found.hub_share == 1.0


def test_plain_lists_leave_the_drug_and_its_twins_out():
    bits = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 0, 0]], np.uint8)
    groups, targets = np.array([0, 1, 0]), [(0,), (1,), (0, 2)]
    vote = tanimoto_vote(bits, groups, targets, 3, power=1.0)
    assert vote[0].tolist() == pytest.approx([0, 2 / 3, 0])
    assert vote[1].tolist() == pytest.approx([4 / 3, 0, 2 / 3])
    assert commonest(groups, targets, 3).tolist() == [[0, 1, 0], [2, 0, 1], [0, 1, 0]]


def test_targets_are_found_on_the_panel_by_name_and_joined_over_twins():
    columns = columns_of(["A", "B", "C"], [["C", "A", "X"], ["B"], []])
    assert columns == [(0, 2), (1,), ()]
    targets = by_key(["k", "k", "n"], columns)
    assert targets == {"k": (0, 1, 2)}
    assert without_drugs({"k": (0,), "m": (1,)}, ["k"]) == {"m": (1,)}


def test_held_out_targets_are_no_edges(tiny_nci60):
    keys = list(dict.fromkeys(tiny_nci60.drugs.keys))
    targets = dict.fromkeys(keys, (0,))
    kept = without_drugs(targets, keys[:5])
    model = Drgt(replace(QUICK, epochs=1, patience=1, refit=False), targets=kept)
    world = model.fit(train_of(tiny_nci60), 0, quiet).world()[0]
    gene = world.layout.start(GENE)
    rows = world.edges.source == gene
    told = {world.layout.name(i) for i in world.edges.target[rows].tolist()}
    assert set(keys[5:]) <= told
    assert not set(keys[:5]) & told
