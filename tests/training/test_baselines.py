"""Every baseline learns eight real conditions by heart, and what goes down along with what goes up.

A short loop of its own with a rising and falling learning rate: a few hundred steps must do.
"""

from dataclasses import asdict, replace

import numpy as np
import pytest
import torch
from torch import nn
from torch.optim.lr_scheduler import OneCycleLR

from badger_core.evaluation.correlation import spearman
from badger_core.model.zoo import network_named
from badger_core.training.losses import total_loss
from badger_core.training.settings import RUNS
from tests.training.conftest import QUICK

STEPS = 300
LEARNERS = {
    "badger_light": (1e-2, {}),
    "mlp": (3e-3, {"hidden": 64}),
    "deepce": (1e-2, {"hidden": 48}),
    "ciger": (3e-3, {"hidden": 256, "encoded": 64, "attention": 32, "decoder": 64}),
}


def learn(run, world, batch, learning_rate, changes):
    """A network of this run after STEPS steps on one batch, by the run's own loss."""
    torch.manual_seed(88)
    settings = replace(run.model, dropout=0.0, **changes)
    network = network_named(run.network)(world, **asdict(settings)).train()
    optimiser = torch.optim.Adam(network.parameters(), lr=learning_rate)
    schedule = OneCycleLR(optimiser, learning_rate, total_steps=STEPS)
    for _ in range(STEPS):
        loss = total_loss(network(batch), batch, run.mse_weight, 0.0, 0.0, run.cosine_weight)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), run.clip_norm)
        optimiser.step()
        schedule.step()
    return network.eval()


def negative_share(change):
    """How much of all change is downward."""
    return -np.minimum(change, 0).sum() / np.abs(change).sum()


def down_precision(measured, predicted, k=50):
    """Share of the k genes predicted to go down most that are among the k that do, by row."""
    lowest = [np.argsort(change, axis=1)[:, :k] for change in (measured, predicted)]
    return np.array([len(set(m) & set(p)) / k for m, p in zip(*lowest, strict=True)])


@pytest.mark.parametrize("name", LEARNERS)
def test_a_baseline_learns_eight_real_conditions_by_heart(eight, name):
    (batch,) = eight.loader.ordered(8)
    network = learn(RUNS[name], eight.world, batch, *LEARNERS[name])
    with torch.inference_mode():
        predicted = network(batch).change.numpy()
    measured = eight.conditions.change
    assert spearman(measured, predicted).min() > 0.9
    assert negative_share(predicted) == pytest.approx(negative_share(measured), abs=0.1)
    assert down_precision(measured, predicted).min() > 0.7


@pytest.mark.parametrize("name", LEARNERS)
def test_every_baseline_goes_through_the_one_loop(eight, tmp_path, name):
    run = RUNS[name]
    settings = replace(QUICK, network=name, model=run.model, mse_weight=run.mse_weight)
    settings = replace(settings, cosine_weight=run.cosine_weight)
    network, progress = eight.fit(settings, tmp_path)
    assert progress.epoch == QUICK.epochs
    assert np.isfinite([row["loss"] for row in progress.history]).all()
    again, _ = eight.fit(settings, tmp_path)
    theirs = again.state_dict()
    assert all(torch.equal(theirs[k], v) for k, v in network.state_dict().items())
