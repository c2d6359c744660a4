"""Every baseline, small, and a batch that holds molecular graphs."""

from dataclasses import asdict, replace

import pytest
import torch

from badger_core.data.featurise import prediction_batch
from badger_core.model.zoo import network_named
from badger_core.training.settings import RUNS
from tests.conftest import LINES, N_CONTEXT

WAYS = {
    "badger_light": ("badger_light", {"hidden": 16}),
    "badger_light-dense": (
        "badger_light",
        {"hidden": 16, "decoder": "dense", "gene_self_attention": True, "attention": "additive"},
    ),
    "mlp": ("mlp", {"hidden": 16}),
    "deepce": ("deepce", {"hidden": 16}),
    "deepce-four-heads": ("deepce", {"heads": 4, "fingerprint": 16}),
    "ciger": ("ciger", {}),
}


def build(world, name, seed=88, **changes):
    """A network whose tables that start at zero, which would hide things, are filled."""
    torch.manual_seed(seed)
    settings = asdict(replace(RUNS[name].model, dropout=0.2, **changes))
    network = network_named(name)(world, **settings)
    for table in network.parameters():
        if table.abs().max() == 0:
            torch.nn.init.normal_(table, std=0.3)
    return network.eval()


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def network(request, world):
    name, changes = request.param
    return build(world, name, **changes)


@pytest.fixture(params=["deepce", "ciger"])
def graph_network(request, world):
    return build(world, request.param)


@pytest.fixture(scope="session")
def batch(imatinib, vemurafenib, caffeine, five_lines):
    """Three compounds of different numbers of atoms; the last one in an unknown line."""
    lines = [five_lines.of_line("MCF7"), five_lines.of_line("K562"), None]
    compounds = [imatinib, vemurafenib, caffeine]
    return prediction_batch(compounds, lines, len(LINES), N_CONTEXT, graphs=True)
