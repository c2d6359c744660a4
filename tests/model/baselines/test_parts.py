"""Attention and graph convolutions against literal loops, and what is worked out only once."""

import math

import pytest
import torch

from badger_core.model.baselines.attention import FusedAttention
from badger_core.model.baselines.ciger import Ciger
from badger_core.model.baselines.deepce import GeneLayer
from badger_core.model.baselines.fingerprint import GraphConvolution, NeuralFingerprint
from tests.model.baselines.conftest import build

B, Q, K, H, N = 2, 3, 4, 8, 2


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(88)


@torch.no_grad()
def test_fused_attention_agrees_with_a_literal_loop(generator):
    torch.manual_seed(89)
    layer, width = (
        FusedAttention(
            H,
            N,
            4,
        ),
        2,
    )  # two heads of two numbers
    queries = torch.randn(B, Q, H, generator=generator)
    keys = torch.randn(B, K, H, generator=generator)
    is_key = torch.tensor([[True, True, True, False], [True, False, True, True]])
    q, k, v = layer.query(queries), layer.key(keys), layer.value(keys)
    mixed = torch.zeros(B, Q, 4)
    for b in range(B):
        for i in range(Q):
            for n in range(N):
                part = slice(n * width, (n + 1) * width)
                real = [j for j in range(K) if is_key[b, j]]
                score = [math.exp(q[b, i, part] @ k[b, j, part] / math.sqrt(width)) for j in real]
                for j, s in zip(real, score, strict=True):
                    mixed[b, i, part] += s / sum(score) * v[b, j, part]
    assert torch.allclose(layer(queries, keys, is_key), layer.out(mixed), atol=1e-6)


@torch.no_grad()
def test_queries_shared_by_all_samples_act_as_if_given_to_each(generator):
    torch.manual_seed(89)
    layer = GeneLayer(H, N, 16, 0.0).eval()
    genes = torch.randn(1, 5, H, generator=generator)
    atoms = torch.randn(B, K, H, generator=generator)
    is_atom = torch.tensor([[True, True, True, False], [True, False, True, True]])
    shared, each = layer(genes, atoms, is_atom), layer(genes.expand(B, -1, -1), atoms, is_atom)
    assert shared.shape == (B, 5, H)
    assert torch.allclose(shared, each, atol=1e-6)


@torch.no_grad()
def test_a_graph_convolution_agrees_with_a_literal_loop(batch):
    torch.manual_seed(89)
    layer = GraphConvolution(62, 5).eval()
    torch.nn.init.normal_(layer.norm.running_mean)
    layer.norm.running_var.uniform_(0.5, 2)
    fingerprint = NeuralFingerprint(5, 7).eval()
    fingerprint.convolutions[0] = layer
    found = []
    layer.register_forward_hook(lambda *call: found.append(call[-1]))
    fingerprint(batch)
    for b in range(len(batch.atoms)):
        for m in range(int(batch.is_atom[b].sum())):
            slots = [s for s in range(6) if batch.neighbours[b, m, s] >= 0]
            around = torch.zeros(68)
            for s in slots:
                there = batch.atoms[b, batch.neighbours[b, m, s]]
                around += torch.cat([there, batch.bonds[b, m, s]])
            mixed = layer.own(batch.atoms[b, m]) + around @ layer.around[len(slots)]
            normed = (mixed - layer.norm.running_mean) / (layer.norm.running_var + 1e-5).sqrt()
            assert torch.allclose(found[0][b, m], normed.relu(), atol=1e-5)
    assert not found[0][~batch.is_atom].any()


@torch.no_grad()
def test_every_atom_has_three_softmaxes_and_padding_nothing(batch):
    torch.manual_seed(89)
    found = NeuralFingerprint(5, 7).eval()(batch)
    assert found.shape == (*batch.is_atom.shape, 7)
    assert torch.allclose(found.sum(-1), 3.0 * batch.is_atom, atol=1e-5)


def test_batch_statistics_are_those_of_real_atoms(batch):
    layer = GraphConvolution(62, 5)
    around, degree = torch.zeros(*batch.is_atom.shape, 68), torch.zeros(batch.is_atom.shape).long()
    garbage = torch.where(batch.is_atom[..., None], batch.atoms, 1e3)
    layer(garbage, around, degree, batch.is_atom)
    with torch.no_grad():
        expected = layer.own(batch.atoms[batch.is_atom]).mean(dim=0)
    assert torch.allclose(layer.norm.running_mean, 0.1 * expected, atol=1e-5)


@torch.no_grad()
def test_the_split_first_layer_of_ciger_is_one_linear_over_everything(world, batch):
    network = build(world, "ciger")
    assert isinstance(network, Ciger)
    first = []
    network.encode.register_forward_hook(lambda layer, given, made: first.append(given[0]))
    network(batch)
    compound = network.fingerprint(batch).sum(dim=1)
    sample = torch.cat([compound, network.line(batch), batch.context], dim=1)
    weight = torch.cat([network.from_sample.weight, network.from_gene.weight], dim=1)
    for g in (0, 7):
        gene = network.gene_vectors[g].expand(len(sample), -1)
        expected = torch.cat([sample, gene], dim=1) @ weight.T + network.from_sample.bias
        assert torch.allclose(first[0][:, g], expected, atol=1e-4)
