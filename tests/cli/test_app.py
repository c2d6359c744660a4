"""`badger app` starts Streamlit with the project's settings from any folder, or says why not."""

import os
import socket
import subprocess
import sys

import pytest

from badger_core.cli import app as studio
from badger_core.cli import entry
from badger_core.cli.app import is_free
from badger_core.errors import ProgramError
from badger_core.paths import ROOT


@pytest.fixture
def started(monkeypatch):
    """What would have been started: command, environment and folder."""
    seen = []

    def note(program, command, environment):
        seen.append((command, environment, os.getcwd()))

    monkeypatch.setattr(studio.os, "execve", note)
    monkeypatch.setattr(studio, "_as_child", lambda *_: 0)
    return seen


def test_it_starts_in_the_projects_folder_and_passes_arguments_on(
    badger, started, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BADGER_BUNDLE", "own")
    said = badger("app", "--port", "8755", "--server.baseUrlPath", "badger")
    assert said.code == 0, said.err
    command, environment, folder = started[0]
    assert command[1:5] == ["-m", "streamlit", "run", str(ROOT / "app.py")]
    assert command[5:9] == ["--server.port", "8755", "--server.address", "localhost"]
    assert command[-2:] == ["--server.baseUrlPath", "badger"]
    assert folder == str(ROOT)
    assert environment["BADGER_BUNDLE"] == str(tmp_path / "own")


def test_a_port_that_is_taken_is_told_before_the_start(badger, started):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        said = badger("app", "--port", str(port))
    assert said.code == 1
    assert f"port {port} already" in said.err
    assert not started


def test_an_address_of_nowhere_is_refused():
    with pytest.raises(ProgramError, match="no address"):
        is_free(8501, "no.such.host.invalid")


def test_without_the_app_it_says_so(badger, monkeypatch, tmp_path):
    monkeypatch.setattr(studio, "ROOT", tmp_path)
    said = badger("app")
    assert (said.code, "Install BADGER Studio again" in said.err) == (1, True)


def test_the_light_commands_need_no_torch():
    """They must start at once, and on an installation whose torch is broken."""
    code = (
        "import sys\nfor name in ('torch', 'rdkit', 'pandas', 'numpy'): sys.modules[name] = None\n"
        "from badger_core.cli.entry import main\nmain(['doctor', '--help'])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert ended.returncode == 0, ended.stderr
    assert "checksums" in ended.stdout


@pytest.mark.parametrize(
    ("module", "arguments", "says"),
    [("_whole", ["predict"], "badger doctor"), ("_light", ["doctor"], "pip install .")],
)
def test_a_missing_package_is_one_sentence(monkeypatch, capsys, module, arguments, says):
    def broken():
        raise ModuleNotFoundError("No module named 'torch'")

    monkeypatch.setattr(entry, module, broken)
    with pytest.raises(SystemExit) as end:
        entry.main(arguments)
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert says in said
    assert "No module named 'torch'" in said
    assert len(said.splitlines()) == 1
