"""Attention against literal loops and torch, and set norm by hand."""

import math

import pytest
import torch
from torch.nn import functional

from badger_core.model.attention import Attention, SetNorm

B, Q, K, H, N = 2, 3, 4, 8, 2
D = H // N


@pytest.fixture
def inputs():
    generator = torch.Generator().manual_seed(88)
    queries = torch.randn(B, Q, H, generator=generator)
    keys = torch.randn(B, K, H, generator=generator)
    return queries, keys, torch.tensor([[True, True, True, False], [True, False, True, True]])


def attention(kind, dropout=0.0):
    torch.manual_seed(89)
    return Attention(H, N, dropout, kind).eval()


def heads(x):
    return x.view(x.shape[0], x.shape[1], N, D).transpose(1, 2)


@torch.no_grad()
def test_scaled_dot_attention_agrees_with_torch(inputs):
    queries, keys, is_key = inputs
    layer = attention("scaled_dot")
    mixed = functional.scaled_dot_product_attention(
        heads(layer.query(queries)),
        heads(layer.key(keys)),
        heads(layer.value(keys)),
        attn_mask=is_key[:, None, None],
    )
    expected = layer.out(mixed.transpose(1, 2).reshape(B, Q, H))
    assert torch.allclose(layer(queries, keys, is_key)[0], expected, atol=1e-6)


@torch.no_grad()
def test_additive_attention_agrees_with_a_literal_loop(inputs):
    queries, keys, is_key = inputs
    layer = attention("additive")
    q, k, v = heads(layer.query(queries)), heads(layer.key(keys)), heads(layer.value(keys))
    weights = torch.zeros(B, N, Q, K)
    mixed = torch.zeros(B, Q, H)
    for b in range(B):
        for n in range(N):
            for i in range(Q):
                score = [
                    sum(
                        layer.direction[n, d] * math.tanh(q[b, n, i, d] + k[b, n, j, d])
                        for d in range(D)
                    )
                    for j in range(K)
                ]
                total = sum(math.exp(s) for s, real in zip(score, is_key[b], strict=True) if real)
                for j in range(K):
                    if is_key[b, j]:
                        weights[b, n, i, j] = math.exp(score[j]) / total
                        mixed[b, i, n * D : (n + 1) * D] += weights[b, n, i, j] * v[b, n, j]
    found, found_weights = layer(queries, keys, is_key)
    assert torch.allclose(found_weights, weights, atol=1e-6)
    assert torch.allclose(found, layer.out(mixed), atol=1e-6)


@torch.no_grad()
def test_many_queries_are_worked_out_in_blocks_with_the_same_result(inputs):
    _, keys, is_key = inputs
    layer = attention("additive")
    queries = torch.randn(B, 150, H)
    one_by_one = [layer(queries[:, i : i + 1], keys, is_key)[0] for i in range(150)]
    assert torch.allclose(layer(queries, keys, is_key)[0], torch.cat(one_by_one, 1), atol=1e-6)


@pytest.mark.parametrize("kind", ["scaled_dot", "additive"])
@torch.no_grad()
def test_weights_sum_to_one_and_padding_gets_none(inputs, kind):
    queries, keys, is_key = inputs
    _, weights = attention(kind)(queries, keys, is_key)
    assert weights.shape == (B, N, Q, K)
    assert torch.allclose(weights.sum(-1), torch.ones(B, N, Q))
    assert (weights[0, :, :, 3] == 0).all()
    assert (weights[1, :, :, 1] == 0).all()
    assert weights[0, :, :, :3].min() > 0


@pytest.mark.parametrize("kind", ["scaled_dot", "additive"])
@torch.no_grad()
def test_queries_shared_by_all_samples_act_as_if_given_to_each(inputs, kind):
    queries, keys, is_key = inputs
    layer = attention(kind)
    shared = queries[:1]
    found, weights = layer(shared, keys, is_key)
    expected, expected_weights = layer(shared.expand(B, -1, -1), keys, is_key)
    assert torch.allclose(found, expected, atol=1e-6)
    assert torch.allclose(weights, expected_weights, atol=1e-6)


def test_dropout_leaves_out_whole_keys_and_leaves_the_weights_alone(inputs):
    queries, keys, is_key = inputs
    layer = attention("scaled_dot", dropout=0.9)
    quiet, weights = layer(queries, keys, is_key)
    layer.train()
    torch.manual_seed(1)
    noisy, noisy_weights = layer(queries, keys, is_key)
    assert torch.equal(weights, noisy_weights)
    assert not torch.allclose(quiet, noisy)


@pytest.mark.parametrize("spread", [0.1, 1.0, 3.0])
def test_set_norm_divides_by_the_standard_deviation(spread):
    x = spread * torch.randn(4, 50, 32, generator=torch.Generator().manual_seed(88)) + 7
    normed = SetNorm(32)(x)
    assert torch.allclose(normed.std(dim=(1, 2)), torch.ones(4), atol=0.01)
    assert torch.allclose(normed.mean(dim=(1, 2)), torch.zeros(4), atol=1e-4)


def test_set_norm_by_hand():
    x = torch.tensor([[[1.0, 3.0], [5.0, 7.0]]])  # mean 4, variance 5
    expected = (x - 4) / math.sqrt(5)
    assert torch.allclose(SetNorm(2)(x), expected, atol=1e-5)


def test_set_norm_takes_one_mean_per_set_not_per_token():
    x = torch.tensor([[[0.0, 0.0], [10.0, 10.0]]])
    assert SetNorm(2)(x)[0, :, 0].tolist() == pytest.approx([-1, 1], abs=1e-5)


def test_set_norm_ignores_padding():
    x = torch.randn(1, 5, 4, generator=torch.Generator().manual_seed(88))
    padded = torch.cat([x, torch.full((1, 3, 4), 1e3)], dim=1)
    is_token = torch.arange(8)[None] < 5
    norm = SetNorm(4)
    assert torch.allclose(norm(padded, is_token)[:, :5], norm(x), atol=1e-5)


def test_set_norm_agrees_with_torchs_layer_norm_over_the_whole_set():
    x = torch.randn(3, 6, 4, generator=torch.Generator().manual_seed(88))
    assert torch.allclose(SetNorm(4)(x), functional.layer_norm(x, (6, 4)), atol=1e-5)
