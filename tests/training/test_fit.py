"""The loop learns by heart, goes on where it stopped, repeats itself and knows when to stop."""

import json
from dataclasses import replace

import pandas as pd
import pytest
import torch

from badger_core.data.knowledge import Knowledge, vocabulary
from badger_core.data.loader import Loader
from badger_core.errors import SettingError
from badger_core.evaluation.correlation import spearman
from badger_core.evaluation.evaluate import score_conditions, selection_score
from badger_core.training import fit as fit_module
from badger_core.training.expert import fit_expert
from badger_core.training.fit import device_named, predict_all
from badger_core.training.fold import molecules_of
from badger_core.training.history import in_words
from tests.training.conftest import QUICK

CPU = torch.device("cpu")


def same(one, other):
    ours, theirs = one.state_dict(), other.state_dict()
    return ours.keys() == theirs.keys() and all(torch.equal(ours[k], theirs[k]) for k in ours)


def test_the_loop_learns_eight_real_conditions_by_heart(eight, tmp_path):
    settings = replace(QUICK, epochs=100, patience=100, batch_size=2, mse_weight=0.3)
    settings = replace(settings, weight_decay=0.0, pathway_weight=0.0, source_dropout=1.0)
    settings = replace(settings, model=replace(settings.model, hidden=64, dropout=0.0))
    network, progress = eight.fit(settings, tmp_path)
    agreement = spearman(eight.conditions.change, predict_all(network, eight.loader, CPU))
    assert agreement.min() > 0.95
    assert progress.history[-1]["loss"] < progress.history[0]["loss"] / 10


def test_a_seed_gives_the_same_network_and_another_seed_another(eight, tmp_path):
    first, _ = eight.fit(QUICK, tmp_path / "1")
    again, _ = eight.fit(QUICK, tmp_path / "2")
    other, _ = eight.fit(replace(QUICK, seed=89), tmp_path / "3")
    assert same(first, again)
    assert not same(first, other)


@pytest.mark.parametrize("stop_after", [1, 2])
def test_an_interrupted_run_goes_on_to_the_same_network(eight, tmp_path, stop_after):
    def interrupt(line):
        if line.startswith(f"epoch {stop_after}/"):
            raise KeyboardInterrupt

    whole, course = eight.fit(QUICK, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        eight.fit(QUICK, tmp_path / "cut", interrupt)
    said = []
    resumed, progress = eight.fit(QUICK, tmp_path / "cut", said.append)
    assert said[0] == f"going on after epoch {stop_after}"
    assert len(said) == 1 + QUICK.epochs - stop_after
    assert same(whole, resumed)
    losses = [[row["loss"] for row in p.history] for p in (course, progress)]
    assert losses[0] == losses[1]


def test_a_finished_run_is_not_run_again(eight, tmp_path):
    first, _ = eight.fit(QUICK, tmp_path)
    said = []
    again, progress = eight.fit(QUICK, tmp_path, said.append)
    assert said == [f"going on after epoch {QUICK.epochs}"]
    assert progress.epoch == QUICK.epochs
    assert same(first, again)


def test_a_state_of_other_settings_is_not_used(eight, tmp_path):
    eight.fit(QUICK, tmp_path)
    said = []
    eight.fit(replace(QUICK, seed=89), tmp_path, said.append)
    assert said[0].startswith("epoch 1/3")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"fingerprint": 1}'])
def test_a_damaged_progress_file_means_a_fresh_start(eight, tmp_path, text):
    whole, _ = eight.fit(QUICK, tmp_path)
    (tmp_path / "progress.json").write_text(text)
    said = []
    again, _ = eight.fit(QUICK, tmp_path, said.append)
    assert said[0].startswith("epoch 1/3")
    assert same(whole, again)


def test_damaged_weights_mean_a_fresh_start(eight, tmp_path):
    eight.fit(QUICK, tmp_path)
    (state,) = tmp_path.glob("state*.safetensors")
    state.write_bytes(state.read_bytes()[:1000])
    said = []
    eight.fit(QUICK, tmp_path, said.append)
    assert said[0].startswith("epoch 1/3")


def test_only_the_last_state_is_kept_and_no_half_written_file(eight, tmp_path):
    eight.fit(QUICK, tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["history.csv", "progress.json", "state3.safetensors"]


def test_the_history_has_one_row_per_epoch(eight, tmp_path):
    _, progress = eight.fit(QUICK, tmp_path)
    history = pd.read_csv(tmp_path / "history.csv")
    assert history["epoch"].tolist() == [1, 2, 3]
    assert history["loss"].tolist() == pytest.approx([row["loss"] for row in progress.history])
    assert {"valid_score", "seconds", "valid spearman"} <= set(history.columns)
    assert json.loads((tmp_path / "progress.json").read_text())["epoch"] == 3


def test_the_best_epoch_is_the_network_that_comes_back(eight, tmp_path, monkeypatch):
    scores = iter([0.1, 0.9, 0.2])
    weights = []
    monkeypatch.setattr(fit_module, "selection_score", lambda *_: next(scores))

    def predict(model, *rest):
        weights.append({k: v.clone() for k, v in model.state_dict().items()})
        return predict_all(model, *rest)

    monkeypatch.setattr(fit_module, "predict_all", predict)
    network, progress = eight.fit(QUICK, tmp_path)
    assert (progress.best_epoch, progress.best_score) == (2, 0.9)
    assert all(torch.equal(network.state_dict()[k], v) for k, v in weights[1].items())
    assert not all(torch.equal(weights[2][k], v) for k, v in weights[1].items())


def test_training_stops_when_the_validation_score_no_longer_rises(eight, tmp_path, monkeypatch):
    scores = iter([0.1, 0.5, 0.4, 0.5, 0.3, 0.9])
    monkeypatch.setattr(fit_module, "selection_score", lambda *_: next(scores))
    _, progress = eight.fit(replace(QUICK, epochs=30, patience=2), tmp_path)
    assert progress.epoch == 4
    assert progress.best_epoch == 2


@pytest.fixture
def without(eight):
    """The same run without a validation, as of a tested fold."""
    return replace(eight, validation=None)


def test_without_a_validation_all_epochs_are_run_and_the_last_weights_kept(
    without, tmp_path, monkeypatch
):
    weights = []
    epoch = fit_module._epoch

    def spied(model, *rest):
        loss = epoch(model, *rest)
        weights.append({k: v.clone() for k, v in model.state_dict().items()})
        return loss

    monkeypatch.setattr(fit_module, "_epoch", spied)
    said = []
    settings = replace(QUICK, epochs=5, patience=1)
    network, progress = without.fit(settings, tmp_path, said.append)
    assert progress.epoch == progress.best_epoch == len(weights) == 5
    assert all(torch.equal(network.state_dict()[k], v) for k, v in weights[-1].items())
    assert said[0].startswith("epoch 1/5  loss ")
    assert all("valid" not in line and " left" in line for line in said)
    history = pd.read_csv(tmp_path / "history.csv")
    assert history.columns.tolist() == ["epoch", "loss", "seconds"]
    assert len(history) == 5


def test_without_a_validation_an_interrupted_run_goes_on_to_the_same_network(without, tmp_path):
    def interrupt(line):
        if line.startswith("epoch 2/"):
            raise KeyboardInterrupt

    whole, _ = without.fit(QUICK, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        without.fit(QUICK, tmp_path / "cut", interrupt)
    said = []
    resumed, progress = without.fit(QUICK, tmp_path / "cut", said.append)
    assert said[0] == "going on after epoch 2"
    assert progress.epoch == QUICK.epochs
    assert same(whole, resumed)


def test_a_run_with_a_validation_is_not_gone_on_with_without_one(eight, without, tmp_path):
    eight.fit(QUICK, tmp_path)
    said = []
    without.fit(QUICK, tmp_path, said.append)
    assert said[0].startswith("epoch 1/3")


def test_averaged_weights_come_back_and_an_interrupted_run_goes_on_with_them(without, tmp_path):
    def interrupt(line):
        if line.startswith("epoch 1/"):
            raise KeyboardInterrupt

    plain, _ = without.fit(QUICK, tmp_path / "plain")
    averaged, _ = without.fit(QUICK, tmp_path / "averaged", average=0.9)
    assert not same(plain, averaged)
    with pytest.raises(KeyboardInterrupt):
        without.fit(QUICK, tmp_path / "cut", interrupt, average=0.9)
    resumed, _ = without.fit(QUICK, tmp_path / "cut", average=0.9)
    assert same(averaged, resumed)


def test_an_average_that_keeps_nothing_of_itself_is_the_network_itself(without, tmp_path):
    plain, _ = without.fit(QUICK, tmp_path / "plain")
    averaged, _ = without.fit(QUICK, tmp_path / "averaged", average=1e-12)
    for key, value in plain.state_dict().items():
        assert averaged.state_dict()[key].numpy() == pytest.approx(value.numpy(), abs=1e-6)


@pytest.fixture(scope="module")
def with_kernel(bundle, eight, five_lines):
    """The same run of a network that has a kernel part."""
    table = eight.conditions.table
    molecules = molecules_of(bundle, table["ik14"])
    knowledge = Knowledge(bundle.library, vocabulary(bundle.library, table["ik14"]))
    smiles = {key: molecule.smiles for key, molecule in molecules.items()}
    fitted = fit_expert(eight.conditions, smiles, five_lines, knowledge, QUICK.expert)
    n_pathways = len(bundle.pathways.vocabulary)
    loader = Loader(
        eight.conditions, molecules, five_lines, {}, ("one",), n_pathways, knowledge=knowledge
    )
    world = replace(eight.world, expert=fitted.data)
    return replace(eight, loader=loader, world=world, validation=None)


WITH_KERNEL = replace(QUICK, model=replace(QUICK.model, kernel_share=0.75))


def test_training_leaves_the_kernel_part_as_it_was_fitted(with_kernel, tmp_path):
    network, _ = with_kernel.fit(WITH_KERNEL, tmp_path)
    for name, buffer in network.expert.named_buffers():
        assert (buffer.numpy() == getattr(with_kernel.world.expert, name)).all(), name
    batch = next(with_kernel.loader.ordered(8))
    with torch.inference_mode():
        output = network(batch)
    mixed = 0.25 * output.parts["cascade"] + 0.75 * output.parts["kernel"]
    assert torch.allclose(output.change, mixed, atol=1e-6)


def test_the_kernel_part_does_not_change_what_the_cascade_learns(with_kernel, tmp_path):
    mixed, course = with_kernel.fit(WITH_KERNEL, tmp_path / "mixed")
    alone, other = with_kernel.fit(QUICK, tmp_path / "alone")
    ours, theirs = mixed.state_dict(), alone.state_dict()
    assert all(torch.equal(ours[name], tensor) for name, tensor in theirs.items())
    assert [row["loss"] for row in course.history] == [row["loss"] for row in other.history]


def test_an_interrupted_run_with_a_kernel_part_goes_on_to_the_same_network(with_kernel, tmp_path):
    def interrupt(line):
        if line.startswith("epoch 1/"):
            raise KeyboardInterrupt

    whole, _ = with_kernel.fit(WITH_KERNEL, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        with_kernel.fit(WITH_KERNEL, tmp_path / "cut", interrupt)
    resumed, _ = with_kernel.fit(WITH_KERNEL, tmp_path / "cut")
    assert same(whole, resumed)


def test_half_precision_is_for_the_forward_pass_of_training_alone(without, tmp_path):
    exact, _ = without.fit(QUICK, tmp_path / "exact")
    half, course = without.fit(replace(QUICK, precision="bfloat16"), tmp_path / "half")
    again, _ = without.fit(replace(QUICK, precision="bfloat16"), tmp_path / "again")
    assert same(half, again)
    assert not same(half, exact)
    assert all(weights.dtype == torch.float32 for weights in half.parameters())
    assert pd.Series([row["loss"] for row in course.history]).notna().all()
    one, other = (predict_all(n, without.loader, CPU) for n in (half, exact))
    assert one.dtype == other.dtype == "float32"
    assert spearman(one, other).min() > 0.9


def test_the_score_that_decides_is_that_of_the_validation_rows(eight, tmp_path):
    network, progress = eight.fit(QUICK, tmp_path)
    predicted = predict_all(network, eight.loader, CPU)
    scores = score_conditions(eight.conditions.change, predicted)
    assert progress.best_score == pytest.approx(
        selection_score(scores, eight.conditions.table), abs=1e-6
    )


def test_predict_all_keeps_the_order_of_the_conditions(eight, tmp_path):
    network, _ = eight.fit(QUICK, tmp_path)
    one_by_one = [network(batch).change for batch in eight.loader.ordered(1)]
    together = predict_all(network, eight.loader, CPU)
    assert together == pytest.approx(torch.cat(one_by_one).detach().numpy(), abs=1e-5)


def test_devices_by_name():
    assert device_named("cpu") == CPU
    assert device_named("auto").type == ("cuda" if torch.cuda.is_available() else "cpu")
    with pytest.raises(SettingError, match="Choose auto, cpu or cuda"):
        device_named("tpu")


def test_cuda_is_refused_where_there_is_none(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(SettingError, match="no CUDA device here"):
        device_named("cuda")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (-3, "0 s"), (59.4, "59 s"), (200, "3 min 20 s"), (3900, "1 h 05 min")],
)
def test_time_in_words(seconds, words):
    assert in_words(seconds) == words
