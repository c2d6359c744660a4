"""Commands end with a code and one sentence; data is shown and bad names are refused."""

import json

import pandas as pd
import pytest

import run
from badger_core import __version__
from badger_core.benchmark.contenders import GROUPS
from badger_core.benchmark.judge import FoldScores, run_or_plain
from badger_core.benchmark.plain import NAMES
from badger_core.cli import evaluate as evaluate_module
from badger_core.cli import train as train_module
from badger_core.training.settings import RUNS


def test_the_version_is_printed(badger):
    said = badger("version")
    assert (said.code, said.out.strip()) == (0, __version__)


@pytest.mark.parametrize("arguments", [["--help"], ["train", "--help"], ["data", "show", "--help"]])
def test_help_is_at_hand(badger, arguments):
    said = badger(*arguments)
    assert said.code == 0
    assert "Usage" in said.out


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["train"], ["predict", "--cell", "A375"], ["data", "show", "--x"]]
)
def test_a_wrong_call_ends_with_code_two(badger, arguments):
    said = badger(*arguments)
    assert said.code == 2
    assert "Usage" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["train", "nonsense"], "no run 'nonsense'. Choose among badger"),
        (["train", "nonsense"], "ciger-published, global_mean, line_mean"),
        (["test", "nonsense"], "no run 'nonsense'. Choose among badger"),
        (["test", "nonsense"], "knn, kernel_ridge"),
        (["test", "knn", "--split", "random"], "no split 'random'"),
        (["test", "knn", "--start-fold", "0"], "Fold 0 only chooses, it is never tested"),
        (["test", "knn", "--device", "tpu"], "Device 'tpu'"),
        (["train", "badger", "--set", "nonsense=1"], "no setting 'nonsense'"),
        (["train", "badger", "--set", "hidden=x"], "'x' is no value for hidden"),
        (["train", "badger", "--split", "random"], "no split 'random'"),
        (["train", "badger", "--start-fold", "-1"], "no folds -1 to 5"),
        (["test", "badger", "--start-fold", "0"], "no folds 0 to 5"),
        (["test", "badger", "--start-fold", "0"], "Fold 0 only chooses, it is never tested"),
        (["train", "badger", "--start-fold", "4", "--end-fold", "3"], "no folds 4 to 3"),
        (["test", "badger", "--start-fold", "4", "--end-fold", "3"], "no folds 4 to 3"),
        (["test", "badger", "--end-fold", "9"], "no folds 1 to 9"),
        (["test", "badger", "--split", "random"], "no split 'random'"),
        (["test", "badger", "--device", "tpu"], "Device 'tpu'"),
        (["train", "badger", "--device", "tpu"], "Device 'tpu'"),
        (["predict", "--compound", "vemurafinib", "--cell", "A375"], "same drug): vemurafenib"),
        (["predict", "--compound", "CC(C", "--cell", "A375"], "a bracket '(' is never closed"),
        (
            ["predict", "--compound", "imatinib", "--cell", "A-357"],
            "No cell line is called 'A-357'",
        ),
        (["predict", "--compound", "imatinib", "--cell", "HCC15"], "is not in the bundle"),
        (["data", "show", "--bundle", "nowhere"], "No readable bundle manifest"),
        (["data", "build", "--raw", "nowhere"], "There is no folder 'nowhere'"),
        (["benchmark-page", "--tables", "nowhere"], "results.csv"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_ends_with_code_one_and_the_reason(
    badger, small_bundle, arguments, reason
):
    bundle = ["--bundle", small_bundle.root] if arguments[0] in ("train", "test") else []
    said = badger(*arguments, *bundle)
    assert said.code == 1
    assert said.err.splitlines()[-1].startswith("badger: ")
    assert reason in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_a_missing_checkpoint_ends_with_code_one(badger, small_bundle, tmp_path):
    said = badger("test", "badger", "--models", tmp_path, "--bundle", small_bundle.root)
    assert said.code == 1
    assert "is missing. Restore" in said.err
    assert "'badger doctor' names every file that differs" in said.err


def test_ctrl_c_ends_with_code_130_and_says_what_is_kept(badger, small_bundle, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(train_module, "train_fold", interrupted)
    said = badger("train", "badger", "--debug", "--bundle", small_bundle.root)
    assert said.code == 130
    assert "What was finished is kept" in said.err


def test_the_bundle_is_shown_as_json(badger, bundle):
    said = badger("data", "show", "--json", "--bundle", bundle.root)
    assert said.code == 0
    assert json.loads(said.out, parse_constant=pytest.fail) == bundle.manifest


def test_the_bundle_is_shown_in_words(badger, bundle):
    said = badger("data", "show", "--bundle", bundle.root)
    assert said.code == 0
    assert "10,014  numeric signatures" in said.out
    assert "978  genes" in said.out


def test_a_damaged_bundle_is_not_shown(badger, bundle, tmp_path):
    for file in bundle.root.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "genes.parquet").unlink()
    (tmp_path / "genes.parquet").write_bytes(b"changed")
    said = badger("data", "show", "--bundle", tmp_path)
    assert said.code == 1
    assert "does not match its checksum" in said.err


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("-sn badger", "train badger --start-fold 1 --end-fold 5"),
        ("-sn badger -sf 2 -ef 3", "train badger --start-fold 2 --end-fold 3"),
        ("-sn badger --test", "test badger --start-fold 1 --end-fold 5"),
        ("-sn badger --debug_mode", "train badger --start-fold 1 --end-fold 5 --debug"),
        ("-sn knn -sf 1 -ef 1 --test", "test knn --start-fold 1 --end-fold 1"),
        (
            "--session_name badger --start_fold 4 --end_fold 4 --device cpu --test",
            "test badger --start-fold 4 --end-fold 4 --device cpu",
        ),
    ],
)
def test_the_published_flags_become_arguments(flags, expected):
    assert run.arguments(flags.split()) == expected.split()


def test_the_published_flags_need_a_session(capsys):
    with pytest.raises(SystemExit) as end:
        run.arguments([])
    assert end.value.code == 2
    assert "session_name" in capsys.readouterr().err


class Spy:
    """Stands in for what trains or scores a fold and notes which run and fold it was asked for."""

    def __init__(self):
        self.asked = []

    def train(self, bundle, settings, split, fold, *rest):
        self.asked.append((settings.network, fold))

    def score(self, bundle, name, split, fold, *rest):
        self.asked.append((name, fold))
        table = pd.DataFrame({"cell": "A375", "ik14": list("XY"), "active": True})
        return FoldScores(table, {name: pd.DataFrame({"spearman": [0.1, 0.3]})})


@pytest.fixture
def spy(monkeypatch):
    spy = Spy()
    monkeypatch.setattr(train_module, "train_fold", spy.train)
    monkeypatch.setattr(evaluate_module, "score_fold", spy.score)
    monkeypatch.setattr(evaluate_module, "score_plain", spy.score)
    return spy


@pytest.mark.parametrize("name", ["badger", "badger_light", "mlp", "deepce", "ciger"])
def test_every_network_is_trained_and_measured_by_the_published_flags(
    badger, spy, small_bundle, name
):
    bundle = ["--bundle", small_bundle.root]
    for flags in ("-sf 2 -ef 3", "-sf 2 -ef 3 --debug_mode", "-sf 2 -ef 3 --test"):
        said = badger(*run.arguments(f"-sn {name} {flags}".split()), *bundle)
        assert said.code == 0, said.err
    assert spy.asked == [(name, 2), (name, 3)] * 3


@pytest.mark.parametrize("name", NAMES)
def test_every_plain_predictor_is_measured_by_the_published_flags(badger, spy, small_bundle, name):
    for flags in ("-sf 1 -ef 2", "-sf 1 -ef 2 --debug_mode"):
        said = badger(*run.arguments(f"-sn {name} {flags}".split()))
        assert said.code == 0, said.err
        assert "Nothing to train" in said.out
    arguments = run.arguments(f"-sn {name} -sf 1 -ef 2 --test".split())
    said = badger(*arguments, "--bundle", small_bundle.root)
    assert said.code == 0, said.err
    assert spy.asked == [(name, 1), (name, 2)]


def test_every_contender_of_the_benchmark_can_be_named():
    for group, models in GROUPS.items():
        for name in models if group == "plain" else (group,):
            assert run_or_plain(name) is RUNS.get(name)


def test_translated_arguments_are_understood(badger, small_bundle):
    """An argument that `badger` does not know would end with code 2."""
    for flags in ("-sn nonsense -sf 1 -ef 1 --device cpu --debug_mode", "-sn nonsense --test"):
        said = badger(*run.arguments(flags.split()))
        assert said.code == 1
        assert "no run 'nonsense'" in said.err
