"""A recipe has the same hash wherever it is built, and every part of it counts."""

from dataclasses import asdict, replace
from types import SimpleNamespace

import pytest

from badger_core.benchmark.judge import card_settings
from badger_core.benchmark.matrix import Unit, unit_recipe
from badger_core.benchmark.recipe import recipe_of
from badger_core.data.conditions import STRENGTH_KEPT
from badger_core.data.sealed import PARTS, recipe_hash
from badger_core.training.settings import RUNS

BUNDLE = SimpleNamespace(content_hash="b0")


def test_a_recipe_by_hand():
    found = recipe_of(BUNDLE, "knn", {"kinds": ("numeric",)}, "unseen-line", 2)
    assert found == {
        "run": "knn",
        "settings": {"kinds": ("numeric",)},
        "split": "unseen-line",
        "fold": 2,
        "bundle": "b0",
        "strength_kept": STRENGTH_KEPT,
    }
    assert set(PARTS) <= set(found)
    # Written down so that finished units keep their hash: a change here seals them all.
    assert STRENGTH_KEPT == 0.5
    assert recipe_hash(found) == "4538c75717bf6c4f5330d16ff78165f709e9a2518241f0245e621c57b20aeaab"


def test_a_unit_and_the_card_of_its_checkpoint_have_one_recipe(trained_card):
    unit = Unit("unseen-line", "mlp", 2)
    card = replace(trained_card, split="unseen-line", fold=2)
    from_card = recipe_of(BUNDLE, "mlp", card_settings(card), card.split, card.fold)
    assert recipe_hash(from_card) == recipe_hash(unit_recipe(BUNDLE, unit, RUNS["mlp"]))


@pytest.fixture
def trained_card(predictor):
    """A card as training writes it for the run mlp."""
    training = asdict(RUNS["mlp"])
    network, model = training.pop("network"), training.pop("model")
    card = predictor.ensemble[0].card
    return replace(card, network=network, settings=model, training=training)
