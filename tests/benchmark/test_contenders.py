"""Who takes part, with which settings, and what each gives for the test rows of a fold."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from badger_core.benchmark.contenders import (
    BASELINES,
    GROUPS,
    OURS,
    PUBLISHED_VECTORS,
    predict_group,
    settings_of,
)
from badger_core.benchmark.plain import NAMES
from badger_core.benchmark.plain import plain_predictions as plain_of
from badger_core.data.knowledge import Knowledge
from badger_core.errors import RawDataError, SettingError
from badger_core.model.checkpoint import load
from badger_core.model.zoo import MODELS
from badger_core.training.expression import predict_all
from badger_core.training.run import checkpoint_path
from badger_core.training.settings import RUNS, MlpSettings

CPU = torch.device("cpu")
SMALL = replace(RUNS["badger"], kinds=("numeric",), epochs=1, taught=20)
SMALL = replace(SMALL, model=replace(SMALL.model, hidden=8))


def predict(group, fold, settings, folder, **more):
    said = []
    found = predict_group(group, fold, settings, folder, "by a test", CPU, said.append, **more)
    return found, said


@pytest.fixture(scope="module")
def predicted(fold, tmp_path_factory):
    """Folder of a small badger and what it gives."""
    folder = tmp_path_factory.mktemp("badger")
    return folder, *predict("badger", fold, SMALL, folder)


def test_every_group_but_the_plain_one_is_a_named_run_of_its_network():
    assert set(GROUPS) - {"plain"} == set(MODELS) <= set(RUNS)
    for group in set(GROUPS) - {"plain"}:
        assert RUNS[group].network == group


def test_every_model_belongs_to_one_group_and_is_ours_or_a_baseline():
    models = [model for group in GROUPS.values() for model in group]
    assert len(models) == len(set(models))
    assert set(OURS) | set(BASELINES) == set(models)
    assert not set(OURS) & set(BASELINES)
    assert set(NAMES) | {"mlp", "deepce", "ciger", "badger_light"} == set(BASELINES)


def test_settings_are_those_of_the_named_run():
    assert settings_of("plain", quick=False) is None
    for group in set(GROUPS) - {"plain"}:
        assert settings_of(group, quick=False) == RUNS[group]
    with pytest.raises(SettingError, match="no run 'nonsense'"):
        settings_of("nonsense", quick=False)


def test_a_quick_run_is_shorter_and_otherwise_the_same():
    quick = settings_of("badger", quick=True)
    assert (quick.epochs, quick.taught) == (1, 500)
    assert (
        replace(quick, epochs=RUNS["badger"].epochs, taught=RUNS["badger"].taught)
        == (RUNS["badger"])
    )
    assert settings_of("mlp", quick=True).taught == 0


def test_with_the_raw_data_deepce_and_ciger_get_their_published_gene_features():
    for group in set(GROUPS) - {"plain"}:
        expected = PUBLISHED_VECTORS.get(group, "own")
        assert settings_of(group, quick=False, with_raw=True).gene_vectors == expected
        assert settings_of(group, quick=False).gene_vectors == "own"
    assert set(PUBLISHED_VECTORS) == {"deepce", "ciger"}


def test_published_gene_features_without_the_raw_data_are_refused(fold, tmp_path):
    with pytest.raises(RawDataError, match="--raw FOLDER"):
        predict("deepce", fold, settings_of("deepce", quick=True, with_raw=True), tmp_path)


def test_the_plain_group_leaves_nothing_behind(fold, tmp_path):
    found, said = predict("plain", fold, None, tmp_path)
    assert tuple(found) == GROUPS["plain"]
    assert said == []
    assert list(tmp_path.iterdir()) == []
    expected = plain_of(fold)
    assert all((found[name] == expected[name]).all() for name in found)


def test_badger_gives_its_two_parts_beside_the_whole(predicted, fold):
    _, found, said = predicted
    assert tuple(found) == GROUPS["badger"]
    assert all(p.shape == (len(fold.split.test), 978) for p in found.values())
    assert all(np.isfinite(p).all() for p in found.values())
    share = SMALL.model.kernel_share
    mixed = (1 - share) * found["badger_cascade"] + share * found["badger_kernel"]
    assert found["badger"] == pytest.approx(mixed, abs=1e-5)
    assert "epoch 1/1" in said[1]


def test_the_checkpoint_that_is_left_gives_the_same_predictions(predicted, fold):
    folder, found, _ = predicted
    model, card = load(checkpoint_path(folder, 1))
    loader = fold.loader(fold.split.test, knowledge=Knowledge(fold.bundle.library, card.terms))
    assert predict_all(model, loader, CPU) == pytest.approx(found["badger"], abs=1e-5)
    assert (card.network, card.split, card.fold) == ("badger", fold.split.name, 1)
    assert card.metrics["epochs_run"] == 1
    assert "valid_score" not in card.metrics
    assert len(card.taught_compounds) > 0


def test_what_was_trained_is_not_trained_again(predicted, fold):
    folder, found, _ = predicted
    again, said = predict("badger", fold, SMALL, folder)
    assert said[1:] == ["going on after epoch 1"]
    assert (again["badger"] == found["badger"]).all()


def test_a_baseline_gives_one_model(fold, tmp_path):
    settings = replace(RUNS["mlp"], kinds=("numeric",), epochs=1, model=MlpSettings(hidden=8))
    found, _ = predict("mlp", fold, settings, tmp_path)
    assert tuple(found) == GROUPS["mlp"]
    assert found["mlp"].shape == (len(fold.split.test), 978)
