"""Graph attention by hand, against a second implementation, and what must hold of coefficients."""

import numpy as np
import pytest
import torch

from badger_core.response.gatv2 import Gatv2, softmax_by
from badger_core.response.graph import SELF, SENSITIVE, Edges


def test_two_nodes_by_hand():
    layer = Gatv2(inputs=1, channels=1, heads=1, relations=2, dropout=0.5).eval()
    with torch.no_grad():
        layer.source.weight.copy_(torch.tensor([[1.0], [-2.0]]))  # of SELF and SENSITIVE
        layer.target.weight.fill_(0.5)
        layer.target.bias.zero_()
        layer.edge.copy_(torch.tensor([0.0, 1.0]).view(2, 1, 1))
        layer.direction.fill_(1.0)
    edges = Edges.joined(
        [
            Edges.of(SELF, np.array([0, 1]), np.array([0, 1])),
            Edges.of(SENSITIVE, np.array([0]), np.array([1]), 3.0),
        ]
    )
    out, alpha = layer(torch.tensor([[1.0], [2.0]]), edges)
    # into node 1: itself with 2 + 1 = 3, and node 0 with -2 + 1 + 3 = 2
    own = np.exp(3) / (np.exp(3) + np.exp(2))
    assert alpha.flatten().tolist() == pytest.approx([1.0, own, 1 - own])
    assert out.flatten().tolist() == pytest.approx([1.0, 2 * own - 2 * (1 - own)])
    weak = edges._replace(weight=torch.tensor([1.0, 1.0, 0.0]))  # -2 + 1 = -1, leaking to -0.2
    own = np.exp(3) / (np.exp(3) + np.exp(-0.2))
    assert layer(torch.tensor([[1.0], [2.0]]), weak)[1].flatten()[1].item() == pytest.approx(own)


@pytest.fixture
def many():
    """30 nodes and 200 edges of 4 relations, with a loop at every node."""
    chance = np.random.default_rng(3)
    nodes = np.arange(30)
    parts = [Edges.of(SELF, nodes, nodes)]
    for relation in (1, 2, 3):
        ends = chance.integers(30, size=(2, 60))
        parts.append(Edges.of(relation, *ends, chance.random(60)))
    return torch.randn(30, 5, generator=torch.Generator().manual_seed(1)), Edges.joined(parts)


def test_it_agrees_with_a_loop_over_nodes(many):
    x, edges = many
    torch.manual_seed(0)
    layer = Gatv2(5, 3, 2, 4, dropout=0.0)
    out, _ = layer(x, edges)
    w = layer.source.weight.view(4, 2, 3, 5)
    v, b = layer.target.weight.view(2, 3, 5), layer.target.bias.view(2, 3)
    for node in range(30):
        into = torch.nonzero(edges.target == node).flatten().tolist()
        for head in range(2):
            messages = [w[edges.relation[m], head] @ x[edges.source[m]] for m in into]
            logits = []
            for m, message in zip(into, messages, strict=True):
                extra = edges.weight[m] * layer.edge[edges.relation[m], head]
                state = message + v[head] @ x[node] + b[head] + extra
                state = torch.where(state > 0, state, 0.2 * state)
                logits.append(state @ layer.direction[head])
            share = torch.stack(logits).softmax(0)
            expected = sum(s * m for s, m in zip(share, messages, strict=True))
            assert torch.allclose(out[node, head * 3 : head * 3 + 3], expected, atol=1e-5)


def test_coefficients_sum_to_one_over_the_edges_into_each_node(many):
    x, edges = many
    _, alpha = Gatv2(5, 3, 2, 4, dropout=0.9)(x, edges)  # in training, too: before dropout
    total = torch.zeros(30, 2).index_add(0, edges.target, alpha)
    assert torch.allclose(total, torch.ones(30, 2), atol=1e-6)
    assert (alpha > 0).all()


def test_a_softmax_of_large_logits_does_not_overflow():
    alpha = softmax_by(torch.tensor([[900.0], [901.0], [-900.0]]), torch.tensor([0, 0, 1]), 3)
    expected = 1 / (1 + np.exp(1))
    assert alpha.flatten().tolist() == pytest.approx([expected, 1 - expected, 1.0])


def test_given_coefficients_take_the_place_of_its_own(many):
    x, edges = many
    layer = Gatv2(5, 3, 2, 4, dropout=0.0).eval()
    out, alpha = layer(x, edges)
    assert torch.equal(layer(x, edges, alpha)[0], out)
    assert torch.equal(layer(x, edges, torch.zeros_like(alpha))[0], torch.zeros_like(out))
