"""What is of one visit stays there: its secret, its folder, what is remembered of uploads."""

import gc
import os
import re
import stat
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import streamlit

from badger_core.cells.upload import PREFIX
from badger_core.data.bundle import Bundle
from badger_core.diseases.signature import catalogue_signature
from badger_core.paths import ROOT
from badger_core.predict.ask import read_compound
from badger_core.repurpose.hypotheses import HypothesisSettings
from badger_core.ui import hypotheses_load, load, state, uploads, visit
from badger_core.ui.hypotheses_wanted import Wanted

NAME = f"{PREFIX}0123456789ab"


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch):
    """Begins the visit of another visitor; the session is a dictionary."""

    session: dict = {}
    monkeypatch.setattr(streamlit, "session_state", session)

    def begin() -> None:
        session.clear()
        state.prepare()

    begin()
    return begin


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of the machine."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def own_line(bundle: Bundle, label: str):
    return replace(bundle.cells.line("MCF7"), name=NAME, display_name=label)


def test_a_folder_is_private_and_ends_with_its_visit(other, folder: Path) -> None:
    held = visit.folder()
    assert visit.folder() is held
    assert held.path.parent == folder
    if os.name == "posix":
        assert stat.S_IMODE(held.path.stat().st_mode) == 0o700
    (held.path / "screen").mkdir()
    (held.path / "screen" / "chunk").write_text("mine")
    path = held.path
    other()
    assert visit.folder().path != path
    gc.collect()
    assert path.is_dir()  # work goes on for it
    del held
    gc.collect()
    assert not path.exists()


def test_a_folder_that_stays_is_left_alone(folder: Path) -> None:
    held = visit.Folder(folder)
    assert held.path == folder
    del held
    gc.collect()
    assert folder.is_dir()


def test_what_a_killed_server_left_is_removed(other, folder: Path) -> None:
    left, young, foreign = (folder / n for n in ("badger-visit-a", "badger-visit-b", "other"))
    for path in (left, young, foreign):
        (path / "within").mkdir(parents=True)
    past = time.time() - 3 * 24 * 3600
    for path in (left / "within", left, young, foreign / "within", foreign):
        os.utime(path, (past, past))
    visit.folder()
    assert not left.exists()
    assert young.exists()  # something in it is young
    assert foreign.exists()


def test_a_screen_of_an_upload_goes_to_the_folder_of_the_visit(other, folder, bundle) -> None:
    mine, known = own_line(bundle, "mine"), bundle.cells.line("A375")
    assert hypotheses_load.folder_of([known]).path == hypotheses_load.work_folder()
    private = visit.folder().path
    assert hypotheses_load.folder_of([known, mine]).path == private
    assert hypotheses_load.folder_of([known], library=object()).path == private


def test_an_upload_is_remembered_under_the_secret_of_its_visit(other, bundle: Bundle) -> None:
    uploads.keep(own_line(bundle, "mine"))
    one = uploads.own(NAME)
    assert uploads.own("MCF7") == "MCF7"
    assert one == uploads.own(NAME)
    assert "mine" in one
    uploads.keep(own_line(bundle, "renamed"))
    assert uploads.own(NAME) != one
    other()
    uploads.keep(own_line(bundle, "mine"))
    assert uploads.own(NAME) != one


def test_the_name_of_a_sample_reaches_no_other_visitor(other, bundle: Bundle) -> None:
    """The same profile under another name: the answer bears the name of who asks."""
    asked = read_compound(bundle.library, "imatinib")
    names = []
    for label in ("patient Smith", "sample 7"):
        other()
        line = own_line(bundle, label)
        uploads.keep(line)
        names.append(load.ranking(asked, line).manifest["cell"]["display_name"])
    assert names == ["patient Smith", "sample 7"]


def test_a_list_of_an_upload_is_for_its_visit_alone(bundle: Bundle) -> None:
    signature = catalogue_signature(bundle.diseases, "DOID:1793", bundle.genes)
    known, mine = (bundle.cells.line("A375"),), (own_line(bundle, "mine"),)
    settings = HypothesisSettings()

    def keys(lines, own: bool) -> tuple[set, set]:
        found = [Wanted(signature, None, lines, settings, None, own, v) for v in ("a", "b")]
        return {one.key for one in found}, {one.predicted_from for one in found}

    assert [len(part) for part in keys(known, False)] == [1, 1]
    assert [len(part) for part in keys(known, True)] == [2, 1]
    assert [len(part) for part in keys(mine, False)] == [2, 2]


SHARED = re.compile(r"@st\.cache_(?:data|resource)\(([^)]*)\)\ndef (\w+)\(([^)]*)\)", re.DOTALL)
PRIVATE = 'scope="session"'
SOURCES = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "badger_core" / "ui").glob("*.py"))
}


def test_what_is_shared_and_takes_a_line_is_asked_by_its_own_key() -> None:
    """Every cache that a CellLine goes into, unhashed, gets `uploads.own` beside it."""
    lacking = []
    for file, text in SOURCES.items():
        for how, name, arguments in SHARED.findall(text):
            if "_line: " in arguments and PRIVATE not in how:
                callers = [text] if name.startswith("_") else list(SOURCES.values())
                used = [other for other in callers if re.search(rf"(?<!def )\b{name}\(", other)]
                assert used, f"{file}: nobody calls {name}"
                lacking += [f"{file}: {name}" for other in used if "uploads.own(" not in other]
    assert not lacking


def test_files_that_are_uploaded_are_kept_by_no_shared_cache() -> None:
    found = [
        f"{file}: {name}"
        for file, text in SOURCES.items()
        for how, name, arguments in SHARED.findall(text)
        if re.search(r": bytes\b", arguments) and PRIVATE not in how
    ]
    assert not found


def test_the_secret_is_long(other) -> None:
    assert re.fullmatch("[0-9a-f]{32}", visit.secret())
    one = visit.secret()
    other()
    assert visit.secret() != one
    assert np.unique([visit.secret(), visit.secret()]).size == 1
