"""The graph keeps its order of nodes, learns its scale from training, and holds what it should."""

import numpy as np
import pytest
import torch

from badger_core.data.response_drugs import Lines
from badger_core.errors import ResponseError
from badger_core.response.drgt_lesson import prepare
from badger_core.response.drgt_pairs import (
    Pairs,
    edge_strength,
    main_effects,
    neighbour_votes,
    pairs_of,
    unique_rows,
    with_neighbours,
)
from badger_core.response.drgt_settings import DrgtSettings
from badger_core.response.graph import (
    DRUG,
    ENDS,
    EXPRESSED_BY,
    GENE,
    LINE,
    RESISTANT,
    SENSITIVE,
    SENSITIVE_BACK,
    TARGETED_BY,
    Edges,
    Layout,
    check,
)
from badger_core.response.graph_edges import expression_edges, label_edges, target_edges
from badger_core.response.graph_nodes import Reference, scale, standardised
from tests.response.drgt_cases import train_of

LAYOUT = Layout(("d0", "d1"), ("l0", "l1", "l2"), ("g0", "g1"))


def named(layout, edges):
    """(relation, source, target) of each edge by name."""
    ends = zip(edges.source.tolist(), edges.target.tolist(), strict=True)
    return [(r, *map(layout.name, e)) for r, e in zip(edges.relation.tolist(), ends, strict=True)]


def test_nodes_stand_in_blocks():
    assert [LAYOUT.start(kind) for kind in (DRUG, LINE, GENE)] == [0, 2, 5]
    assert [LAYOUT.stop(kind) for kind in (DRUG, LINE, GENE)] == [2, 5, 7]
    assert [LAYOUT.name(node) for node in range(7)] == ["d0", "d1", "l0", "l1", "l2", "g0", "g1"]


def test_an_edge_without_the_offset_of_its_kind_is_refused():
    check(LAYOUT, Edges.of(SENSITIVE, np.array([1]), np.array([2])))
    with pytest.raises(ResponseError, match="node 1, which is no line"):
        check(LAYOUT, Edges.of(SENSITIVE, np.array([1]), np.array([1])))


def test_labels_make_edges_both_ways_by_name():
    drug, line = torch.tensor([0, 1, 1]), torch.tensor([2, 0, 1])
    strength = torch.tensor([1.0, -2.0, 0.0])
    edges = label_edges(LAYOUT, drug, line, strength, resistant=True)
    assert named(LAYOUT, edges)[:2] == [(SENSITIVE, "d0", "l2"), (SENSITIVE_BACK, "l2", "d0")]
    assert named(LAYOUT, edges)[2] == (RESISTANT, "d1", "l0")
    assert edges.weight.tolist() == [1.0, 1.0, 2.0, 2.0]
    assert len(label_edges(LAYOUT, drug, line, strength, resistant=False).source) == 2


def test_expression_and_targets_make_edges_and_strangers_only_receive():
    z = np.array([[2.0, 0.5], [1.5, 3.0], [-4.0, 1.1]], np.float32)
    gives = np.array([True, False, True])
    edges = expression_edges(LAYOUT, z, gives, threshold=1.0, most=1)
    found = named(LAYOUT, edges)
    assert (EXPRESSED_BY, "g1", "l1") in found
    assert (EXPRESSED_BY, "g0", "l1") not in found
    assert {source for r, source, _ in found if r != EXPRESSED_BY} == {"l0", "l2"}
    edges = target_edges(LAYOUT, {"d1": (0,), "other": (1,)}, np.array([True, False]))
    assert named(LAYOUT, edges) == [(TARGETED_BY, "g0", "d1")]


def test_expression_is_standardised_by_training_lines_and_missing_is_the_mean():
    values = np.array([[1.0, 5.0, 2.0], [3.0, 5.0, np.nan]], np.float32)
    mean, sd = scale(values)
    assert mean.tolist() == [2, 5, 2]
    assert sd.tolist() == [1, 1, 1]
    assert standardised(values, mean, sd).tolist() == [[-1, 0, 0], [1, 0, 0]]


def test_a_line_of_the_test_side_does_not_move_the_scale(tiny_nci60):
    lines, drugs = tiny_nci60.lines, tiny_nci60.drugs
    some = lines.take(np.arange(10))
    first = Reference.of(drugs, some, 4)
    assert first.axes.shape == (50, 4)
    scores = first.expressed(some) @ first.axes
    assert np.allclose((scores - scores.mean(axis=0)).std(axis=0), 1, atol=1e-4)
    train = train_of(tiny_nci60)
    labels = train.labels.copy()
    labels[:, 15:] = np.nan
    valid = train.valid.copy()
    valid[:, 15:] = False
    moved = lines.expression.copy()
    moved[15:] += 100
    held = train._replace(labels=labels, valid=valid)
    strange = held._replace(lines=Lines(lines.keys, moved, lines.groups))
    means = [prepare(t, DrgtSettings(), {}, ()).reference.mean for t in (held, strange)]
    assert np.array_equal(*means)


def test_rows_of_one_structure_share_a_node_and_average_their_labels():
    first, place = unique_rows(np.array(["b", "a", "b"], object))
    assert (first.tolist(), place.tolist()) == ([0, 1], [0, 1, 0])
    labels = np.array([[1, np.nan], [0, 1], [0, 1]], float)
    pairs = pairs_of(labels, np.ones((3, 2), bool), place)
    found = set(zip(*(column.tolist() for column in pairs), strict=True))
    assert found == {(0, 0, 0.5), (0, 1, 1.0), (1, 0, 0.0), (1, 1, 1.0)}


def test_main_effects_by_hand():
    pairs = Pairs(torch.tensor([0, 0, 1]), torch.tensor([0, 1, 0]), torch.tensor([1.0, 0.0, 1.0]))
    drug, line = main_effects("class", pairs, 3, 2)
    share = 2 / 3
    rate = (2 + 2 * share) / (2 + 2)  # of line 0: two labels, both 1
    logit = np.log(rate / (1 - rate)) - np.log(share / (1 - share))
    assert line[0, 0].item() == pytest.approx(logit, abs=1e-5)
    assert drug[2].tolist() == pytest.approx([0.0, 0.0], abs=1e-6)
    assert drug[:, 1].tolist() == [1, 1, 0]


def test_an_auc_edge_lies_clearly_below_the_mean_of_its_own_drug():
    drug = torch.tensor([0] * 10 + [1] * 10)
    value = torch.cat([torch.full((10,), 5.0), torch.full((10,), -5.0)])
    value[0] -= 3.0
    strength = edge_strength("auc", Pairs(drug, torch.arange(20) % 10, value), 2, 1.0)
    assert strength.argmax() == 0
    assert (strength[1:] <= 0).all()


def test_votes_by_hand_and_never_from_the_pair_itself():
    pairs = Pairs(torch.tensor([0, 1]), torch.tensor([0, 0]), torch.tensor([2.0, -1.0]))
    effects = (torch.zeros(2, 2), torch.zeros(2, 2))
    alike = (torch.tensor([[0.0, 0.5], [0.5, 0.0]]), torch.tensor([[0.0, 1.0], [1.0, 0.0]]))
    at = (torch.arange(2), torch.arange(2))
    votes = neighbour_votes("auc", pairs, effects, alike, at)
    assert votes[0, 0].tolist() == pytest.approx([-0.5 / (0.5 + 0.1), 0.0, 0.0])
    assert votes[0, 1].tolist() == pytest.approx([0.0, 2.0 / 1.1, -0.5 / 0.6])


def test_a_node_without_labels_takes_the_mean_effect_of_what_is_alike():
    effect = torch.tensor([[2.0, 1.0], [0.0, 0.0], [4.0, 1.0]])
    alike = torch.tensor([[0.0, 0.5], [0.3, 0.1], [0.5, 0.0]])
    found = with_neighbours(effect, alike, torch.tensor([0, 2]))
    assert found[:, :2].tolist() == effect.tolist()
    assert found[:, 2].tolist() == pytest.approx([0.0, (0.6 + 0.4) / 0.5, 0.0])


def test_every_relation_knows_its_ends():
    assert set(ENDS) == set(range(1, len(ENDS) + 1))
