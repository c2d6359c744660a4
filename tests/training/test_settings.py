"""Settings are changed by name, and what cannot be is refused with the reason."""

from dataclasses import asdict

import pytest

from badger_core.data.published_genes import FILES
from badger_core.errors import SettingError
from badger_core.model.zoo import MODELS
from badger_core.training.settings import (
    GENE_VECTORS,
    RUNS,
    ModelSettings,
    TrainSettings,
    changed,
    run_named,
)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("epochs=3", 3),
        ("learning_rate=1e-2", 0.01),
        ("kinds=numeric+pooled", ("numeric", "pooled")),
        ("kinds=numeric", ("numeric",)),
        ("seed=7", 7),
        ("taught=100", 100),
        ("smoothing=0.25", 0.25),
        ("precision=bfloat16", "bfloat16"),
        ("gene_vectors=go", "go"),
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
        ("kernel_share=0.5", 0.5),
        ("kernel_share=0", 0.0),
    ],
)
def test_a_setting_of_the_network_is_changed(change, value):
    after = changed(TrainSettings(), [change])
    assert getattr(after.model, change.partition("=")[0]) == value
    assert after.epochs == TrainSettings().epochs


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("temper=0.5", 0.5),
        ("ridge=7", 7.0),
        ("rise=10", 10.0),
        ("rank=100", 100),
        ("class_shrinkage=5", 5.0),
    ],
)
def test_a_setting_of_the_kernel_part_is_changed(change, value):
    for run in ("badger", "mlp"):
        after = changed(RUNS[run], [change])
        assert getattr(after.expert, change.partition("=")[0]) == value
        assert after.model == RUNS[run].model


@pytest.mark.parametrize(
    ("run", "change", "value"),
    [
        ("mlp", "layers=3", 3),
        ("deepce", "fingerprint=64", 64),
        ("ciger", "encoded=64", 64),
        ("ciger", "attention=32", 32),  # a width here, a kind of attention in badger
        ("badger_light", "attention=additive", "additive"),
    ],
)
def test_the_settings_of_whichever_network_the_run_has_are_changed(run, change, value):
    after = changed(RUNS[run], [change, "epochs=3"])
    assert getattr(after.model, change.partition("=")[0]) == value
    assert type(after.model) is type(RUNS[run].model)
    assert after.epochs == 3


@pytest.mark.parametrize(
    ("run", "change", "reason"),
    [
        ("mlp", "heads=2", "no setting 'heads'. Choose among hidden, layers, dropout, temper"),
        ("deepce", "decoder=dense", "no setting 'decoder'"),
        ("mlp", "layers=0", "layers is 0; it must be at least 1"),
        ("deepce", "heads=3", "16 hidden units do not divide into 3 heads"),
        ("deepce", "fingerprint=0", "fingerprint is 0"),
        ("ciger", "decoder=3", "decoder is 3; it must be at least 4"),
        ("ciger", "dropout=1", "must be from 0 to below 1"),
        ("mlp", "gene_vectors=gene2vec", "Choose among own, string_node2vec, go"),
    ],
)
def test_what_a_baseline_cannot_be_built_with_is_refused(run, change, reason):
    with pytest.raises(SettingError, match=reason):
        changed(RUNS[run], [change])


def test_every_network_has_a_run_and_every_run_s_settings_build_its_network(world):
    assert {settings.network for settings in RUNS.values()} == set(MODELS)
    for name, settings in RUNS.items():
        if not getattr(settings.model, "kernel_share", 0):
            assert MODELS[settings.network](world, **asdict(settings.model)), name


def test_each_baseline_learns_from_its_own_papers_loss():
    weights = {name: (run.mse_weight > 0, run.cosine_weight > 0) for name, run in RUNS.items()}
    for name in ("deepce", "deepce-published"):
        assert weights[name] == (True, False)
    for name in ("ciger", "ciger-published"):
        assert weights[name] == (False, True)
    assert weights["badger"] == weights["mlp"] == (True, True)


def test_only_published_runs_need_the_raw_data():
    asked = {name: run.gene_vectors for name, run in RUNS.items() if run.gene_vectors != "own"}
    assert asked == {"deepce-published": "string_node2vec", "ciger-published": "go"}
    assert list(GENE_VECTORS) == ["own", *FILES]


def test_several_changes_are_made_in_turn():
    after = changed(TrainSettings(), ["hidden=32", "epochs=3", "epochs=4"])
    assert (after.model.hidden, after.epochs) == (32, 4)
    assert changed(TrainSettings(), []) == TrainSettings()


@pytest.mark.parametrize("name", ["nonsense", "model", "expert", "debug", "__class__", ""])
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
        ("precision=float16", "Choose float32 or bfloat16"),
        ("kernel_share=-0.1", "kernel_share is -0.1; it must be from 0 to 1"),
        ("kernel_share=1.1", "must be from 0 to 1"),
        ("kernel_share=nan", "must be from 0 to 1"),
        ("temper=1.1", "temper is 1.1; it must be from 0 to 1"),
        ("rank=0", "rank is 0; it must be at least 1"),
        ("ridge=0", "must be above 0"),
        ("rise=-1", "must be above 0"),
    ],
)
def test_a_value_out_of_range_is_refused(change, reason):
    with pytest.raises(SettingError, match=reason):
        changed(TrainSettings(), [change])


def test_named_runs_are_found_and_others_refused():
    assert all(run_named(name) is settings for name, settings in RUNS.items())
    assert {settings.network for settings in RUNS.values()} <= set(MODELS)
    with pytest.raises(SettingError, match="Choose among badger, badger-published"):
        run_named("nonsense")


def test_badger_is_taught_by_its_kernel_part_and_the_published_one_and_baselines_are_not():
    badger = RUNS["badger"]
    assert badger.taught > 0
    assert 0 < badger.smoothing < 1
    assert 0 < badger.model.kernel_share < 1
    for name, settings in RUNS.items():
        if name != "badger":
            assert (settings.taught, settings.smoothing) == (0, 0), name
            assert not getattr(settings.model, "kernel_share", 0), name


def test_a_debug_run_differs_in_length_only():
    settings = TrainSettings(model=ModelSettings(hidden=32), seed=5)
    cut = settings.debug()
    assert cut.epochs == 2
    assert (cut.model, cut.seed, cut.kinds) == (settings.model, settings.seed, settings.kinds)
