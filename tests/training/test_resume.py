"""An interrupted run goes on where it stopped; a damaged or foreign state means a fresh start."""

from dataclasses import replace

import pytest

from tests.training.conftest import QUICK, same


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
