"""The loop learns by heart, repeats itself, knows when to stop and which weights to keep."""

from dataclasses import replace

import pandas as pd
import pytest
import torch

from badger_core.errors import SettingError
from badger_core.evaluation.correlation import spearman
from badger_core.evaluation.evaluate import score_conditions, selection_score
from badger_core.training import expression as expression_module
from badger_core.training import fit as fit_module
from badger_core.training.expression import predict_all
from badger_core.training.fit import device_named
from tests.training.conftest import QUICK, same

CPU = torch.device("cpu")


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


def test_the_best_epoch_is_the_network_that_comes_back(eight, tmp_path, monkeypatch):
    scores = iter([0.1, 0.9, 0.2])
    weights = []
    monkeypatch.setattr(expression_module, "selection_score", lambda *_: next(scores))

    def predict(model, *rest):
        weights.append({k: v.clone() for k, v in model.state_dict().items()})
        return predict_all(model, *rest)

    monkeypatch.setattr(expression_module, "predict_all", predict)
    network, progress = eight.fit(QUICK, tmp_path)
    assert (progress.best_epoch, progress.best_score) == (2, 0.9)
    assert all(torch.equal(network.state_dict()[k], v) for k, v in weights[1].items())
    assert not all(torch.equal(weights[2][k], v) for k, v in weights[1].items())


def test_training_stops_when_the_validation_score_no_longer_rises(eight, tmp_path, monkeypatch):
    scores = iter([0.1, 0.5, 0.4, 0.5, 0.3, 0.9])
    monkeypatch.setattr(expression_module, "selection_score", lambda *_: next(scores))
    _, progress = eight.fit(replace(QUICK, epochs=30, patience=2), tmp_path)
    assert progress.epoch == 4
    assert progress.best_epoch == 2


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


def test_an_average_that_keeps_nothing_of_itself_is_the_network_itself(without, tmp_path):
    plain, _ = without.fit(QUICK, tmp_path / "plain")
    averaged, _ = without.fit(QUICK, tmp_path / "averaged", average=1e-12)
    for key, value in plain.state_dict().items():
        assert averaged.state_dict()[key].numpy() == pytest.approx(value.numpy(), abs=1e-6)


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
