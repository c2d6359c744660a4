"""A screen is one file byte for byte, however it is interrupted, divided or ordered."""

import os
import signal
import subprocess
import sys
import time

import pytest

from badger_core.errors import CheckpointError, SettingError, WriteError
from badger_core.paths import ROOT
from badger_core.repurpose.chunks import ChunkStore
from badger_core.repurpose.library_file import ScreenLibrary, hub_library
from badger_core.repurpose.screen import screen
from badger_core.repurpose.screen_chunk import chunk_bytes
from badger_core.repurpose.screen_file import read_screen
from badger_core.repurpose.screen_plan import Plan

COMPOUNDS, CHUNK = 8, 3


@pytest.fixture(scope="module")
def library(bundle):
    return hub_library(bundle.library).limited(COMPOUNDS)


@pytest.fixture(scope="module")
def lines(bundle):
    return bundle.cells.find("A375"), bundle.cells.find("YAPC")


@pytest.fixture(scope="module")
def plan(predictor, library, lines):
    return Plan(predictor, library, lines, CHUNK)


@pytest.fixture(scope="module")
def whole(plan, tmp_path_factory):
    """The bytes of an uninterrupted run, and the folder of its chunks."""
    folder = tmp_path_factory.mktemp("screen")
    done = screen(plan, folder / "a.parquet", folder)
    assert (done.complete, done.reused, done.progress.new) == (True, 0, 3)
    return done


def stop_after(count):
    """A cancel token that is true once so many chunks were told."""
    told = []
    return told.append, lambda: bool(told) and told[-1].new >= count


def test_stopped_and_resumed_equals_uninterrupted(plan, whole, tmp_path):
    out = tmp_path / "b.parquet"
    tell, cancelled = stop_after(1)
    stopped = screen(plan, out, tmp_path, progress=tell, cancelled=cancelled)
    assert not stopped.complete
    assert stopped.progress.chunks == 1
    assert not out.exists()
    done = screen(plan, out, tmp_path)
    assert (done.complete, done.reused, done.progress.new) == (True, 1, 2)
    assert out.read_bytes() == whole.out.read_bytes()


def test_cancelled_before_it_begins_does_nothing(plan, tmp_path):
    done = screen(plan, tmp_path / "b.parquet", tmp_path, cancelled=lambda: True)
    assert (done.complete, done.progress.chunks) == (False, 0)


def test_an_equal_screen_is_read_from_its_chunks(plan, whole, tmp_path):
    told = []
    done = screen(plan, tmp_path / "b.parquet", whole.folder.parent, progress=told.append)
    assert (done.reused, len(told)) == (3, 1)
    assert done.out.read_bytes() == whole.out.read_bytes()


@pytest.mark.parametrize("harm", ["cut", "flip", "no checksum", "gone"])
def test_a_damaged_chunk_is_made_again(plan, whole, tmp_path, harm):
    store = ChunkStore(tmp_path / plan.key)
    for number in (1, 2, 3):
        store.keep(number, ChunkStore(whole.folder).content(number))
    path = store.path(2)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    if harm == "gone":
        path.unlink()
    elif harm == "no checksum":
        path.with_name(path.name + ".sha256").unlink()
    else:
        path.write_bytes(content if harm == "flip" else content[:-9])
    done = screen(plan, tmp_path / "b.parquet", tmp_path)
    assert (done.reused, done.progress.new) == (2, 1)
    assert done.out.read_bytes() == whole.out.read_bytes()


def test_the_order_of_lines_does_not_matter(predictor, library, lines, plan, whole, tmp_path):
    other = Plan(predictor, library, (*lines[::-1], lines[0]), CHUNK)
    assert other.key == plan.key
    assert other.n_pairs == 2 * COMPOUNDS
    done = screen(other, tmp_path / "b.parquet", tmp_path)
    assert done.out.read_bytes() == whole.out.read_bytes()


def test_another_question_has_another_key(predictor, library, lines, plan):
    others = [
        Plan(predictor, library, lines[:1], CHUNK),
        Plan(predictor, library, lines, CHUNK + 1),
        Plan(predictor, library.limited(COMPOUNDS - 1), lines, CHUNK),
    ]
    assert len({plan.key, *(other.key for other in others)}) == 4


def test_progress_and_time_left(plan, tmp_path):
    told = []
    screen(plan, tmp_path / "b.parquet", tmp_path, progress=told.append)
    assert [p.chunks for p in told] == [0, 1, 2, 3]
    assert [p.pairs for p in told] == [0, 6, 12, 16]
    assert [p.seconds_left for p in told[:2]] == [None, None]
    assert told[2].seconds_left == pytest.approx(told[2].seconds - told[1].seconds)
    assert told[-1].seconds_left == 0


def test_what_cannot_be_screened_is_refused(predictor, library, lines, plan, tmp_path):
    empty = ScreenLibrary("nothing", (), library.left_out)
    for arguments, reason in (
        ((empty, lines, 3), "library is empty"),
        ((library, (), 3), "No line"),
        ((library, lines, 0), "chunk of 0"),
    ):
        with pytest.raises(SettingError, match=reason):
            Plan(predictor, *arguments)
    with pytest.raises(SettingError, match="nobody to work"):
        screen(plan, tmp_path / "b.parquet", tmp_path, jobs=0)
    with pytest.raises(WriteError, match="is a folder"):
        screen(plan, tmp_path, tmp_path / "work")


def test_a_worker_with_other_models_refuses(plan, predictor):
    (task,) = plan.tasks([1])
    with pytest.raises(CheckpointError, match="not those that were asked for"):
        chunk_bytes(str(predictor.folder), task._replace(models="0" * 16))


@pytest.mark.slow
def test_two_processes_give_the_same_bytes(plan, whole, tmp_path):
    done = screen(plan, tmp_path / "b.parquet", tmp_path, jobs=2)
    assert done.out.read_bytes() == whole.out.read_bytes()


@pytest.mark.slow
def test_killed_and_resumed_equals_uninterrupted(predictor, bundle, plan, tmp_path):
    """`kill -9` of the program and all its processes, in the midst of a chunk."""
    command = [sys.executable, "-m", "badger_core", "screen", "--cells", "A375,YAPC"]
    command += ["--limit", "120", "--chunk", "4", "--work", tmp_path / "w", "--jobs", "2"]
    command += ["--out", tmp_path / "b.parquet", "--bundle", bundle.root]
    command += ["--models", predictor.folder]
    run = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        start_new_session=True,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 240
        while len(list(tmp_path.glob("w/*/*.sha256"))) < 3 and time.monotonic() < until:
            assert run.poll() is None
            time.sleep(0.02)
    finally:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    assert not (tmp_path / "b.parquet").exists()
    longer = Plan(predictor, hub_library(bundle.library).limited(120), plan.lines, 4)
    resumed = screen(longer, tmp_path / "b.parquet", tmp_path / "w")
    assert 3 <= resumed.reused < longer.n_chunks
    fresh = screen(longer, tmp_path / "c.parquet", tmp_path / "fresh")
    assert resumed.out.read_bytes() == fresh.out.read_bytes()
    assert len(read_screen(fresh.out).table) == 240
