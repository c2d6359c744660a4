"""What a network is taught: measured pairs, smoothed ones, and compounds that nobody profiled."""

from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest
import torch

from badger_core.data.conditions import Conditions
from badger_core.data.featurise import prediction_batch
from badger_core.errors import SettingError
from badger_core.evaluation.correlation import spearman
from badger_core.model.checkpoint import load_card
from badger_core.model.expert import KINDS, KernelExpert
from badger_core.model.zoo import network_named
from badger_core.training import lesson as lesson_module
from badger_core.training.expert import fit_expert
from badger_core.training.lesson import make_lesson, taught_compounds, tempered
from badger_core.training.networks import ExpertSettings
from badger_core.training.prepare import prepare
from badger_core.training.run import checkpoint_path
from badger_core.training.settings import MlpSettings, TrainSettings
from tests.training.conftest import poison, train_few_steps

NO_EXPRESSION = "HCC15"
TAUGHT = 260  # more than are labelled at once
SETTINGS = TrainSettings(taught=TAUGHT, smoothing=0.7)
AS_MEASURED = ExpertSettings(temper=0.0)


def lesson_of(fold, **changes):
    return make_lesson(fold, replace(SETTINGS, **changes), fold.world)


@pytest.fixture(scope="module")
def wide_fold(fold):
    """The fold with rows more in training: pooled, of a line without expression, and gene sets."""
    train = fold.conditions.take(fold.split.train[[0, 1, 2, 2]])
    kinds, cells = ["pooled", "numeric", "gene_set", "gene_set"], ["", NO_EXPRESSION, "", ""]
    signs = np.sign(train.change) * (np.abs(train.change) > 1)
    change = np.where(np.array(kinds)[:, None] == "gene_set", signs, train.change)
    table = pd.concat(
        [fold.conditions.table, train.table.assign(kind=kinds, cell=cells)], ignore_index=True
    )
    both = np.concatenate([fold.conditions.change, change]).astype(np.float32)
    rows = np.arange(len(fold.conditions), len(table))
    split = replace(fold.split, train=np.concatenate([fold.split.train, rows]))
    return replace(fold, conditions=Conditions(table, both), split=split)


@pytest.fixture(scope="module")
def lesson(wide_fold):
    return lesson_of(wide_fold)


@pytest.fixture(scope="module")
def measured(wide_fold):
    """What was measured, averaged by pair."""
    train = wide_fold.conditions.take(wide_fold.split.train)
    return train.take(np.flatnonzero((train.table["kind"] != "gene_set").to_numpy())).by_pair()


@pytest.fixture(scope="module")
def pairs(measured):
    """What is learned of it without smoothing."""
    return Conditions(measured.table, tempered(measured.change, SETTINGS.expert.temper))


def of_kind(lesson, *kinds):
    rows = np.flatnonzero(lesson.rows.table["kind"].isin(kinds).to_numpy())
    return lesson.rows.take(rows)


def test_a_lesson_is_measured_pairs_gene_sets_and_taught_pairs(lesson, pairs):
    kinds = lesson.rows.table["kind"].value_counts().to_dict()
    assert kinds["taught"] == TAUGHT
    assert kinds["gene_set"] == 2
    assert kinds["numeric"] + kinds["pooled"] == len(pairs)
    assert len(lesson.rows.change) == len(lesson.rows)


def test_only_library_compounds_without_any_signature_are_taught(lesson, wide_fold):
    taught = set(of_kind(lesson, "taught").table["ik14"])
    bundle = wide_fold.bundle
    assert taught <= set(bundle.library.hub["ik14"])
    assert not taught & set(bundle.signatures.table["ik14"])
    assert not taught & set(bundle.splits["group"])
    assert len(taught) > TAUGHT / 2
    assert lesson.taught == tuple(sorted(taught)) == taught_compounds(bundle, SETTINGS)


def test_compounds_are_taught_in_training_lines_with_expression(lesson, wide_fold):
    cells = set(of_kind(lesson, "taught").table["cell"])
    trained = set(wide_fold.conditions.table["cell"].iloc[wide_fold.split.train])
    assert {"", NO_EXPRESSION} <= trained
    assert cells == trained - {"", NO_EXPRESSION}


def test_nothing_held_out_is_taught(line_fold, fold, small_bundle):
    pair_fold = prepare(small_bundle, ("numeric",), "unseen-pair", 1)
    for tested in (fold, line_fold, pair_fold):
        rows = lesson_of(tested, taught=100).rows.table
        for column, groups in tested.split.held_out.items():
            assert groups
            assert not set(rows[column]) & groups
        test = tested.conditions.table.iloc[tested.split.test]
        for column in tested.split.held_out:
            assert not set(rows[column]) & set(test[column])


def test_lines_with_more_evidence_are_taught_more_often(fold):
    lesson = lesson_of(fold, taught=500)
    often = of_kind(lesson, "taught").table["cell"].value_counts(normalize=True)
    pairs = fold.conditions.take(fold.split.train).by_pair()
    root = np.sqrt(pairs.table.groupby("cell")["weight"].sum())
    expected = root / root.sum()
    assert often.to_dict() == pytest.approx(expected.to_dict(), abs=0.06)


def test_the_label_of_a_taught_pair_is_what_the_kernel_part_says(lesson, wide_fold):
    taught = of_kind(lesson, "taught")
    last = taught.take(np.array([0, 7, TAUGHT - 1]))
    molecules = wide_fold.bundle.library.molecules(last.table["ik14"])
    lines = [wide_fold.cells.of_line(name) for name in last.table["cell"]]
    known = np.stack([lesson.knowledge.of(key) for key in last.table["ik14"]])
    batch = prediction_batch(
        [molecules[key] for key in last.table["ik14"]],
        lines,
        wide_fold.world.n_references,
        wide_fold.world.n_context,
        knowledge=known,
    )
    with torch.inference_mode():
        expected = KernelExpert(lesson.world.expert)(batch).numpy()
    assert last.change == pytest.approx(expected, abs=1e-4)
    assert np.isfinite(last.change).all()
    assert last.change.std() > 0.01


def test_taught_pairs_weigh_as_the_average_pair_and_stand_at_the_reference_context(lesson, pairs):
    table = of_kind(lesson, "taught").table
    assert table["weight"].to_numpy() == pytest.approx(pairs.table["weight"].mean())
    assert set(zip(table["dose_um"], table["time_h"], table["source"], strict=True)) == {
        (10.0, 24.0, "")
    }


def test_a_seed_gives_the_same_lesson_and_another_seed_other_pairs(wide_fold):
    first, again, other = (lesson_of(wide_fold, taught=40, seed=seed) for seed in (88, 88, 5))
    assert again.rows.table.equals(first.rows.table)
    assert (again.rows.change == first.rows.change).all()
    assert again.taught == first.taught != other.taught
    one, two = (of_kind(lesson, "numeric", "pooled") for lesson in (first, other))
    assert (one.change == two.change).all()


def test_without_smoothing_and_tempering_measured_pairs_keep_their_means(wide_fold, measured):
    lesson = lesson_of(wide_fold, smoothing=0.0, expert=AS_MEASURED)
    found = of_kind(lesson, "numeric", "pooled")
    assert found.change == pytest.approx(measured.change, abs=1e-6)
    pd.testing.assert_frame_equal(found.table[measured.table.columns], measured.table)


def test_without_smoothing_measured_pairs_are_tempered_alone(wide_fold, pairs):
    found = of_kind(lesson_of(wide_fold, smoothing=0.0), "numeric", "pooled")
    assert (found.change == pairs.change).all()


def test_tempering_by_hand():
    """Ranks 3, 1, 2 of 3 genes: the quantiles .75, .25 and .5, stretched to the row's strength."""
    change = np.array([[9.0, -3.0, 0.0]], np.float32)
    scores = np.array([[0.67449, -0.67449, 0.0]]) * np.sqrt(30) / np.sqrt(2 * 0.67449**2 / 3)
    assert tempered(change, 0.0) == pytest.approx(change)
    assert tempered(change, 1.0) == pytest.approx(scores, abs=1e-3)
    assert tempered(change, 0.25) == pytest.approx(0.75 * change + 0.25 * scores, abs=1e-3)
    assert tempered(change, 0.25).dtype == np.float32


def test_tempering_keeps_order_and_strength_row_by_row(measured):
    own = np.sqrt((measured.change**2).mean(axis=1))
    for temper in (0.25, 1.0):
        found = tempered(measured.change, temper)
        assert spearman(found, measured.change).min() > 0.9999
        assert np.sqrt((found**2).mean(axis=1)) == pytest.approx(own, rel=0.15)
        assert found[:5] == pytest.approx(tempered(measured.change[:5], temper), rel=1e-2)


@pytest.mark.parametrize("smoothing", [0.7, 1.0])
def test_smoothing_mixes_in_what_the_kernel_part_makes_of_the_pairs(
    wide_fold, pairs, lesson, smoothing
):
    smiles = {key: molecule.smiles for key, molecule in wide_fold.molecules.items()}
    fitted = fit_expert(pairs, smiles, wide_fold.cells, lesson.knowledge, SETTINGS.expert)
    found = of_kind(lesson_of(wide_fold, smoothing=smoothing), "numeric", "pooled")
    expected = (1 - smoothing) * pairs.change + smoothing * fitted.change
    assert found.change == pytest.approx(expected, abs=1e-4)
    assert np.abs(found.change - pairs.change).max() > 0.1


def test_gene_sets_are_neither_averaged_nor_smoothed(lesson, wide_fold):
    """Two sets of one compound stay two: a mean of signs is no gene set."""
    sets = of_kind(lesson, "gene_set")
    given = wide_fold.conditions.take(wide_fold.split.train[-2:])
    assert (sets.change == given.change).all()
    assert set(np.unique(sets.change)) == {-1, 0, 1}
    assert sets.table["weight"].tolist() == given.table["weight"].tolist()
    assert sets.table["dose_um"].tolist() == given.table["dose_um"].tolist()


def test_no_label_is_missing_and_batches_can_be_made(lesson, wide_fold):
    assert np.isfinite(lesson.rows.change).all()
    assert lesson.rows.table["weight"].gt(0).all()
    batches = list(lesson.loader(wide_fold, graphs=False).ordered(64))
    assert sum(len(b.change) for b in batches) == len(lesson.rows)
    assert sum(int(b.is_gene_set.sum()) for b in batches) == 2
    assert all(b.knowledge.shape[1] == len(lesson.knowledge.terms) > 0 for b in batches)
    assert all(torch.isfinite(b.change).all() for b in batches)


def test_a_network_with_a_kernel_share_gets_the_kernel_part_without_being_taught(fold):
    lesson = lesson_of(fold, taught=0, smoothing=0.0)
    assert lesson.taught == ()
    assert lesson.world.expert is not None
    assert set(lesson.rows.table["kind"]) == {"numeric"}
    settings = SETTINGS.model
    network = network_named("badger")(lesson.world, **asdict(settings)).eval()
    batch = next(lesson.loader(fold, graphs=False).ordered(4))
    with torch.inference_mode():
        assert set(network(batch).parts) == {"cascade", "kernel"}


def test_who_asks_for_no_kernel_part_gets_none(fold):
    lesson = lesson_of(fold, network="mlp", model=MlpSettings(), taught=0, smoothing=0.0)
    assert lesson.world is fold.world
    assert lesson.world.expert is None
    assert lesson.knowledge.terms == ()
    assert lesson.taught == ()
    pairs = fold.conditions.take(fold.split.train).by_pair()
    assert (lesson.rows.change == pairs.change).all()
    assert next(lesson.loader(fold, graphs=False).ordered(3)).knowledge.shape == (3, 0)


def test_another_network_can_be_taught_too(fold):
    lesson = lesson_of(fold, network="mlp", model=MlpSettings(), taught=40)
    assert (lesson.rows.table["kind"] == "taught").sum() == 40
    network = network_named("mlp")(lesson.world, **asdict(MlpSettings())).eval()
    with torch.inference_mode():
        assert network(next(lesson.loader(fold, graphs=False).ordered(2))).parts == {}


@pytest.mark.parametrize("name", ["unseen-compound", "unseen-scaffold", "unseen-line"])
def test_whatever_the_test_labels_are_the_lesson_stays_bit_for_bit(small_bundle, monkeypatch, name):
    before = prepare(small_bundle, ("numeric",), name, 1)
    first = lesson_of(before, taught=40)
    poison(monkeypatch, small_bundle, before.split)
    second = lesson_of(prepare(small_bundle, ("numeric",), name, 1), taught=40)
    assert (first.rows.change == second.rows.change).all()
    pd.testing.assert_frame_equal(first.rows.table, second.rows.table)
    assert first.knowledge.terms == second.knowledge.terms
    assert first.taught == second.taught
    for field in KINDS:
        one, other = (getattr(lesson.world.expert, field) for lesson in (first, second))
        assert (one == other).all(), field


def test_a_training_label_does_shape_the_lesson(fold):
    change = fold.conditions.change.copy()
    change[fold.split.train[0]] *= -5
    moved = replace(fold, conditions=Conditions(fold.conditions.table, change))
    lessons = [lesson_of(f, taught=40) for f in (fold, moved)]
    one, other = (of_kind(lesson, "taught").change for lesson in lessons)
    assert np.abs(one - other).max() > 0.01


def test_the_checkpoint_names_what_was_taught_and_what_is_known(small_bundle, fold, tmp_path):
    out = train_few_steps(small_bundle, tmp_path, taught=20, smoothing=0.5)
    card = load_card(checkpoint_path(out, 1))
    settings = replace(SETTINGS, taught=20, smoothing=0.5, kinds=("numeric",))
    expected = make_lesson(fold, settings, fold.world)
    assert card.taught_compounds == expected.taught
    assert card.terms == expected.knowledge.terms
    assert card.expert == expected.world.expert.shapes()
    assert not set(card.taught_compounds) & set(card.trained_compounds)
    assert (card.training["taught"], card.training["smoothing"]) == (20, 0.5)


def test_a_kernel_part_of_too_many_pairs_is_refused(fold, monkeypatch):
    monkeypatch.setattr(lesson_module, "MOST_PAIRS", 10)
    with pytest.raises(SettingError, match=r"up to 10 can be solved for.*kernel_share=0"):
        lesson_of(fold, taught=5)
