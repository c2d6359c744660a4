"""`badger ship-predictions` writes a folder that the app accepts."""

import json

import pytest

from badger_core.cli import ship_predictions as command
from badger_core.cli.main import main
from badger_core.repurpose.library_file import hub_library
from badger_core.repurpose.predictions import library_predictions


def run(*arguments):
    with pytest.raises(SystemExit) as end:
        main(["ship-predictions", *map(str, arguments)])
    return end.value.code


def test_a_small_library(bundle, predictor, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "hub_library", lambda library: hub_library(library).limited(4))
    options = ["--cells", "yapc,A375", "--check", "", "--work", tmp_path / "w", "--json"]
    options += ["--models", predictor.folder, "--bundle", bundle.root]
    assert run(*options, "--out", tmp_path / "a") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["lines"], told["compounds"]) == (["A375", "YAPC"], 4)
    assert told["bytes"] == (tmp_path / "a" / "hub.npz").stat().st_size
    found = library_predictions(
        bundle,
        predictor,
        [bundle.cells.find("YAPC")],
        tmp_path,
        library=hub_library(bundle.library).limited(4),
        folder=tmp_path / "a",
    )
    assert found.origin == ("shipped",)
    assert run(*options, "--out", tmp_path / "b") == 0  # from the chunks that were kept
    assert "chunk 1 of 1" in capsys.readouterr().err
    same = [(tmp_path / name / "hub.npz").read_bytes() for name in "ab"]
    assert same[0] == same[1]


def test_only_what_is_shipped_can_be_checked(tmp_path, capsys):
    assert run("--cells", "A375", "--check", "MCF7", "--out", tmp_path) == 1
    assert "MCF7 is to be checked and is not shipped" in capsys.readouterr().err


def test_an_unknown_line_is_told(tmp_path, capsys):
    assert run("--cells", "A375,nowhere", "--out", tmp_path) == 1
    assert "No cell line is called 'nowhere'" in capsys.readouterr().err
