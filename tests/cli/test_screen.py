"""`badger screen`: whole libraries, own files, stopping and going on."""

import json
import os
import signal

import pytest

from badger_core.cli import screen as command
from badger_core.repurpose.screen_file import read_screen


@pytest.fixture
def run(badger, tmp_path):
    """`badger screen` into a folder of the test's own."""

    def run(*arguments):
        places = ["--out", tmp_path / "a.parquet", "--work", tmp_path / "work"]
        return badger("screen", *places, *arguments)

    return run


def test_the_hub_in_two_lines(run, tmp_path):
    said = run("--cells", "A375,ACH-000219", "--cells", "yapc", "--limit", "3", "--json")
    assert said.code == 0
    figures = json.loads(said.out)
    assert (figures["rows"], figures["chunks_reused"]) == (6, 0)
    assert figures["lines"] == ["A375", "YAPC"]
    assert "6 of 6 pairs, chunk 1 of 1" in said.err
    assert len(read_screen(tmp_path / "a.parquet").table) == 6
    again = run("--cells", "YAPC,A375", "--limit", "3")
    assert again.code == 0
    assert "1 of 1 chunks were there already" in again.out


def test_bad_rows_of_an_own_library_are_told_and_the_rest_goes_on(run, tmp_path):
    file = tmp_path / "mine.smi"
    file.write_text("CCO one\nC1CC two\nOCC three\n")
    said = run("--library", file, "--cells", "A375", "--json")
    assert said.code == 0
    assert "row 2 two" in said.err
    assert "unclosed ring" in said.err
    figures = json.loads(said.out)
    assert (figures["compounds"], figures["not_read"], figures["duplicates"]) == (1, 1, 1)
    side = (tmp_path / "a.left-out.csv").read_text("utf-8")
    assert side.splitlines()[0] == "row,name,verdict,remark"
    assert figures["left_out_table"] == str(tmp_path / "a.left-out.csv")


def test_own_expression(run, badger, tmp_path):
    file = tmp_path / "mine.csv"
    assert badger("cells", "template", "--out", file).code == 0
    said = run("--expression", file, "--limit", "2", "--json")
    assert said.code == 0, said.err
    (line,) = json.loads(said.out)["lines"]
    assert line.startswith("upload:")


def test_ctrl_c_stops_after_the_chunk_and_the_same_command_goes_on(run, tmp_path, monkeypatch):
    arguments = ["--cells", "A375", "--limit", "4", "--chunk", "1"]
    with monkeypatch.context() as patched:
        patched.setattr(command, "teller", lambda: _interrupt_at(2))
        said = run(*arguments)
    assert said.code == 130
    assert "Stopped after 2 of 4 chunks" in said.err
    assert "Run the same command again" in said.err
    assert not (tmp_path / "a.parquet").exists()
    said = run(*arguments, "--json")
    assert json.loads(said.out)["chunks_reused"] == 2
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def _interrupt_at(chunks):
    """A press of Ctrl-C when so many chunks are done."""

    def tell(progress):
        if progress.chunks == chunks:
            os.kill(os.getpid(), signal.SIGINT)

    return tell


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "No line was given"),
        (("--cells", "A375", "--library", "none.sdf"), "cannot be read"),
        (("--cells", "nosuchline"), "No cell line is called"),
        (("--cells", "A375", "--engine", "dask"), "--scheduler ADDRESS"),
        (("--cells", "A375", "--engine", "ray"), "--scheduler ADDRESS"),
        (("--cells", "A375", "--jobs", "0"), "Give 1 or more"),
        (("--cells", "A375", "--chunk", "0"), "Give 1 or more"),
    ],
)
def test_what_is_wrong_is_said(run, arguments, reason):
    said = run(*arguments)
    assert said.code == 1
    assert reason in said.err
