"""`badger ship-predictions` writes a folder that the app accepts."""

import json

import numpy as np
import pytest

from badger_core.cli import ship_predictions as command
from badger_core.cli.main import main
from badger_core.repurpose.library_file import hub_library
from badger_core.repurpose.line_scores import line_scores
from badger_core.repurpose.predictions import library_predictions
from badger_core.repurpose.promiscuity import all_signatures
from badger_core.repurpose.ready_scores import ready_for


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
    for file in ("hub.npz", "reversal.npz", "manifest.json"):
        same = [(tmp_path / name / file).read_bytes() for name in "ab"]
        assert same[0] == same[1], file
    ready = ready_for(bundle, found, folder=tmp_path / "a")
    signatures = all_signatures(bundle)[:2]
    np.testing.assert_array_equal(ready.of(signatures), line_scores(found.changes, signatures))


def test_scores_alone_are_made_of_what_is_there(bundle, predictor, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "hub_library", lambda library: hub_library(library).limited(4))
    options = ["--models", predictor.folder, "--bundle", bundle.root, "--out", tmp_path / "a"]
    assert run(*options, "--only-scores") == 1
    assert "no shipped predictions" in capsys.readouterr().err
    assert run(*options, "--cells", "YAPC", "--check", "", "--work", tmp_path / "w") == 0
    whole = {file.name: file.read_bytes() for file in (tmp_path / "a").iterdir()}
    (tmp_path / "a" / "reversal.npz").unlink()
    capsys.readouterr()
    assert run(*options, "--only-scores") == 0
    assert "49 diseases" in capsys.readouterr().out
    assert {file.name: file.read_bytes() for file in (tmp_path / "a").iterdir()} == whole


def test_only_what_is_shipped_can_be_checked(tmp_path, capsys):
    assert run("--cells", "A375", "--check", "MCF7", "--out", tmp_path) == 1
    assert "MCF7 is to be checked and is not shipped" in capsys.readouterr().err


def test_an_unknown_line_is_told(tmp_path, capsys):
    assert run("--cells", "A375,nowhere", "--out", tmp_path) == 1
    assert "No cell line is called 'nowhere'" in capsys.readouterr().err
