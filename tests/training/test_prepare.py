"""A fold is prepared from its training rows alone; whatever is sealed stays out of reach."""

from dataclasses import asdict, replace

import numpy as np
import pytest
import torch

from badger_core.chem.fingerprint import morgan_bits
from badger_core.data.conditions import Conditions
from badger_core.data.knowledge import Knowledge
from badger_core.errors import RawDataError, SplitError
from badger_core.evaluation.plain import weighted_mean
from badger_core.model.checkpoint import load, load_card
from badger_core.model.zoo import network_named
from badger_core.training import prepare as prepare_module
from badger_core.training.expression import predict_all
from badger_core.training.lesson import make_lesson
from badger_core.training.prepare import LINE_SHRINKAGE, prepare
from badger_core.training.run import checkpoint_path
from badger_core.training.settings import TrainSettings
from tests.training.conftest import poison, train_few_steps, whole_of

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def choosing_fold(small_bundle):
    return prepare(small_bundle, ("numeric",), "unseen-compound", 0)


@pytest.fixture(scope="module")
def trained(small_bundle, tmp_path_factory):
    return train_few_steps(small_bundle, tmp_path_factory.mktemp("trained"))


@pytest.mark.parametrize(
    "name", ["unseen-compound", "unseen-scaffold", "unseen-line", "unseen-pair"]
)
def test_whatever_the_test_labels_are_training_and_predictions_stay_bit_for_bit(
    small_bundle, monkeypatch, tmp_path, name
):
    teaching = {"taught": 20, "smoothing": 0.7}
    before = prepare(small_bundle, ("numeric",), name, 1)
    first = train_few_steps(small_bundle, tmp_path / "before", name, **teaching)
    poison(monkeypatch, small_bundle, before.split)
    after = prepare(small_bundle, ("numeric",), name, 1)
    second = train_few_steps(small_bundle, tmp_path / "after", name, **teaching)
    assert (after.world.gene_vectors == before.world.gene_vectors).all()
    assert (after.world.mean_change == before.world.mean_change).all()
    assert (after.world.line_means == before.world.line_means).all()
    assert after.content_hash() == before.content_hash()
    one, other = (checkpoint_path(f, 1).with_suffix(".safetensors") for f in (first, second))
    assert one.read_bytes() == other.read_bytes()
    found = []
    for fold, folder in ((before, first), (after, second)):
        model, card = load(checkpoint_path(folder, 1))
        knowledge = Knowledge(small_bundle.library, card.terms)
        loader = fold.loader(fold.split.test, knowledge=knowledge)
        found.append(predict_all(model, loader, CPU))
    assert np.isfinite(found[0]).all()
    assert (found[0] == found[1]).all()


def test_only_training_rows_have_labels_in_a_tested_fold(fold, line_fold, small_bundle):
    pair_fold = prepare(small_bundle, ("numeric",), "unseen-pair", 1)
    for tested in (fold, line_fold, pair_fold):
        labelled = np.isfinite(tested.conditions.change).all(axis=1)
        assert np.flatnonzero(labelled).tolist() == tested.split.train.tolist()
        assert np.isnan(tested.conditions.change[~labelled]).all()
        assert (tested.conditions.table["active"].notna() == labelled).all()
        assert (tested.conditions.table["strength"].notna() == labelled).all()
        assert len(tested.truth) == len(tested.split.test)
        assert tested.validation() is None


def untrained(fold):
    """A network of the fold as training would start with it, and what its kernel part knows."""
    settings = TrainSettings()
    lesson = make_lesson(fold, settings, fold.world)
    network = network_named(settings.network)(lesson.world, **asdict(settings.model))
    return network.eval(), lesson.knowledge


def test_batches_of_test_rows_have_no_labels_and_can_be_predicted(fold):
    network, knowledge = untrained(fold)
    for batch in fold.loader(fold.split.test, knowledge=knowledge).ordered(20):
        assert torch.isnan(batch.change).all()
        assert torch.isfinite(batch.weight).all()
        with torch.inference_mode():
            assert torch.isfinite(network(batch).change).all()


def test_the_choosing_fold_is_open_and_no_test(choosing_fold):
    rows = choosing_fold.split.test
    assert choosing_fold.truth is None
    valid = choosing_fold.validation()
    assert len(valid.loader) == len(valid.table) == len(valid.change) == len(rows)
    assert (valid.change == whole_of(choosing_fold).change[rows]).all()
    assert valid.table["active"].notna().all()


def test_the_choosing_fold_trains_with_a_validation_and_the_others_without(
    small_bundle, trained, tmp_path
):
    said = []
    out = train_few_steps(small_bundle, tmp_path, "unseen-compound", 0, said.append)
    assert "choosing conditions" in said[0]
    assert "valid" in said[1]
    metrics = load_card(checkpoint_path(out, 0)).metrics
    assert set(metrics) == {"valid_score", "epoch", "epochs_run", "seconds"}
    assert set(load_card(checkpoint_path(trained, 1)).metrics) == {"epoch", "epochs_run", "seconds"}


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
    network, knowledge = untrained(fold)
    batch = next(fold.loader(fold.split.test[:3], knowledge=knowledge).ordered(3))
    with torch.inference_mode():
        assert network(batch).change.shape == (3, 978)


def test_the_card_names_what_was_trained_on(fold, trained):
    card = load_card(checkpoint_path(trained, 1))
    train = fold.conditions.table.iloc[fold.split.train]
    assert card.trained_compounds == tuple(sorted(set(train["ik14"])))
    assert card.trained_cells == tuple(sorted(set(train["cell"])))
    assert (card.split, card.fold, card.command) == ("unseen-compound", 1, "by a test")
    assert card.bundle == fold.bundle.content_hash
    assert card.metrics["epoch"] == card.metrics["epochs_run"] == 2
    assert card.format == 2
    assert card.settings["kernel_share"] == TrainSettings().model.kernel_share > 0
    assert card.training["seed"] == TrainSettings().seed


def test_batches_can_be_made_of_any_rows_and_of_compounds_that_were_never_profiled(fold):
    profiled = set(fold.conditions.table["ik14"])
    never = next(key for key in fold.bundle.library.hub["ik14"] if key not in profiled)
    rows = fold.conditions.take(fold.split.train[:2])
    rows = Conditions(rows.table.assign(ik14=[never, rows.table["ik14"].iloc[1]]), rows.change)
    assert never not in fold.molecules
    (batch,) = fold.loader_of(rows).ordered(2)
    smiles = fold.bundle.library.by_structure(never).smiles
    assert (batch.molecule[0].numpy() == morgan_bits(smiles)).all()
    assert (batch.change.numpy() == rows.change).all()
    assert never not in fold.molecules


def test_the_world_holds_its_own_gene_vectors_unless_published_ones_are_asked_for(fold):
    assert fold.world_for("own") is fold.world
    with pytest.raises(RawDataError, match="--raw FOLDER"):
        fold.world_for("go")


def test_a_fold_that_does_not_exist_is_refused(small_bundle):
    with pytest.raises(SplitError, match="Fold 9 does not exist"):
        prepare(small_bundle, ("numeric",), "unseen-compound", 9)
