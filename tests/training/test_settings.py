"""Settings are changed by name, and what cannot be is refused with the reason."""

import pytest

from badger_core.errors import SettingError
from badger_core.model.zoo import MODELS
from badger_core.training.settings import RUNS, ModelSettings, TrainSettings, changed, run_named


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("epochs=3", 3),
        ("learning_rate=1e-2", 0.01),
        ("kinds=numeric+pooled", ("numeric", "pooled")),
        ("kinds=numeric", ("numeric",)),
        ("seed=7", 7),
    ],
)
def test_a_training_setting_is_changed(change, value):
    before = TrainSettings()
    after = changed(before, [change])
    name = change.partition("=")[0]
    assert getattr(after, name) == value
    assert type(getattr(after, name)) is type(getattr(before, name))
    assert before == TrainSettings()


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("hidden=32", 32),
        ("dropout=0", 0.0),
        ("attention=additive", "additive"),
        ("gene_self_attention=true", True),
        ("gene_self_attention=False", False),
        ("decoder=dense", "dense"),
    ],
)
def test_a_setting_of_the_network_is_changed(change, value):
    after = changed(TrainSettings(), [change])
    assert getattr(after.model, change.partition("=")[0]) == value
    assert after.epochs == TrainSettings().epochs


def test_several_changes_are_made_in_turn():
    after = changed(TrainSettings(), ["hidden=32", "epochs=3", "epochs=4"])
    assert (after.model.hidden, after.epochs) == (32, 4)
    assert changed(TrainSettings(), []) == TrainSettings()


@pytest.mark.parametrize("name", ["nonsense", "model", "debug", "__class__", ""])
def test_a_setting_that_does_not_exist_is_refused(name):
    with pytest.raises(SettingError, match=f"no setting '{name}'. Choose among hidden, heads"):
        changed(TrainSettings(), [f"{name}=1"])


@pytest.mark.parametrize(
    "change",
    ["epochs=ten", "epochs=1.5", "epochs", "learning_rate=", "gene_self_attention=yes", "hidden=x"],
)
def test_a_value_of_another_type_is_refused(change):
    with pytest.raises(SettingError, match="is no value for"):
        changed(TrainSettings(), [change])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("hidden=15", "do not divide into 2 heads"),
        ("heads=0", "do not divide into 0 heads"),
        ("hidden=0", "do not divide"),
        ("attention=cosine", "Choose scaled_dot or additive"),
        ("decoder=wide", "Choose dense or low_rank"),
        ("dropout=1", "must be from 0 to below 1"),
        ("dropout=nan", "must be from 0 to below 1"),
        ("epochs=0", "epochs is 0; it must be at least 1"),
        ("patience=0", "patience is 0"),
        ("batch_size=-4", "batch_size is -4"),
    ],
)
def test_a_value_out_of_range_is_refused(change, reason):
    with pytest.raises(SettingError, match=reason):
        changed(TrainSettings(), [change])


def test_named_runs_are_found_and_others_refused():
    assert run_named("badger") == TrainSettings()
    assert {settings.network for settings in RUNS.values()} <= set(MODELS)
    with pytest.raises(SettingError, match="Choose among badger, badger-published"):
        run_named("nonsense")


def test_a_debug_run_differs_in_length_only():
    settings = TrainSettings(model=ModelSettings(hidden=32), seed=5)
    cut = settings.debug()
    assert cut.epochs == 2
    assert (cut.model, cut.seed, cut.kinds) == (settings.model, settings.seed, settings.kinds)
