"""What the tabs show of a screen, without a page."""

import numpy as np
import pandas as pd
import pytest

from badger_core.data.perturbation import CONTROL
from badger_core.errors import PerturbationError
from badger_core.perturbation import shipped
from badger_core.perturbation.checkpoint import save_model
from badger_core.perturbation.effects import ate, cell_t
from badger_core.ui import perturbation_load
from badger_core.ui.perturbation_effects import LEAST_P, agreement, all_targets, measure, of_target
from tests.perturbation.models import learned, small_world


def test_the_shipped_model_is_aligned_by_name(tmp_path, monkeypatch) -> None:
    monkeypatch.undo()
    world = small_world().screen
    save_model(tmp_path / shipped.MODEL, learned().model, {})
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    monkeypatch.setattr(perturbation_load, "_CELLS", 60)
    found = perturbation_load.predict_effects(world)
    turned = world._replace(counts=world.counts[:, ::-1], genes=world.genes[::-1])
    other = perturbation_load.predict_effects(turned)
    np.testing.assert_allclose(other.effect, found.effect[:, ::-1], atol=1e-5)
    other = world._replace(genes=np.char.add(world.genes, "x"))
    with pytest.raises(PerturbationError, match="of another screen"):
        perturbation_load.predict_effects(other)


def test_effects_by_hand_and_intervals_hold_them() -> None:
    world = small_world().screen
    found = measure(world)
    np.testing.assert_allclose(found.effect, ate(world), atol=1e-5)
    assert found.targets == world.targets()
    assert found.cells.sum() == (world.target != CONTROL).sum()
    own = of_target(found, found.targets[2])
    assert len(own) == 14
    assert own["predicted"].isna().all()
    assert np.isnan(agreement(own))
    every = all_targets(found)
    assert len(every) == 6 * 14
    part = every[every["target"] == found.targets[2]].drop(columns=["target", "cells"])
    pd.testing.assert_frame_equal(part.reset_index(drop=True), own)


def test_what_is_too_sure_to_tell_from_none_stands_at_the_least() -> None:
    """Thousands of standard errors from 0: a p below any number is no 0 on the page."""
    world = small_world().screen
    assert np.nanmin(measure(world).p) > LEAST_P
    first = world.targets()[0]
    counts = np.full_like(world.counts, 10)
    noise = np.random.default_rng(0).integers(0, 2, len(counts))
    counts[:, 0] = np.where(world.target == first, 400, 4000) + noise
    sure = world._replace(counts=counts)
    assert cell_t(sure).p[0, 0] == 0
    assert measure(sure).p[0, 0] == LEAST_P
    table = of_target(measure(sure), first)
    assert (table["fdr"] >= LEAST_P).all()
