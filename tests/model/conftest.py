"""Every way in which the network can be built, small."""

from itertools import product

import pytest
import torch

from badger_core.model.badger import Badger

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
