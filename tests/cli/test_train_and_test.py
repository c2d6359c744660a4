"""From training to a measured checkpoint to a prediction, by the commands alone."""

import json

import pytest


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "models"


@pytest.fixture
def trained(badger, small_bundle, folder):
    """What `badger train` said on a run of a few steps."""
    return badger(
        *("train", "badger", "--debug", "--start-fold", 1, "--end-fold", 1, "--device", "cpu"),
        *("--out", folder, "--bundle", small_bundle.root),
    )


@pytest.fixture
def measure(badger, small_bundle, folder):
    def run(*more):
        folds = ("--start-fold", 1, "--end-fold", 1)
        return badger(
            *("test", "badger", *folds, "--models", folder, "--bundle", small_bundle.root, *more)
        )

    return run


def test_a_run_is_trained_measured_and_asked(trained, measure, badger, small_bundle, folder):
    assert trained.code == 0, trained.err
    assert "[badger fold 1] epoch 2/2" in trained.err
    assert trained.out.strip() == f"Checkpoints are in {folder}."
    assert sorted(file.name for file in folder.iterdir()) == ["fold1.json", "fold1.safetensors"]

    measured = measure("--json")
    assert measured.code == 0, measured.err
    found = json.loads(measured.out, parse_constant=pytest.fail)
    assert (found["split"], found["folds"]) == ("unseen-compound", 1)
    assert set(found["models"]) == {"badger", "drug-free mean", "nearest 5", "kernel ridge"}
    for model in found["models"].values():
        assert -1 <= model["all"]["spearman"]["mean"] <= 1
        assert model["all"]["spearman"]["sd"] is None  # one fold has no spread
        assert model["all"]["n_conditions"]["mean"] >= model["active"]["n_conditions"]["mean"] > 0

    in_words = measure()
    assert in_words.code == 0
    assert "drug-free mean" in in_words.out
    assert "chance" in in_words.out

    wrong = badger("test", "badger", "--split", "unseen-line", "--end-fold", 1, "--models", folder)
    assert wrong.code == 1
    assert "was trained on unseen-compound fold 1" in wrong.err

    asked = badger(
        *("predict", "--compound", "imatinib", "--cell", "MCF7", "--json", "--models", folder),
        *("--bundle", small_bundle.root),
    )
    assert asked.code == 0, asked.err
    answer = json.loads(asked.out, parse_constant=pytest.fail)
    assert len(answer["genes"]) == 978
    assert answer["manifest"]["model"]["members"] == 1


def test_the_same_command_gives_the_same_checkpoint(
    trained, badger, small_bundle, folder, tmp_path
):
    first = (folder / "fold1.safetensors").read_bytes()
    again = badger(
        *("train", "badger", "--debug", "--end-fold", 1, "--set", "seed=88", "--device", "cpu"),
        *("--out", tmp_path / "again", "--bundle", small_bundle.root),
    )
    assert again.code == 0, again.err
    assert "epoch 1/2" in again.err  # not resumed: a change of settings is a run of its own
    assert (tmp_path / "again" / "fold1.safetensors").read_bytes() == first


def test_a_debug_run_never_touches_the_shipped_models(badger, small_bundle, tmp_path, monkeypatch):
    monkeypatch.setenv("BADGER_MODELS", str(tmp_path / "shipped"))
    said = badger("train", "badger", "--debug", "--end-fold", 1, "--bundle", small_bundle.root)
    assert said.code == 0, said.err
    assert not (tmp_path / "shipped").exists()
    assert list((tmp_path / "runs").rglob("fold1.safetensors"))


def test_a_prediction_in_words_names_the_strongest_genes(badger):
    said = badger("predict", "--compound", "vemurafenib", "--cell", "A375", "--top", 3)
    assert said.code == 0, said.err
    assert said.out.startswith("vemurafenib in A375: ")
    ranks = [line.split()[0] for line in said.out.splitlines() if line.startswith("  ")]
    assert ranks == ["1", "2", "3", "978", "977", "976"]
