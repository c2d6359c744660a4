"""Training: by seed, resumed as if never stopped; it learns what is there and nothing else."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from sklearn.metrics import average_precision_score

from badger_core.errors import PerturbationError, SettingError
from badger_core.perturbation.effects import ate
from badger_core.perturbation.likelihood_baseline import (
    fit_mean_profile,
    mean_profile_likelihood,
)
from badger_core.perturbation.simulate import simulate
from badger_core.perturbation.splits import by_cell
from badger_core.perturbation.train import Trained, train_vae
from badger_core.perturbation.vae_settings import ALIGNMENTS, VaeSettings
from tests.perturbation.models import QUICK, learned, small_split, small_world


def train(folder: Path, settings: VaeSettings = QUICK) -> Trained:
    return train_vae(small_world().screen, small_split(), settings, folder, "cpu")


def same(one: Trained, two: Trained) -> bool:
    pairs = zip(
        one.model.vae.state_dict().values(), two.model.vae.state_dict().values(), strict=True
    )
    return all(torch.equal(a, b) for a, b in pairs)


def test_same_seed_gives_the_same_weights_and_another_others(tmp_path: Path) -> None:
    first = train(tmp_path / "a")
    assert same(first, train(tmp_path / "b"))
    assert not same(first, train(tmp_path / "c", replace(QUICK, seed=1)))


def test_resumed_is_as_if_never_stopped(tmp_path: Path) -> None:
    whole = train(tmp_path / "whole")

    def stop(sentence: str) -> None:
        if sentence.startswith("epoch 2/"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_vae(small_world().screen, small_split(), QUICK, tmp_path / "part", "cpu", stop)
    said: list[str] = []
    resumed = train_vae(
        small_world().screen, small_split(), QUICK, tmp_path / "part", "cpu", said.append
    )
    assert said[0] == "going on after epoch 2"
    assert same(whole, resumed)


def test_tested_cells_are_never_read(tmp_path: Path) -> None:
    screen, split = small_world().screen, small_split()
    counts = screen.counts.copy()
    counts[split.test] = 999
    changed = train_vae(screen._replace(counts=counts), split, QUICK, tmp_path / "b", "cpu")
    assert same(train(tmp_path / "a"), changed)


@pytest.mark.parametrize("kind", ALIGNMENTS)
def test_every_alignment_lowers_the_loss(tmp_path: Path, kind: str) -> None:
    history = train(tmp_path, replace(QUICK, alignment=kind)).progress.history
    assert history[-1]["loss"] < history[0]["loss"]


def test_learned_model_is_ahead_of_the_mean_profile_on_unread_cells() -> None:
    screen, split = small_world().screen, small_split()
    mean = mean_profile_likelihood(
        fit_mean_profile(screen.take(split.train)), screen.take(split.test)
    )
    assert learned().model.log_likelihood(screen.take(split.test), 50).mean() > mean.mean()


def test_learned_effects_follow_the_unread_cells() -> None:
    screen, split = small_world().screen, small_split()
    found = learned().model.effects(screen.take(split.train), cells=100, draws=2).effect
    assert np.corrcoef(found.ravel(), ate(screen, split.test).ravel())[0, 1] > 0.7


def test_learned_edges_are_mostly_true_and_have_their_signs() -> None:
    """Average precision is three times chance; a gene falls with the one that raises it."""
    network, truth = learned().model.network(), small_world().direct
    strength = network.direct.to_numpy()
    there = truth != 0
    base = there.mean()
    assert average_precision_score(there.ravel(), np.abs(strength).ravel()) > 3 * base
    sure = there & (network.chance.to_numpy() > 0.5)
    assert sure.sum() >= 3
    assert (np.sign(strength[sure]) == -np.sign(truth[sure])).all()


def test_null_world_yields_next_to_no_edge(tmp_path: Path) -> None:
    world = simulate(2, n_genes=14, n_targets=6, cells=60, controls=240, effect=0.0)
    settings = VaeSettings(latent=3, hidden=12, epochs=25, batch_size=64)
    model = train_vae(world.screen, by_cell(world.screen, 0), settings, tmp_path, "cpu").model
    assert (model.network().chance.to_numpy() > 0.5).sum() <= 1


def test_screen_without_perturbed_cells_is_refused(tmp_path: Path) -> None:
    screen = small_world().screen
    control = screen.take(screen.target == "non-targeting")
    with pytest.raises(PerturbationError, match="no perturbed cells"):
        train_vae(control, by_cell(control, 0), QUICK, tmp_path, "cpu")


def test_unknown_alignment_is_refused() -> None:
    with pytest.raises(SettingError, match="direct"):
        VaeSettings(alignment="signed")
