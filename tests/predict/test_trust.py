"""What is said of one prediction, and the file it is said from."""

import json

import numpy as np
import pytest

from badger_core.errors import CheckpointError
from badger_core.predict.answer import mean_shares, share_of
from badger_core.predict.familiarity import BADGES
from badger_core.predict.trust import FILE, SPLIT_OF, load_trust


def test_every_badge_has_a_split_to_be_compared_with():
    assert set(SPLIT_OF) == set(BADGES.values())


def test_models_without_a_record_say_nothing(tmp_path):
    assert load_trust(tmp_path) is None


@pytest.mark.parametrize("text", ["{", "[]", '{"unseen-compound": 3}'])
def test_a_damaged_record_names_the_remedy(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    with pytest.raises(CheckpointError, match="badger calibrate"):
        load_trust(tmp_path)


def test_shares_of_parts_add_up_to_one():
    chance = np.random.default_rng(1)
    cascade, kernel = chance.normal(size=(2, 3, 50))
    whole = 0.2 * cascade + 0.8 * kernel
    shares = share_of(0.2 * cascade, whole) + share_of(0.8 * kernel, whole)
    assert shares == pytest.approx(1)


def test_a_part_that_argues_against_the_rest_has_a_negative_share():
    whole = np.array([[1.0, 2, 3, 4]])
    assert share_of(-whole, whole) == pytest.approx(-1)
    assert share_of(2 * whole, whole) == pytest.approx(2)


def test_shares_are_averaged_over_members():
    members = [{"cascade": np.array([0.2])}, {"cascade": np.array([0.4])}]
    assert mean_shares(members) == {"cascade": 0.3}
    assert mean_shares([{}, {}]) == {}


def test_the_shipped_record_speaks_of_every_split(predictor):
    assert set(predictor.trust) >= set(SPLIT_OF.values())


def test_a_ranking_says_how_far_to_trust_it(predictor):
    ranking = predictor.ask("imatinib", "MCF7")
    trust = ranking.manifest["trust"]
    assert 0 < trust["confidence"] < 1
    assert trust["alike"] >= 20
    assert set(trust["domain"].values()) <= {"inside", "edge", "outside"}
    assert ranking.table["chance"].between(0, 1).all()
    assert ranking.manifest["parts"]["cascade"] + ranking.manifest["parts"]["kernel"] == (
        pytest.approx(1, abs=1e-3)
    )
    json.dumps(ranking.manifest, allow_nan=False)


def test_chances_fall_from_the_heads_of_the_ranking(predictor):
    table = predictor.ask("imatinib", "MCF7").table
    up = table.loc[table["direction"] == "up", "chance"].to_numpy()
    down = table.loc[table["direction"] == "down", "chance"].to_numpy()
    assert (np.diff(up) <= 1e-9).all()
    assert (np.diff(down) >= -1e-9).all()
