"""From training to a measured checkpoint to a prediction, by the commands alone."""

import json

import pytest

from badger_core.benchmark.plain import NAMES
from badger_core.cli import train

RUN = "badger"
BESIDE = {"line_mean", "knn", "kernel_ridge"}

pytestmark = pytest.mark.usefixtures("taught_little")


class Spy:
    """Stands in for `train_fold` and notes where checkpoints would go."""

    def __init__(self):
        self.folders = []

    def __call__(self, bundle, settings, split, fold, out, *rest):
        self.folders.append(out)


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
    assert set(found["models"]) == {"badger"} | BESIDE
    for model in found["models"].values():
        assert -1 <= model["all"]["spearman"]["mean"] <= 1
        assert model["all"]["spearman"]["sd"] is None  # one fold has no spread
        assert model["all"]["n_conditions"]["mean"] >= model["active"]["n_conditions"]["mean"] > 0

    in_words = measure()
    assert in_words.code == 0
    assert "line_mean" in in_words.out
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


def test_the_choosing_fold_is_trained_apart_from_the_models(
    badger, small_bundle, tmp_path, monkeypatch
):
    monkeypatch.setenv("BADGER_MODELS", str(tmp_path / "shipped"))
    monkeypatch.setattr(train, "train_fold", spy := Spy())
    said = badger("train", "badger", "--start-fold", 0, "--end-fold", 1, "--set", "seed=88")
    assert said.code == 0, said.err
    said = badger("train", "badger", "--start-fold", 0, "--end-fold", 1)
    assert said.code == 0, said.err
    apart, shipped = tmp_path / "runs" / "train", tmp_path / "shipped"
    changed, plain = (apart / n / "unseen-compound/checkpoints" for n in (RUN + "-seed=88", RUN))
    assert spy.folders == [changed, changed, plain, shipped / RUN]
    assert said.out.strip() == f"Checkpoints are in {plain} and {shipped / RUN}."


def test_the_choosing_fold_stops_by_its_own_rows(badger, small_bundle, tmp_path):
    said = badger(
        *("train", "badger", "--debug", "--start-fold", 0, "--end-fold", 0, "--device", "cpu"),
        *("--out", tmp_path / "models", "--bundle", small_bundle.root),
    )
    assert said.code == 0, said.err
    assert "choosing conditions" in said.err
    assert "valid " in said.err
    assert (tmp_path / "models" / "fold0.safetensors").exists()


def test_a_test_freezes_what_it_judges_and_another_configuration_is_refused(
    trained, measure, badger, small_bundle, folder, tmp_path
):
    assert measure().code == 0
    frozen = tmp_path / "runs" / "test" / "badger" / "unseen-compound" / "fold1" / "frozen.json"
    assert json.loads(frozen.read_text("utf-8"))["opened"] is True
    again = badger(
        *("train", "badger", "--debug", "--end-fold", 1, "--set", "seed=5", "--device", "cpu"),
        *("--out", folder, "--bundle", small_bundle.root),
    )
    assert again.code == 0, again.err
    refused = measure()
    assert refused.code == 1
    assert "its test labels were opened; this one differs in settings" in refused.err
    assert refused.out == ""


@pytest.fixture
def plain(badger, small_bundle):
    """`badger test` of a plain predictor on fold 1, with whatever else is asked."""

    def run(name, *more):
        folds = ("--start-fold", 1, "--end-fold", 1)
        return badger("test", name, *folds, "--bundle", small_bundle.root, *more)

    return run


@pytest.mark.parametrize("name", NAMES)
def test_for_a_plain_predictor_there_is_nothing_to_train(badger, tmp_path, name):
    said = badger("train", name, "--split", "unseen-line", "--end-fold", 2, "--debug")
    assert said.code == 0, said.err
    assert said.out.strip() == (
        f"Nothing to train: {name} is worked out in closed form by badger test {name}."
    )
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--split", "random"], "no split 'random'"),
        (["--start-fold", 3, "--end-fold", 2], "no folds 3 to 2"),
        (["--set", "hidden=8"], "knn has no settings to change"),
    ],
)
def test_a_plain_predictor_is_not_trained_on_what_does_not_exist(badger, arguments, reason):
    said = badger("train", "knn", *arguments)
    assert said.code == 1
    assert reason in said.err
    assert said.out == ""


@pytest.mark.parametrize("split", ["unseen-compound", "unseen-line"])
def test_a_plain_predictor_is_measured_like_a_network(plain, tmp_path, split):
    said = plain("moa_mean", "--split", split, "--json")
    assert said.code == 0, said.err
    found = json.loads(said.out, parse_constant=pytest.fail)
    assert (found["split"], found["folds"]) == (split, 1)
    assert list(found["models"]) == ["moa_mean", "line_mean", "knn", "kernel_ridge"]
    for model in found["models"].values():
        assert -1 <= model["all"]["spearman"]["mean"] <= 1
        assert model["all"]["n_conditions"]["mean"] >= model["active"]["n_conditions"]["mean"] > 0
    frozen = tmp_path / "runs" / "test" / "moa_mean" / split / "fold1" / "frozen.json"
    content = json.loads(frozen.read_text("utf-8"))
    assert content["opened"] is True
    assert (content["recipe"]["run"], content["recipe"]["split"]) == ("moa_mean", split)


def test_a_plain_predictor_that_is_shown_anyway_is_shown_once(plain):
    said = plain("knn")
    assert said.code == 0, said.err
    columns = next(line for line in said.out.splitlines() if "kernel_ridge" in line)
    assert columns.split() == ["knn", "line_mean", "kernel_ridge"]
    assert "chance" in said.out


def test_a_plain_predictor_is_the_same_beside_a_network(trained, measure, plain):
    beside, alone = (json.loads(said.out) for said in (measure("--json"), plain("knn", "--json")))
    assert beside["models"]["knn"] == alone["models"]["knn"]


def test_a_prediction_in_words_names_the_strongest_genes(badger):
    said = badger("predict", "--compound", "vemurafenib", "--cell", "A375", "--top", 3)
    assert said.code == 0, said.err
    assert said.out.startswith("vemurafenib in A375: ")
    ranks = [line.split()[0] for line in said.out.splitlines() if line.startswith("  ")]
    assert ranks == ["1", "2", "3", "978", "977", "976"]
