"""Runs are judged on rows they never saw: frozen first, then predicted, then opened and scored."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch

from badger_core.benchmark import judge as judge_module
from badger_core.benchmark.judge import (
    BESIDE,
    FoldScores,
    card_settings,
    check_unseen,
    fold_spread,
    joined,
    run_or_plain,
    score_fold,
    score_plain,
)
from badger_core.benchmark.plain import KINDS, NAMES, plain_predictions
from badger_core.benchmark.recipe import recipe_of
from badger_core.data.conditions import STRENGTH_KEPT
from badger_core.data.knowledge import Knowledge
from badger_core.data.sealed import freeze, read_frozen
from badger_core.errors import CheckpointError, SealError, SettingError, SplitError
from badger_core.evaluation.evaluate import score_conditions, summarise
from badger_core.model.checkpoint import load, load_card
from badger_core.training.expression import predict_all
from badger_core.training.prepare import prepare
from badger_core.training.run import checkpoint_path
from badger_core.training.settings import RUNS, TrainSettings
from tests.training.conftest import train_few_steps, whole_of

CPU = torch.device("cpu")


def recipe_from(bundle, card):
    return recipe_of(bundle, "badger", card_settings(card), card.split, card.fold)


@pytest.fixture(scope="module")
def trained(small_bundle, tmp_path_factory):
    return train_few_steps(small_bundle, tmp_path_factory.mktemp("trained"))


def test_a_checkpoint_is_scored_on_its_test_rows_beside_plain_predictors(
    small_bundle, fold, trained, tmp_path
):
    found = score_fold(small_bundle, "badger", "unseen-compound", 1, trained, tmp_path, CPU)
    assert len(found.conditions) == len(fold.split.test)
    assert tuple(found.scores) == ("badger", *BESIDE)
    for scores in found.scores.values():
        assert len(scores) == len(fold.split.test)
        assert scores["spearman"].between(-1, 1).all()
    truth = whole_of(fold).take(fold.split.test)
    pd.testing.assert_frame_equal(found.conditions, truth.table)
    assert np.isfinite(summarise(found.scores["badger"], found.conditions).to_numpy()).all()
    assert not set(found.conditions["ik14"]) & set(
        load_card(checkpoint_path(trained, 1)).trained_compounds
    )


@pytest.mark.parametrize(("split", "number"), [("unseen-line", 1), ("unseen-compound", 2)])
def test_a_checkpoint_of_another_split_or_fold_is_not_scored(
    small_bundle, trained, tmp_path, split, number
):
    for ending in (".json", ".safetensors"):
        source = checkpoint_path(trained, 1).with_suffix(ending)
        checkpoint_path(tmp_path, number).with_suffix(ending).symlink_to(source)
    with pytest.raises(CheckpointError, match="was trained on unseen-compound fold 1"):
        score_fold(small_bundle, "badger", split, number, tmp_path, tmp_path / "seal", CPU)


def test_what_is_judged_is_frozen_before_the_labels_are_opened(
    small_bundle, fold, trained, tmp_path, monkeypatch
):
    card = load_card(checkpoint_path(trained, 1))
    recipe = recipe_from(small_bundle, card)
    with pytest.raises(SealError, match="no configuration is frozen"):
        fold.truth.open(tmp_path, recipe)
    seen = []

    def predict(*arguments):
        seen.append(read_frozen(tmp_path).opened)
        return predict_all(*arguments)

    monkeypatch.setattr(judge_module, "predict_all", predict)
    for _ in range(2):  # to test the same run twice is nothing new
        score_fold(small_bundle, "badger", "unseen-compound", 1, trained, tmp_path, CPU)
    assert seen == [False, True]
    frozen = read_frozen(tmp_path)
    assert frozen.opened
    assert frozen.recipe["run"] == "badger"
    assert frozen.recipe["settings"]["epochs"] == 2
    assert frozen.recipe["settings"]["model"]["hidden"] == TrainSettings().model.hidden
    assert (frozen.recipe["split"], frozen.recipe["fold"]) == ("unseen-compound", 1)
    assert frozen.recipe["bundle"] == small_bundle.content_hash


@pytest.mark.parametrize("setting", ["epochs", "seed", "mse_weight"])
def test_a_changed_setting_does_not_open_the_labels(small_bundle, fold, trained, tmp_path, setting):
    card = load_card(checkpoint_path(trained, 1))
    freeze(tmp_path, recipe_from(small_bundle, card))
    other = replace(card, training=card.training | {setting: 77})
    with pytest.raises(SealError, match="in settings"):
        fold.truth.open(tmp_path, recipe_from(small_bundle, other))


def test_a_run_configured_otherwise_is_not_tested_once_labels_were_opened(
    small_bundle, trained, tmp_path
):
    score_fold(small_bundle, "badger", "unseen-compound", 1, trained, tmp_path, CPU)
    other = train_few_steps(small_bundle, tmp_path / "other", seed=5)
    with pytest.raises(SealError, match="differs in settings"):
        score_fold(small_bundle, "badger", "unseen-compound", 1, other, tmp_path, CPU)


def test_the_choosing_fold_is_never_a_test(small_bundle, trained, tmp_path):
    with pytest.raises(SplitError, match="Fold 0 only chooses, it is never tested"):
        score_fold(small_bundle, "badger", "unseen-compound", 0, trained, tmp_path, CPU)
    with pytest.raises(SplitError, match="Fold 0 only chooses, it is never tested"):
        score_plain(small_bundle, "knn", "unseen-compound", 0, tmp_path)


def test_a_checkpoint_that_was_taught_is_scored_like_any_other(small_bundle, fold, tmp_path):
    out = train_few_steps(small_bundle, tmp_path, taught=20, smoothing=0.5)
    found = score_fold(small_bundle, "badger", "unseen-compound", 1, out, tmp_path / "seal", CPU)
    model, card = load(checkpoint_path(out, 1))
    loader = fold.loader(fold.split.test, knowledge=Knowledge(small_bundle.library, card.terms))
    expected = score_conditions(
        whole_of(fold).change[fold.split.test], predict_all(model, loader, CPU)
    )
    pd.testing.assert_frame_equal(found.scores["badger"], expected)


@pytest.mark.parametrize("name", ["knn", "moa_mean"])
def test_a_plain_predictor_is_scored_like_a_network(small_bundle, fold, tmp_path, name):
    found = score_plain(small_bundle, name, "unseen-compound", 1, tmp_path)
    assert tuple(found.scores) == tuple(dict.fromkeys((name, *BESIDE)))
    truth = whole_of(fold).take(fold.split.test)
    pd.testing.assert_frame_equal(found.conditions, truth.table)
    predicted = plain_predictions(prepare(small_bundle, KINDS, "unseen-compound", 1))
    for shown, scores in found.scores.items():
        pd.testing.assert_frame_equal(scores, score_conditions(truth.change, predicted[shown]))


def test_a_plain_predictor_is_frozen_before_it_predicts_and_opened_after(
    small_bundle, tmp_path, monkeypatch
):
    seen = []

    def predict(fold):
        seen.append(read_frozen(tmp_path).opened)
        assert np.isnan(fold.conditions.change[fold.split.test]).all()
        return plain_predictions(fold)

    monkeypatch.setattr(judge_module, "plain_predictions", predict)
    for _ in range(2):
        score_plain(small_bundle, "knn", "unseen-line", 1, tmp_path)
    assert seen == [False, True]
    frozen = read_frozen(tmp_path)
    assert frozen.opened
    assert frozen.recipe == {
        "run": "knn",
        "settings": {"kinds": ["numeric", "pooled"]},
        "split": "unseen-line",
        "fold": 1,
        "bundle": small_bundle.content_hash,
        "strength_kept": STRENGTH_KEPT,
    }
    with pytest.raises(SealError, match="differs in run"):
        score_plain(small_bundle, "line_mean", "unseen-line", 1, tmp_path)


def test_runs_and_plain_predictors_are_known_by_name():
    assert all(run_or_plain(name) is settings for name, settings in RUNS.items())
    assert all(run_or_plain(name) is None for name in NAMES)
    assert set(BESIDE) <= set(NAMES)
    assert not set(RUNS) & set(NAMES)


def test_the_error_for_an_unknown_name_lists_them_all():
    with pytest.raises(SettingError, match=r"no run .nonsense.\. Choose among badger, ") as error:
        run_or_plain("nonsense")
    for name in (*RUNS, *NAMES):
        assert name in str(error.value).replace(".", ",").replace(",", " ").split()


def test_a_checkpoint_that_knows_a_test_compound_is_refused(fold):
    compound = fold.conditions.table["ik14"].iloc[fold.split.test[0]]
    check_unseen(fold, {"another"}, {"A375"})
    with pytest.raises(CheckpointError, match=f"was trained on {compound}, a test ik14"):
        check_unseen(fold, {compound}, set())


def test_a_checkpoint_that_knows_a_test_line_is_refused(line_fold):
    line = line_fold.conditions.table["cell"].iloc[line_fold.split.test[0]]
    with pytest.raises(CheckpointError, match=f"was trained on {line}, a test cell"):
        check_unseen(line_fold, set(), {line})


def fold_scores(values):
    conditions = pd.DataFrame({"cell": "A375", "ik14": list("AB"), "active": True})
    return FoldScores(conditions, {"badger": pd.DataFrame({"spearman": values})})


def test_folds_are_joined_and_spread_by_hand():
    folds = [fold_scores([0.1, 0.3]), fold_scores([0.5, 0.7])]
    assert joined(folds).scores["badger"]["spearman"].tolist() == [0.1, 0.3, 0.5, 0.7]
    assert len(joined(folds).conditions) == 4
    spread = fold_spread(folds, summarise)["badger"]
    assert spread.at["all", "spearman"] == pytest.approx(np.std([0.2, 0.6], ddof=1))


def test_one_fold_has_no_spread():
    spread = fold_spread([fold_scores([0.1, 0.3])], summarise)["badger"]
    assert np.isnan(spread.at["all", "spearman"])
