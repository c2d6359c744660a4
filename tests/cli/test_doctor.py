"""The doctor judges packages, browser parts and the machine, and ends with code 1 on a failure."""

import json
import shutil
import socket

import pytest

from badger_core.cli import doctor, doctor_browser, doctor_machine
from badger_core.cli.doctor_browser import asks_another_host, chromium_finding, parts_finding
from badger_core.cli.doctor_finding import FAILS, OK, WARNING, fine
from badger_core.cli.doctor_machine import (
    disk_finding,
    memory_finding,
    port_finding,
    writing_finding,
)
from badger_core.cli.doctor_packages import import_finding, package_findings, python_finding
from badger_core.paths import ROOT

GB = 1 << 30


def test_python_and_packages_are_held_against_the_bounds(tmp_path):
    assert python_finding((3, 10)).state == FAILS
    assert python_finding((3, 11)).state == OK
    assert python_finding((3, 99)).state == WARNING
    (found,) = package_findings(ROOT / "requirements.txt")
    assert found.state == OK
    assert "torch" in found.found
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("numpy<1  # too old\nno-such-package-here>=1\ntyper\n")
    old, missing, rest = package_findings(wanted)
    assert (old.state, missing.state, rest.state) == (FAILS, FAILS, OK)
    assert "numpy<1" in old.found
    assert "missing" in missing.found
    wanted.write_text("this is no requirement ===\n")
    assert [one.state for one in package_findings(wanted)] == [FAILS]
    assert [one.state for one in package_findings(tmp_path / "none")] == [FAILS]


def test_a_package_that_is_there_and_cannot_be_loaded_is_a_failure():
    assert import_finding(("json", "csv")).state == OK
    found = import_finding(("json", "no_such_module_here"))
    assert found.state == FAILS
    assert "No module named 'no_such_module_here'" in found.found


@pytest.fixture
def parts(tmp_path):
    """A copy of all that goes to the browser."""
    for name in ("assets", "pages", ".streamlit"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "app.py", tmp_path)
    return tmp_path


def test_browser_parts_that_come_with_the_app_are_whole(parts):
    assert parts_finding(parts).state == OK


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("assets/vendor/3dmol/3Dmol-min.js", "changed", "3Dmol-min.js differs"),
        ("assets/vendor/openchemlib/openchemlib.js", None, "openchemlib.js is missing"),
        ("assets/studio.css", None, "assets/studio.css"),
        ("pages/genes.py", None, "pages/genes.py is missing"),
        ("assets/report.css", "@import url(https://fonts.example.org/x.css);", "another host"),
        ("assets/vendor/README.md", "", "no list"),
    ],
)
def test_a_part_that_is_damaged_missing_or_asks_outside_is_named(parts, name, content, word):
    if content is None:
        (parts / name).unlink()
    else:
        (parts / name).write_text(content)
    found = parts_finding(parts)
    assert found.state == FAILS
    assert word in found.found


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ('<script src="https://cdn.example.org/x.js">', True),
        ("<img src='//example.org/a.png'>", True),
        ('<link rel="stylesheet" href="https://example.org/a.css">', True),
        ('import x from "https://example.org/x.js"', True),
        ("fetch('https://example.org')", True),
        ('<a href="https://doi.org/10.1093/bioadv/vbaf029">', False),
        ('xmlns="http://www.w3.org/2000/svg"', False),
        ("background: url(data:image/png;base64,AA)", False),
    ],
)
def test_what_asks_another_host_is_told_from_a_link(text, asks):
    assert asks_another_host(text) is asks


def test_without_a_chromium_it_is_only_a_warning(monkeypatch):
    monkeypatch.delenv("BADGER_CHROMIUM", raising=False)
    monkeypatch.setattr(doctor_browser.shutil, "which", lambda _: None)
    assert chromium_finding().state == WARNING


@pytest.mark.parametrize(("free", "state"), [(0.1, FAILS), (1, WARNING), (50, OK)])
def test_disk_and_memory_have_bounds(tmp_path, free, state):
    assert disk_finding(tmp_path / "not" / "yet", int(free * GB)).state == state
    assert memory_finding(int(free * GB)).state == state


def test_disk_memory_and_rights_of_this_machine_are_told(tmp_path):
    assert "GB free" in disk_finding(tmp_path).found
    assert "GB available" in memory_finding().found
    assert writing_finding(tmp_path / "runs").state == OK
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_fails(monkeypatch, tmp_path):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor_machine.tempfile, "TemporaryFile", refuse)
    found = writing_finding(tmp_path)
    assert (found.state, "BADGER_RUNS" in found.remedy) == (FAILS, True)


def test_a_port_that_is_taken_is_a_warning():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        assert port_finding(server.getsockname()[1]).state == WARNING


def test_the_command_reports_in_words_and_as_json(badger, monkeypatch):
    monkeypatch.setattr(doctor, "findings", lambda _: [fine("Python", "3.11")])
    said = badger("doctor")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "ok       Python: 3.11"
    told = json.loads(badger("doctor", "--json").out)
    assert told["counts"] == {"ok": 1, "warning": 0, "fails": 0}
    assert told["findings"][0]["found"] == "3.11"


def test_a_failure_ends_the_command_with_code_one_and_the_reason(badger, bundle_copy, monkeypatch):
    (bundle_copy / "genes.parquet").unlink()
    monkeypatch.setenv("BADGER_BUNDLE", str(bundle_copy))
    monkeypatch.setattr(doctor, "import_finding", lambda: fine("imports", "not tried here"))
    said = badger("doctor", "--json")
    assert said.code == 1
    assert "data bundle" in said.err
    assert "genes.parquet is missing" in said.err
    assert json.loads(said.out)["counts"]["fails"] == 1
