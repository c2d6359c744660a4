"""What is learnt from held-out predictions, on made-up ones whose strength tells their worth."""

import numpy as np
import pandas as pd
import pytest

from badger_core.benchmark.held_out import HeldOut
from badger_core.benchmark.trust import LENT, QUANTITY, learn
from badger_core.data.splits import SPLITS
from badger_core.model.signs import SIGNS

GENES = 978


def made_up(pairs: int, lines: int, seed: int) -> HeldOut:
    chance = np.random.default_rng(seed)
    skill = chance.random(pairs)[:, None]
    truth = chance.normal(size=(pairs, GENES))
    predicted = skill * truth + (1 - skill) * chance.normal(size=(pairs, GENES))
    signs = pd.DataFrame({name: chance.random(pairs) for name in SIGNS}).assign(strength=skill)
    table = pd.DataFrame({"cell": np.arange(pairs) % lines, "ik14": np.arange(pairs), "fold": 1})
    return HeldOut(table.astype(str), signs, truth, predicted)


@pytest.fixture(scope="module")
def held():
    return {split: made_up(240 if split in LENT else 300, 12, i) for i, split in enumerate(SPLITS)}


@pytest.fixture(scope="module")
def learnt(held):
    return {split: learn(split, held) for split in ("unseen-compound", "unseen-pair")}


@pytest.mark.parametrize("split", ["unseen-compound", "unseen-pair"])
def test_confidence_follows_what_came_true(learnt, split):
    row = learnt[split].calibration.set_index("quantity").loc[QUANTITY]
    assert row["rank_correlation"] > 0.8
    assert row["ci_low"] > 0.5
    assert row["ece"] < 0.1


def test_a_split_is_judged_on_its_own_pairs_alone(learnt, held):
    own = len(held["unseen-pair"].table)
    assert learnt["unseen-pair"].reliability["n"].sum() == own
    assert (learnt["unseen-pair"].calibration["n"] == own).all()


def test_a_small_split_learns_from_another_too(learnt, held):
    lent = sum(len(held[other].table) for other in LENT["unseen-pair"])
    assert learnt["unseen-pair"].trust.n == len(held["unseen-pair"].table) + lent
    assert learnt["unseen-compound"].trust.n == len(held["unseen-compound"].table)


def test_every_lender_is_a_split():
    assert set(LENT) | {other for others in LENT.values() for other in others} <= set(SPLITS)
