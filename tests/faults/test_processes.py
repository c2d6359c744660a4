"""Processes that are killed, stopped, or at the same work: told in a sentence, nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from badger_core import workers
from badger_core.alone import alone
from badger_core.cli.main import main
from badger_core.errors import BusyError, ProgramError
from badger_core.files import part_of, write_whole
from badger_core.limits import Limits
from badger_core.paths import ROOT
from badger_core.repurpose import engines
from badger_core.repurpose.engines import finished, local
from badger_core.response import benchmark
from badger_core.response.units import Unit
from tests.faults import chores


@pytest.mark.slow
def test_a_killed_worker_is_told_and_what_was_finished_is_given_back():
    came, tasks = {}, [(1, False), (2, False), (3, True), (4, False)]

    def run():
        with local(2) as engine:
            one_by_one = engine._replace(at_once=1)
            for task, content in finished(one_by_one, chores.chunk, tasks, lambda: False):
                came[task[0]] = len(content)

    with pytest.raises(ProgramError, match=r"A worker went away .* kept: run the same command"):
        run()
    assert came == {1: 1, 2: 2}


def test_a_chunk_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(engines, "limits", lambda: Limits(chunk_s=1))
    begun = time.monotonic()
    with pytest.raises(ProgramError, match="BADGER_MAX_CHUNK_S above 1 to wait longer"):  # noqa: SIM117
        with local(2) as engine:
            list(finished(engine, chores.hang, [1], lambda: False))
    assert time.monotonic() - begun < 60  # and the worker is not waited for


@pytest.mark.slow
def test_a_killed_process_of_the_response_benchmark_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(benchmark, "is_kept", lambda path: False)
    monkeypatch.setattr(benchmark, "file_of", lambda unit, root: root)
    monkeypatch.setattr(benchmark, "_start", workers.begin)  # without the import of torch
    monkeypatch.setattr(benchmark, "_quietly", chores.killed)
    with pytest.raises(ProgramError, match=r"Finished units are kept.* fewer --jobs"):
        benchmark.run([Unit("nci60", "nci60", "random", 1, "line mean")], tmp_path, 2, print)


PARENT = """
import sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from badger_core import workers
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("spawn"), workers.begin)
    pool.submit(time.sleep, 0).result()
    print(*pool._processes, flush=True)
    time.sleep(600)
"""


def test_workers_do_not_outlive_a_killed_command(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 30
    while Path(f"/proc/{worker}").exists() and time.monotonic() < until:
        if Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.02)
    else:
        assert not Path(f"/proc/{worker}").exists()


def test_a_pool_is_ended_at_once():
    pool = ProcessPoolExecutor(1, get_context("spawn"), workers.begin)
    with pool:
        future = pool.submit(time.sleep, 600)
        while not future.running():
            time.sleep(0.01)
        workers.end(pool)


HOLD = "import sys,time\nfrom pathlib import Path\nfrom badger_core.alone import alone\n"
HOLD += "with alone(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(600)\n"


def test_a_folder_is_held_by_one_process_and_given_back_by_a_killed_one(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(BusyError, match=r"Another process is at work in '.*'\. Wait until"):  # noqa: SIM117
        with alone(tmp_path):
            pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with alone(tmp_path), pytest.raises(BusyError), alone(tmp_path):
        pass
    with alone(tmp_path / "new"):
        assert list((tmp_path / "new").iterdir()) == []  # no lock file is left to be cleared


def test_two_writers_do_not_meet_in_one_part(tmp_path):
    path = tmp_path / "x[1].csv"
    one, other = part_of(path), part_of(path)
    assert one != other
    one.write_text("half")
    old = tmp_path / "x[1].csv.1-1.part"
    old.write_text("of a process that was killed long ago")
    os.utime(old, (0, 0))
    write_whole(path, "whole")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([path.name, one.name])


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
def test_a_signal_ends_a_command_with_its_code_and_a_sentence(number, code, monkeypatch, capsys):
    def stopped(*_, **__):
        os.kill(os.getpid(), number)
        time.sleep(10)

    monkeypatch.setattr("badger_core.cli.cells.Bundle", stopped)
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as end:
        main(["cells", "search", "A375"])
    assert end.value.code == code
    assert "badger: stopped. What was finished is kept." in capsys.readouterr().err
    assert signal.getsignal(number) is before
