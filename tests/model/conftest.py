"""Every way in which the network can be built, small, and a small kernel part."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import torch

from badger_core.chem.fingerprint import morgan_bits
from badger_core.model.badger import Badger
from badger_core.model.expert import ExpertData, packed
from tests.conftest import N_GENES

WAYS = list(product(("scaled_dot", "additive"), ("low_rank", "dense"), (False, True)))


def build(world, attention="scaled_dot", decoder="low_rank", gene_self=False, dropout=0.2, seed=88):
    torch.manual_seed(seed)
    network = Badger(world, 16, 2, dropout, attention, gene_self, decoder)
    # Tables that start at zero would hide what depends on them.
    for name, table in network.named_parameters():
        if table.abs().max() == 0:
            torch.nn.init.normal_(table, std=0.3)
        assert table.abs().max() > 0, name
    return network.eval()


@pytest.fixture(params=WAYS, ids=lambda way: "-".join([*way[:2], "self" if way[2] else "plain"]))
def network(request, world):
    return build(world, *request.param)


@pytest.fixture
def plain(world):
    return build(world)


@pytest.fixture(scope="session")
def expert_data(imatinib, vemurafenib, five_lines):
    """A kernel part that remembers two compounds in two lines, with three known terms."""
    chance = np.random.default_rng(88)
    lines = np.stack([five_lines.of_line("MCF7"), five_lines.of_line("PC3")])
    return ExpertData(
        bits=packed(np.stack([morgan_bits(m.smiles) for m in (imatinib, vemurafenib)])),
        terms=packed(np.array([[1, 0, 1], [0, 1, 1]])),
        term_weight=np.array([0.5, 2.0, 1.5], np.float32),
        is_mechanism=np.array([True, True, False]),
        line_features=lines / np.linalg.norm(lines, axis=1, keepdims=True),
        pair_compound=np.array([0, 0, 1, 1], np.int32),
        pair_line=np.array([0, 1, 0, 2], np.int32),  # the last one in an unknown line
        dual=chance.normal(size=(4, 3)).astype(np.float16),
        components=chance.normal(size=(3, N_GENES)).astype(np.float16),
    )


@pytest.fixture(scope="session")
def taught_world(world, expert_data):
    """The small world with a kernel part."""
    return replace(world, expert=expert_data)


@pytest.fixture(scope="session")
def known_batch(batch):
    """The three samples; something is known of the first two compounds, nothing of the last."""
    return batch._replace(knowledge=torch.tensor([[1.0, 0, 1], [0, 1, 1], [0, 0, 0]]))


def with_expert(world, share=0.75, dropout=0.2, seed=88):
    """A cascade of filled tables beside the kernel part."""
    torch.manual_seed(seed)
    network = Badger(world, 16, 2, dropout, "scaled_dot", False, "low_rank", share)
    for table in network.parameters():
        if table.abs().max() == 0:
            torch.nn.init.normal_(table, std=0.3)
    return network.eval()
