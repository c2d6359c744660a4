"""A matrix does each unit once, in a fixed order of freezing, predicting, opening and scoring."""

import json
from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest
import torch

from badger_core.benchmark import matrix as matrix_module
from badger_core.benchmark.contenders import GROUPS
from badger_core.benchmark.matrix import (
    ROWS,
    Plan,
    Unit,
    is_done,
    run,
    scores,
    unit_recipe,
    units_of,
)
from badger_core.benchmark.plain import KINDS
from badger_core.benchmark.scores import score_rows
from badger_core.benchmark.tally import METRICS
from badger_core.data.sealed import FILE, read_frozen, recipe_hash
from badger_core.data.splits import SPLITS
from badger_core.errors import SealError, SettingError
from badger_core.training.prepare import prepare
from badger_core.training.settings import RUNS

CPU = torch.device("cpu")
FIRST, SECOND = (Unit("unseen-compound", "mlp", fold) for fold in (1, 2))


class Spy:
    """Stands in for `predict_group`: the same small numbers for every group; notes what it saw."""

    def __init__(self, root, fail_at=None):
        self.root, self.fail_at = root, fail_at
        self.asked, self.opened = [], []

    def __call__(self, group, fold, settings, folder, command, device, report, raw=None):
        if len(self.asked) == self.fail_at:
            raise KeyboardInterrupt
        self.asked.append((group, fold.split.name, fold.split.fold))
        self.opened.append(read_frozen(folder).opened)
        assert np.isnan(fold.conditions.change[fold.split.test]).all()
        assert command.startswith(f"badger train {group} --split {fold.split.name} ")
        report("epoch 1/1")
        size = (len(fold.split.test), len(fold.bundle.genes))
        change = np.random.default_rng(88).normal(size=size).astype(np.float32)
        return {name: change + i for i, name in enumerate(GROUPS[group])}


@pytest.fixture
def spy(tmp_path, monkeypatch):
    spy = Spy(tmp_path)
    monkeypatch.setattr(matrix_module, "predict_group", spy)
    return spy


@pytest.fixture
def plan(tmp_path):
    return Plan(tmp_path, (FIRST, SECOND), quick=False, device=CPU)


def said_by(bundle, plan):
    said = []
    run(bundle, plan, said.append)
    return said


def test_units_stand_fold_by_fold_so_that_data_are_shared():
    units = units_of(["unseen-line", "unseen-pair"], ["plain", "mlp"], [1, 2])
    assert [str(unit) for unit in units] == [
        "unseen-line plain fold 1",
        "unseen-line mlp fold 1",
        "unseen-line plain fold 2",
        "unseen-line mlp fold 2",
        "unseen-pair plain fold 1",
        "unseen-pair mlp fold 1",
        "unseen-pair plain fold 2",
        "unseen-pair mlp fold 2",
    ]
    assert len(units_of(list(SPLITS), list(GROUPS), range(1, 6))) == len(SPLITS) * len(GROUPS) * 5


@pytest.mark.parametrize(
    ("splits", "groups", "folds", "reason"),
    [
        (["random"], ["plain"], [1], "no 'random'. Choose among unseen-compound, unseen-scaffold"),
        (["unseen-line"], ["plain", "svm"], [1], "no 'svm'. Choose among plain, badger"),
        (["unseen-line"], ["knn"], [1], "no 'knn'. Choose among plain"),  # models are no groups
        (["unseen-line"], ["plain"], [0], "fold 0 is for choosing settings"),
        (["unseen-line"], ["plain"], [1, 6], "Tested folds are 1 to 5"),
    ],
)
def test_units_that_do_not_exist_are_refused(splits, groups, folds, reason):
    with pytest.raises(SettingError, match=reason):
        units_of(splits, groups, folds)


def test_each_unit_has_a_folder_of_its_own(tmp_path):
    units = units_of(list(SPLITS), list(GROUPS), [1, 2])
    assert len({unit.folder(tmp_path) for unit in units}) == len(units)
    assert FIRST.folder(tmp_path) == tmp_path / "unseen-compound" / "mlp" / "fold1"


def test_a_finished_unit_is_not_done_again(small_bundle, plan, spy):
    first = said_by(small_bundle, plan)
    assert spy.asked == [("mlp", "unseen-compound", 1), ("mlp", "unseen-compound", 2)]
    assert all(is_done(unit, plan.root) for unit in plan.units)
    again = said_by(small_bundle, plan)
    assert len(spy.asked) == 2
    assert again == ["2 of 2 units were done before"]
    assert len(first) == 4


def test_an_interrupted_matrix_goes_on_where_it_stopped(small_bundle, plan, spy):
    spy.fail_at = 1
    with pytest.raises(KeyboardInterrupt):
        said_by(small_bundle, plan)
    assert [is_done(unit, plan.root) for unit in plan.units] == [True, False]
    assert not read_frozen(SECOND.folder(plan.root)).opened
    spy.fail_at = None
    said = said_by(small_bundle, plan)
    assert spy.asked == [("mlp", "unseen-compound", 1), ("mlp", "unseen-compound", 2)]
    assert said[0] == "1 of 2 units were done before"
    assert said[-1].startswith("2 of 2 units done, about ")


def test_a_unit_of_several_models_is_done_when_all_of_them_are(small_bundle, plan, spy):
    unit = Unit("unseen-compound", "badger", 1)
    run(small_bundle, replace(plan, units=(unit,)), lambda line: None)
    assert is_done(unit, plan.root)
    (unit.folder(plan.root) / "badger_kernel.parquet").unlink()
    assert not is_done(unit, plan.root)


def test_the_time_left_is_told_after_each_unit(small_bundle, plan, spy, monkeypatch):
    clock = iter([0.0, 90.0, 200.0])
    monkeypatch.setattr(matrix_module.time, "monotonic", lambda: next(clock))
    assert said_by(small_bundle, plan) == [
        "[unseen-compound mlp fold 1] epoch 1/1",
        "1 of 2 units done, about 1 min 30 s left",
        "[unseen-compound mlp fold 2] epoch 1/1",
        "2 of 2 units done, about 0 s left",
    ]


def test_labels_are_opened_only_after_the_configuration_is_frozen(small_bundle, plan, spy):
    said_by(small_bundle, plan)
    assert spy.opened == [False, False]
    for unit in plan.units:
        recipe = unit_recipe(small_bundle, unit, RUNS["mlp"])
        frozen = read_frozen(unit.folder(plan.root))
        assert frozen.opened
        assert frozen.hash == recipe_hash(recipe)
        assert frozen.recipe["settings"]["network"] == "mlp"
        content = json.loads((unit.folder(plan.root) / FILE).read_text("utf-8"))
        assert content["opened"] is True
    assert recipe["run"] == "mlp"
    assert (recipe["split"], recipe["fold"]) == ("unseen-compound", 2)
    assert recipe["settings"] == asdict(RUNS["mlp"])
    assert recipe["bundle"] == small_bundle.content_hash
    assert unit_recipe(small_bundle, FIRST, None)["settings"] == {}


def test_other_settings_are_refused_once_labels_were_opened(small_bundle, plan, spy, monkeypatch):
    said_by(small_bundle, plan)
    for unit in plan.units:
        (unit.folder(plan.root) / "mlp.parquet").unlink()
    other = replace(RUNS["mlp"], epochs=RUNS["mlp"].epochs + 1)
    monkeypatch.setattr(matrix_module, "settings_of", lambda *_: other)
    with pytest.raises(
        SealError, match="its test labels were opened; this one differs in settings"
    ):
        said_by(small_bundle, plan)
    assert len(spy.asked) == 2  # refused before anything was trained
    monkeypatch.setattr(matrix_module, "settings_of", lambda *_: RUNS["mlp"])
    said_by(small_bundle, plan)
    assert len(spy.asked) == 4


def test_other_settings_may_be_frozen_before_labels_were_opened(
    small_bundle, plan, spy, monkeypatch
):
    spy.fail_at = 0
    with pytest.raises(KeyboardInterrupt):
        said_by(small_bundle, plan)
    spy.fail_at = None
    other = replace(RUNS["mlp"], epochs=7)
    monkeypatch.setattr(matrix_module, "settings_of", lambda *_: other)
    said_by(small_bundle, plan)
    assert read_frozen(FIRST.folder(plan.root)).recipe["settings"]["epochs"] == 7


def test_a_unit_is_prepared_with_the_kinds_of_its_settings(small_bundle, plan, spy, monkeypatch):
    asked = []

    def prepared(bundle, kinds, *rest):
        asked.append(kinds)
        return prepare(bundle, kinds, *rest)

    monkeypatch.setattr(matrix_module, "prepare", prepared)
    for settings in (replace(RUNS["mlp"], kinds=("numeric",)), None):
        monkeypatch.setattr(matrix_module, "settings_of", lambda *_, given=settings: given)
        folder = plan.root / str(settings is None)
        run(small_bundle, replace(plan, root=folder, units=(FIRST,)), lambda line: None)
    assert asked == [("numeric",), KINDS]


def test_a_unit_keeps_its_scores_and_its_predictions(small_bundle, plan, spy):
    said_by(small_bundle, replace(plan, units=(FIRST,)))
    folder = FIRST.folder(plan.root)
    table = pd.read_parquet(folder / "mlp.parquet")
    assert list(table.columns) == [*ROWS, *METRICS]
    fold = prepare(small_bundle, KINDS, "unseen-compound", 1)
    test = fold.conditions.table.iloc[fold.split.test].reset_index(drop=True)
    assert table["ik14"].tolist() == test["ik14"].tolist()
    assert table["cell"].tolist() == test["cell"].tolist()
    with np.load(folder / "predictions.npz", allow_pickle=False) as file:
        assert file.files == ["mlp"]
        stored = file["mlp"]
    assert stored.dtype == np.float16
    truth = fold.truth.open(folder, unit_recipe(small_bundle, FIRST, RUNS["mlp"]))
    predicted = np.random.default_rng(88).normal(size=stored.shape).astype(np.float32)
    assert stored == pytest.approx(predicted, abs=2e-3)
    pd.testing.assert_frame_equal(table[list(METRICS)], score_rows(truth, predicted))
    assert table["active"].dtype == bool


def test_all_scores_stand_together_by_split_model_and_fold(small_bundle, plan, spy):
    with pytest.raises(SettingError, match="No unit is finished yet"):
        scores(plan)
    said_by(small_bundle, replace(plan, units=(FIRST,)))
    unit = Unit("unseen-line", "badger", 1)
    both = replace(plan, units=(FIRST, SECOND, unit))
    said_by(small_bundle, replace(plan, units=(unit,)))
    found = scores(both)
    counts = found.groupby(["split", "model", "fold"]).size()
    assert list(counts.index) == [
        ("unseen-compound", "mlp", 1),
        ("unseen-line", "badger", 1),
        ("unseen-line", "badger_cascade", 1),
        ("unseen-line", "badger_kernel", 1),
    ]
    table = pd.read_parquet(FIRST.folder(plan.root) / "mlp.parquet")
    assert counts["unseen-compound", "mlp", 1] == len(table)


def test_the_plain_group_runs_for_real(small_bundle, plan):
    unit = Unit("unseen-line", "plain", 1)
    run(small_bundle, replace(plan, units=(unit,)), lambda line: None)
    found = scores(replace(plan, units=(unit,)))
    assert set(found["model"]) == set(GROUPS["plain"])
    means = found.groupby("model")["spearman"].mean()
    assert means["kernel_ridge"] > means["global_mean"]
