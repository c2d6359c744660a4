"""Predictions of a library are those of the predictor, whether shipped, screened or kept."""

import json
import logging
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from badger_core.errors import SettingError, StoppedError
from badger_core.paths import ROOT
from badger_core.repurpose.library_file import ScreenLibrary, hub_library
from badger_core.repurpose.predictions import library_predictions
from badger_core.repurpose.screened import screened
from badger_core.repurpose.shipped import MANIFEST

SHIPPED = ROOT / "data" / "predictions"


@pytest.fixture(scope="module")
def library(bundle):
    return hub_library(bundle.library).limited(5)


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    """A folder without shipped predictions."""
    return tmp_path_factory.mktemp("nothing")


def test_shipped_predictions_are_those_of_the_predictor(bundle, predictor, tmp_path):
    """20 random pairs; the error is bounded by twice the largest of the two checked lines."""
    told = json.loads((SHIPPED / MANIFEST).read_text())
    bound = 2 * max(line["largest_error"] for line in told["fidelity"].values())
    lines = [bundle.cells.find(name) for name in told["lines"]]
    found = library_predictions(bundle, predictor, lines, tmp_path, folder=SHIPPED)
    assert set(found.origin) == {"shipped"}
    assert found.changes.shape == (len(lines), told["compounds"], 978)
    rng = np.random.default_rng(5)
    candidates = hub_library(bundle.library).candidates
    for row in rng.choice(len(candidates), 10, replace=False):
        molecule = candidates[row].molecule
        some = rng.choice(len(lines), 2, replace=False)
        exact = predictor.members([molecule] * 2, [lines[at] for at in some])
        stored = found.changes[some, row]
        assert np.abs(stored - exact.mean(axis=0)).max() < bound
        assert found.spread[some, row] == pytest.approx(exact.std(axis=0).mean(axis=1), abs=1e-5)
        for mine, true in zip(stored, exact.mean(axis=0), strict=True):
            for side in (1, -1):
                first, second = (set(np.argsort(-side * x)[:50]) for x in (mine, true))
                assert len(first & second) >= 47


def test_shipped_confidence_is_what_the_app_says(bundle, predictor, tmp_path):
    lines = [bundle.cells.find(name) for name in ("YAPC", "A375")]
    found = library_predictions(bundle, None, lines, tmp_path, folder=SHIPPED)
    assert found.lines == ("YAPC", "A375")
    at = found.compounds.index[found.compounds["name"] == "vorinostat"][0]
    for number, line in enumerate(found.lines):
        told = predictor.ask("vorinostat", line).manifest
        assert found.badge[number, at] == told["familiarity"]["badge"]
        assert found.confidence[number, at] == pytest.approx(told["trust"]["confidence"], abs=1e-3)
        domain = {"structure": found.domain_structure, "line": found.domain_line}
        assert {name: each[number, at] for name, each in domain.items()} == told["trust"]["domain"]


def test_reading_what_is_shipped_needs_no_network():
    code = (
        "import sys; from pathlib import Path; from badger_core.data.bundle import Bundle; "
        "from badger_core.repurpose.predictions import library_predictions; b = Bundle(); "
        "p = library_predictions(b, None, [b.cells.find('YAPC')], Path('/nowhere')); "
        "assert p.origin == ('shipped',), p.origin; assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_compounds_are_those_of_the_library_in_its_order(bundle, predictor, library, tmp_path):
    line = bundle.cells.find("A375")
    some = ScreenLibrary("some", library.candidates[::2], library.left_out)
    found = library_predictions(bundle, predictor, [line, line], tmp_path, library=some)
    assert found.lines == ("A375",)
    assert found.compounds["ik14"].tolist() == [c.ik14 for c in some.candidates]
    assert found.compounds["ik14"].is_monotonic_increasing
    assert found.compounds["name"].tolist() == [c.name for c in some.candidates]
    whole = library_predictions(bundle, predictor, [line], tmp_path, library=library)
    assert np.array_equal(whole.changes[:, ::2], found.changes)


def test_what_is_not_shipped_is_screened_once(bundle, predictor, library, nothing, tmp_path):
    first, second = bundle.cells.find("A375"), bundle.cells.find("MCF7")
    told = []
    alone = library_predictions(
        bundle, predictor, [first], tmp_path, told.append, library=library, folder=nothing
    )
    assert alone.origin == ("screened",)
    assert told[-1].pairs == told[-1].of_pairs == 5
    told.clear()
    both = library_predictions(
        bundle, predictor, [second, first], tmp_path, told.append, library=library, folder=nothing
    )
    assert told[-1].of_pairs == 5  # only the other line was left
    assert np.array_equal(both.changes[1], alone.changes[0])
    told.clear()
    again = library_predictions(
        bundle, predictor, [second, first], tmp_path, told.append, library=library, folder=nothing
    )
    assert not told
    assert np.array_equal(again.changes, both.changes)
    molecules = [c.molecule for c in library.candidates]
    exact = predictor.members(molecules, [second] * 5).mean(axis=0)
    assert np.abs(both.changes[0] - exact).max() <= 0.000501


def test_progress_runs_over_all_lines(bundle, predictor, library, tmp_path):
    lines = [bundle.cells.find(name) for name in ("A375", "MCF7")]
    told = []
    screened(predictor, library, lines, tmp_path, told.append)
    assert [(p.chunks, p.of_chunks) for p in told] == [(0, 2), (1, 2), (1, 2), (2, 2)]
    assert [p.pairs for p in told] == [0, 5, 5, 10]
    assert told[1].seconds_left is None
    assert told[-1].seconds_left == 0


def test_a_damaged_result_is_made_again(bundle, predictor, library, tmp_path):
    line = bundle.cells.find("A375")
    before = screened(predictor, library, [line], tmp_path)["A375"]
    (file,) = tmp_path.glob("*.parquet")
    file.write_bytes(file.read_bytes()[:500])
    after = screened(predictor, library, [line], tmp_path)["A375"]
    assert np.array_equal(before.changes, after.changes)


def test_a_stop_is_told_and_keeps_what_is_done(bundle, predictor, library, nothing, tmp_path):
    with pytest.raises(StoppedError, match="stopped after 0 of 1 chunks"):
        library_predictions(
            bundle,
            predictor,
            [bundle.cells.find("A375")],
            tmp_path,
            cancelled=lambda: True,
            library=library,
            folder=nothing,
        )


def test_files_of_other_models_are_refused_and_the_line_is_screened(
    bundle, predictor, library, tmp_path, caplog
):
    for file in SHIPPED.iterdir():
        (tmp_path / file.name).symlink_to(file)
    manifest = json.loads((SHIPPED / MANIFEST).read_text())
    (tmp_path / MANIFEST).unlink()
    (tmp_path / MANIFEST).write_text(json.dumps(manifest | {"model": {"files": "0" * 16}}))
    with caplog.at_level(logging.WARNING):
        found = library_predictions(
            bundle,
            predictor,
            [bundle.cells.find("A375")],
            tmp_path / "work",
            library=library,
            folder=tmp_path,
        )
    assert found.origin == ("screened",)
    assert "made by other models" in caplog.text


def test_nothing_to_predict_is_refused(bundle, library, tmp_path):
    bare = replace(bundle.cells.find("A375"), basal=None)
    with pytest.raises(SettingError, match="no basal expression"):
        library_predictions(bundle, None, [bare], tmp_path)
    with pytest.raises(SettingError, match="No line"):
        library_predictions(bundle, None, [], tmp_path)
    empty = ScreenLibrary("nothing", (), library.left_out)
    with pytest.raises(SettingError, match="library is empty"):
        library_predictions(bundle, None, [bundle.cells.find("A375")], tmp_path, library=empty)
