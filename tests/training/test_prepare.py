"""A fold is prepared from its training rows alone, and a checkpoint is judged on the others."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch

from badger_core.data.conditions import Conditions
from badger_core.errors import CheckpointError, SplitError
from badger_core.evaluation.evaluate import summarise
from badger_core.evaluation.plain import weighted_mean
from badger_core.model.checkpoint import load_card
from badger_core.training import prepare as prepare_module
from badger_core.training.judge import FoldScores, check_unseen, fold_spread, joined, score_fold
from badger_core.training.prepare import LINE_SHRINKAGE, prepare
from badger_core.training.run import checkpoint_path, train_fold
from badger_core.training.settings import TrainSettings

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def fold(small_bundle):
    return prepare(small_bundle, ("numeric",), "unseen-compound", 1)


@pytest.fixture(scope="module")
def line_fold(small_bundle):
    return prepare(small_bundle, ("numeric",), "unseen-line", 1)


@pytest.fixture(scope="module")
def trained(small_bundle, tmp_path_factory):
    """Folder with one checkpoint of a run of a few steps."""
    folder = tmp_path_factory.mktemp("trained")
    train_fold(
        small_bundle,
        TrainSettings().debug(),
        "unseen-compound",
        1,
        folder / "models",
        folder / "state",
        CPU,
        "by a test",
        lambda line: None,
        debug=True,
    )
    return folder / "models"


@pytest.mark.parametrize("name", ["unseen-compound", "unseen-line", "unseen-pair"])
def test_nothing_in_a_fold_has_seen_the_test_rows(small_bundle, monkeypatch, name):
    """What the held-out rows measure may be anything: the prepared world stays the same."""
    before = prepare(small_bundle, ("numeric",), name, 1)
    change = before.conditions.change.copy()
    hidden = np.concatenate([before.split.test, before.split.valid])
    change[hidden] = change[hidden][:, ::-1] * 100
    scrambled = Conditions(before.conditions.table, change)
    monkeypatch.setattr(prepare_module, "_conditions", lambda *_: scrambled)
    after = prepare(small_bundle, ("numeric",), name, 1)
    assert (after.world.gene_vectors == before.world.gene_vectors).all()
    assert (after.world.mean_change == before.world.mean_change).all()
    assert (after.world.line_means == before.world.line_means).all()


def test_a_training_row_does_shape_the_world(small_bundle, fold, monkeypatch):
    change = fold.conditions.change.copy()
    change[fold.split.train[0]] *= -5
    changed = Conditions(fold.conditions.table, change)
    monkeypatch.setattr(prepare_module, "_conditions", lambda *_: changed)
    after = prepare(small_bundle, ("numeric",), "unseen-compound", 1)
    assert (after.world.mean_change != fold.world.mean_change).any()


def test_an_unfinished_run_is_only_gone_on_with_on_the_same_rows_and_targets(fold, line_fold):
    change = fold.conditions.change.copy()
    change[fold.split.train[0], 0] += 1
    moved = replace(fold, conditions=Conditions(fold.conditions.table, change))
    fewer = replace(fold, split=replace(fold.split, train=fold.split.train[:-1]))
    hashes = [f.content_hash() for f in (fold, moved, fewer, line_fold)]
    assert len(set(hashes)) == 4
    assert replace(fold).content_hash() == hashes[0]


def test_held_out_lines_are_no_references(line_fold):
    held_out = line_fold.split.held_out["cell"]
    assert held_out
    assert not held_out & set(line_fold.cells.references)
    trained = line_fold.conditions.table["cell"].iloc[line_fold.split.train]
    names = np.array(line_fold.cells.references)
    assert set(names[line_fold.world.line_at]) == set(trained)


def test_the_mean_of_a_line_is_drawn_towards_the_overall_mean(fold):
    rows = fold.conditions.take(fold.split.train)
    weight = rows.table["weight"].to_numpy()
    overall = weighted_mean(rows.change, weight)
    position = fold.world.line_at.tolist().index(fold.cells.references.index("A375"))
    own = (rows.table["cell"] == "A375").to_numpy()
    total = weight[own].sum()
    by_hand = (weight[own] @ rows.change[own] + LINE_SHRINKAGE * overall) / (total + LINE_SHRINKAGE)
    assert fold.world.line_means[position] == pytest.approx(by_hand, abs=1e-4)
    assert fold.world.mean_change == pytest.approx(overall, abs=1e-6)


def test_a_network_fits_its_loader(fold):
    network = fold.network(TrainSettings())().eval()
    batch = next(fold.loader(fold.split.test[:3]).ordered(3))
    with torch.inference_mode():
        assert network(batch).change.shape == (3, 978)


def test_validation_holds_the_validation_rows(fold):
    valid = fold.validation()
    assert len(valid.loader) == len(valid.table) == len(valid.change) == len(fold.split.valid)
    assert (valid.change == fold.conditions.change[fold.split.valid]).all()


def test_the_card_names_what_was_trained_on(fold, trained):
    card = load_card(checkpoint_path(trained, 1))
    train = fold.conditions.table.iloc[fold.split.train]
    assert card.trained_compounds == tuple(sorted(set(train["ik14"])))
    assert card.trained_cells == tuple(sorted(set(train["cell"])))
    assert (card.split, card.fold, card.command) == ("unseen-compound", 1, "by a test")
    assert card.bundle == fold.bundle.content_hash
    assert set(card.metrics) == {"valid_score", "epoch", "epochs_run", "seconds"}
    assert card.training["seed"] == TrainSettings().seed


def test_a_checkpoint_is_scored_on_its_test_rows_beside_the_drug_free_mean(
    small_bundle, fold, trained
):
    found = score_fold(small_bundle, "badger", "unseen-compound", 1, trained, CPU)
    assert len(found.conditions) == len(fold.split.test)
    assert set(found.scores) == {"badger", "drug-free mean", "nearest 5", "kernel ridge"}
    for scores in found.scores.values():
        assert len(scores) == len(fold.split.test)
        assert scores["spearman"].between(-1, 1).all()
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
        score_fold(small_bundle, "badger", split, number, tmp_path, CPU)


def test_a_checkpoint_that_knows_a_test_compound_is_refused(fold):
    compound = fold.conditions.table["ik14"].iloc[fold.split.test[0]]
    check_unseen(fold, {"another"}, {"A375"})
    with pytest.raises(CheckpointError, match=f"was trained on {compound}, a test ik14"):
        check_unseen(fold, {compound}, set())


def test_a_checkpoint_that_knows_a_test_line_is_refused(line_fold):
    line = line_fold.conditions.table["cell"].iloc[line_fold.split.test[0]]
    with pytest.raises(CheckpointError, match=f"was trained on {line}, a test cell"):
        check_unseen(line_fold, set(), {line})


def test_a_fold_that_does_not_exist_is_refused(small_bundle):
    with pytest.raises(SplitError, match="Fold 9 does not exist"):
        prepare(small_bundle, ("numeric",), "unseen-compound", 9)


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
