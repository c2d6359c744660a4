"""Additive attention by algebra against tanh: equal, guarded, and out of the way of gradients."""

import math

import pytest
import torch

from badger_core.errors import ProgramError
from badger_core.model import additive, compiled
from badger_core.model.attention import Attention

B, N, Q, K, D = 3, 2, 37, 11, 16


def numbers(scale, shared=True, seed=88):
    """Queries, keys and a direction of unit length per head, stretched by `scale`."""
    generator = torch.Generator().manual_seed(seed)
    q = torch.randn(1 if shared else B, N, Q, D, generator=generator)
    k = torch.randn(B, N, K, D, generator=generator)
    direction = torch.randn(N, D, generator=generator)
    return q, k, scale * direction / direction.norm(dim=1, keepdim=True)


def weights(scores):
    return scores.softmax(dim=-1)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("scale", [0.1, 1.0, 5.0])
def test_the_algebra_gives_the_weights_of_tanh(scale, shared):
    given = numbers(scale, shared)
    found, expected = additive.by_algebra(*given), additive.literal(*given)
    assert torch.allclose(weights(found), weights(expected), atol=2e-6)
    constant = given[2].sum(dim=1)[None, :, None, None]
    assert torch.allclose(found + constant, expected, atol=1e-5)


def test_one_term_by_hand():
    q, k = torch.tensor([[[[0.3]]]]), torch.tensor([[[[-0.7]]]])
    found = additive.by_algebra(q, k, torch.tensor([[2.0]]))
    assert found.item() + 2 == pytest.approx(2 * math.tanh(-0.4), abs=1e-6)


@pytest.mark.parametrize(("large_q", "large_k"), [(200.0, 3.0), (3.0, 200.0), (29.0, 29.0)])
def test_large_numbers_on_one_side_are_cut_off_without_a_change(large_q, large_k):
    q, k, direction = numbers(1.0)
    q = q / q.abs().max() * large_q
    k = k / k.abs().max() * large_k
    tamed = additive.tamed(q, k)
    assert max(part.abs().max() for part in tamed) <= additive.LIMIT
    found = additive.by_algebra(*tamed, direction)
    expected = additive.literal(q.double(), k.double(), direction.double()).float()
    assert torch.allclose(weights(found), weights(expected), atol=2e-6)


@pytest.mark.parametrize("bad", [44.0, 1e6, float("nan")])
def test_where_both_sides_are_large_there_is_no_algebra(bad):
    q, k, _ = numbers(1.0)
    q[0, 0, 0, 0], k[0, 0, 0, 0] = bad, -bad
    assert additive.tamed(q, k) is None


@torch.no_grad()
def test_attention_with_huge_numbers_falls_back_to_tanh(monkeypatch):
    torch.manual_seed(88)
    layer = Attention(N * D, N, 0.0, "additive").eval()
    layer.query.weight.mul_(500)
    layer.key.weight.mul_(500)
    monkeypatch.setattr(additive, "by_algebra", None)  # would fail
    found, maps = layer(torch.randn(1, Q, N * D), torch.randn(B, K, N * D))
    assert torch.isfinite(found).all()
    assert torch.allclose(maps.sum(-1), torch.ones(B, N, Q), atol=1e-5)


@torch.no_grad()
def test_masked_keys_get_nothing_by_either_way(monkeypatch):
    torch.manual_seed(88)
    layer = Attention(N * D, N, 0.0, "additive").eval()
    queries, keys = torch.randn(1, Q, N * D), torch.randn(B, K, N * D)
    is_key = torch.arange(K)[None] < torch.tensor([[K], [4], [1]])
    found, maps = layer(queries, keys, is_key)
    monkeypatch.setattr(additive, "tamed", lambda q, k: None)
    expected, literal_maps = layer(queries, keys, is_key)
    assert (maps[1, :, :, 4:] == 0).all()
    assert torch.allclose(found, expected, atol=1e-6)
    assert torch.allclose(maps, literal_maps, atol=1e-6)


def test_training_and_gradients_keep_to_tanh(monkeypatch):
    torch.manual_seed(88)
    monkeypatch.setattr(additive, "by_algebra", None)  # would fail
    layer = Attention(N * D, N, 0.0, "additive")
    for mode in (True, False):
        layer.train(mode)
        layer(torch.randn(1, Q, N * D), torch.randn(B, K, N * D))[0].sum().backward()
    assert layer.query.weight.grad.abs().max() > 0


def test_other_sums_may_stand_for_the_blocks():
    given = numbers(1.0)
    found = additive.by_algebra(*given, sums=compiled._sums)
    assert torch.allclose(found, additive.by_algebra(*given), atol=1e-5)


def test_without_a_compiler_it_says_so(monkeypatch):
    monkeypatch.setattr(compiled.shutil, "which", lambda name: None)
    assert compiled.compiler() is None
    with pytest.raises(ProgramError, match="no C\\+\\+ compiler"):
        compiled.compile_additive(Attention(N * D, N, 0.0, "additive"))
