"""Test labels stay out of reach until the configuration that is judged is frozen, and no longer."""

import json

import numpy as np
import pandas as pd
import pytest

from badger_core.data.conditions import Conditions
from badger_core.data.sealed import FILE, freeze, read_frozen, recipe_hash, seal
from badger_core.errors import SealError

ORIGIN = {"split": "unseen-compound", "fold": 1, "bundle": "abc"}
RECIPE = {"run": "badger", "settings": {"epochs": 3, "kinds": ("numeric",)}, **ORIGIN}


@pytest.fixture
def five():
    table = pd.DataFrame({"ik14": list("ABCDE"), "weight": 0.5, "strength": 2.0, "active": True})
    return Conditions(table, np.arange(10, dtype=np.float32).reshape(5, 2))


@pytest.fixture
def sealed(five):
    return seal(five, np.array([1, 4]), ORIGIN)


@pytest.fixture
def truth(sealed):
    return sealed[1]


def test_sealed_rows_have_no_labels_and_keep_the_rest(five, sealed):
    hidden, truth = sealed
    assert len(truth) == 2
    assert np.isnan(hidden.change[[1, 4]]).all()
    assert (hidden.change[[0, 2, 3]] == five.change[[0, 2, 3]]).all()
    assert hidden.table["strength"].isna().tolist() == [False, True, False, False, True]
    assert hidden.table["active"].isna().tolist() == [False, True, False, False, True]
    pd.testing.assert_frame_equal(hidden.table[["ik14", "weight"]], five.table[["ik14", "weight"]])
    with pytest.raises(ValueError, match="missing values"):
        hidden.table["active"].to_numpy(bool)


def test_the_conditions_that_came_are_not_changed(five, sealed):
    assert np.isfinite(five.change).all()
    assert five.table["active"].dtype == bool
    assert five.table["strength"].notna().all()


def test_nothing_is_opened_before_something_is_frozen(truth, tmp_path):
    with pytest.raises(SealError, match="no configuration is frozen"):
        truth.open(tmp_path, RECIPE)
    assert not (tmp_path / FILE).exists()


def test_the_frozen_configuration_opens_and_leaves_a_mark(five, truth, tmp_path):
    frozen = freeze(tmp_path, RECIPE)
    assert frozen.hash == recipe_hash(RECIPE)
    assert not frozen.opened
    opened = truth.open(tmp_path, RECIPE)
    assert (opened.change == five.change[[1, 4]]).all()
    assert opened.table["ik14"].tolist() == ["B", "E"]
    assert opened.table["active"].tolist() == [True, True]
    assert read_frozen(tmp_path).opened
    assert json.loads((tmp_path / FILE).read_text("utf-8"))["opened"] is True
    again = truth.open(tmp_path, RECIPE)
    assert (again.change == opened.change).all()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"settings": {"epochs": 4, "kinds": ("numeric",)}}, "settings"),
        ({"run": "mlp"}, "run"),
        ({"note": "one more"}, "note"),
        ({"fold": 2, "bundle": "abd"}, "bundle, fold"),
    ],
)
def test_another_configuration_than_the_frozen_one_opens_nothing(truth, tmp_path, change, named):
    freeze(tmp_path, RECIPE)
    with pytest.raises(SealError, match=f"differs from the one frozen in .* in {named}"):
        truth.open(tmp_path, RECIPE | change)
    assert not read_frozen(tmp_path).opened


def test_the_configuration_of_another_fold_opens_nothing(truth, tmp_path):
    other = RECIPE | {"fold": 2}
    freeze(tmp_path, other)
    with pytest.raises(SealError, match="is of fold '2', these test labels are of '1'"):
        truth.open(tmp_path, other)


def test_the_order_of_keys_and_the_kind_of_list_do_not_matter(truth, tmp_path):
    freeze(tmp_path, RECIPE)
    same = dict(reversed(json.loads(json.dumps(RECIPE)).items()))
    assert len(truth.open(tmp_path, same)) == 2


def test_a_configuration_may_be_frozen_anew_until_labels_were_opened(truth, tmp_path):
    freeze(tmp_path, RECIPE | {"run": "first try"})
    freeze(tmp_path, RECIPE)
    truth.open(tmp_path, RECIPE)
    assert freeze(tmp_path, RECIPE).opened  # the same one again is nothing new
    with pytest.raises(SealError, match=r"were opened; this one differs in run, settings\."):
        freeze(tmp_path, RECIPE | {"run": "next try", "settings": {"epochs": 9}})
    assert read_frozen(tmp_path).recipe["run"] == "badger"


@pytest.mark.parametrize("part", ["run", "settings", "split", "fold", "bundle"])
def test_a_configuration_that_says_too_little_is_not_frozen(tmp_path, part):
    less = {k: v for k, v in RECIPE.items() if k != part}
    with pytest.raises(SealError, match=f"must say its {part}"):
        freeze(tmp_path, less)


def test_a_tampered_file_is_refused(truth, tmp_path):
    freeze(tmp_path, RECIPE)
    content = json.loads((tmp_path / FILE).read_text("utf-8"))
    content["recipe"]["settings"]["epochs"] = 4
    (tmp_path / FILE).write_text(json.dumps(content), "utf-8")
    changed = RECIPE | {"settings": {"epochs": 4, "kinds": ("numeric",)}}
    for recipe in (RECIPE, changed):
        with pytest.raises(SealError, match="was changed after it was frozen"):
            truth.open(tmp_path, recipe)
        with pytest.raises(SealError, match="was changed after it was frozen"):
            freeze(tmp_path, recipe)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"recipe": 1, "hash": "", "opened": true}'])
def test_a_damaged_file_is_refused(truth, tmp_path, text):
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(SealError, match="is damaged"):
        truth.open(tmp_path, RECIPE)
