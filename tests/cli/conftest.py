"""The program, run inside the test."""

import logging
from dataclasses import dataclass, replace

import pytest

from badger_core.cli import benchmark, evaluate, train
from badger_core.cli.main import main
from badger_core.training.settings import RUNS


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def badger(capsys, monkeypatch, tmp_path):
    """Runs `badger ...`; unfinished runs are kept in a folder of the test's own."""
    monkeypatch.setattr(logging, "basicConfig", lambda **_: None)
    for command in (train, evaluate, benchmark):
        monkeypatch.setattr(command, "runs_dir", lambda: tmp_path / "runs")

    def run(*arguments):
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Said(end.value.code, said.out, said.err)

    return run


@pytest.fixture
def taught_little(monkeypatch):
    """The run `badger` with few taught pairs, so that it is short."""
    monkeypatch.setitem(RUNS, "badger", replace(RUNS["badger"], taught=20))


@pytest.fixture
def bundle_copy(bundle, tmp_path):
    """A copy of the bundle that a test may damage; its files are links until then."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    for file in bundle.root.iterdir():
        (folder / file.name).symlink_to(file)
    return folder
