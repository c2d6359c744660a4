"""A full disk: a sentence with place, need and remedy; earlier files stay; then it goes on."""

import errno
import os

import numpy as np
import pandas as pd
import pytest

from badger_core.data import scratch
from badger_core.data.build.place import MANIFEST, WORK, staged
from badger_core.data.build.write import write_json, write_parquet
from badger_core.disk import check_folder, check_place, refusal, system_refusal
from badger_core.errors import WriteError
from badger_core.files import being_written, write_together, write_whole
from badger_core.kept import keep, kept
from badger_core.response import units
from badger_core.response.units import Outcome


def names(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_is_told_when_the_disk_is_full(disk, tmp_path):
    path = tmp_path / "new" / "r.csv"
    disk.left = 1000
    with pytest.raises(WriteError) as told:
        write_whole(path, b"x" * 250_000)
    text = str(told.value)
    assert text.startswith(f"'{path}' cannot be written: the disk is full. It needs 0.2 MB, and ")
    assert f"are free in '{path.parent}'. Make room there or name another place" in text
    assert names(tmp_path) == []
    disk.left = 250_000
    write_whole(path, b"x" * 250_000)
    assert path.stat().st_size == 250_000


def test_files_that_belong_together_are_replaced_together_or_not_at_all(disk, tmp_path):
    old = {tmp_path / name: f"old {name}" for name in ("a.csv", "b.csv", "manifest.json")}
    write_together(old)
    disk.left = 100
    with pytest.raises(WriteError, match=r"b\.csv' cannot be written.*It needs 0\.2 kB"):
        write_together(dict.fromkeys(old, "new" * 30))
    assert {path: path.read_text() for path in old} == old
    assert len(names(tmp_path)) == 3


def test_a_library_that_tells_the_number_in_words_alone(tmp_path):
    told = OSError("Can't write data (file write failed: errno = 28, error message = 'No space')")
    assert "the disk is full. At present" in str(refusal(tmp_path / "x.gctx", told))
    assert "larger than this disk" in str(refusal(tmp_path / "x", OSError(errno.EFBIG, "big")))
    for number in (errno.EROFS, errno.EACCES):
        assert "you may not write in" in str(refusal(tmp_path / "x", OSError(number, "no")))
    assert "(Input/output error). Check the disk" in str(
        refusal(tmp_path / "x", OSError(errno.EIO, "io"))
    )
    assert system_refusal(OSError(errno.ENOSPC, "full")).startswith("The disk of what the output")


def test_a_growing_file_is_not_left_behind(tmp_path):
    path = tmp_path / "x.bin"
    path.write_bytes(b"old")

    def write(error):
        with being_written(path) as part:
            part.write_bytes(b"half")
            raise error

    with pytest.raises(WriteError, match="the disk is full"):
        write(OSError(errno.ENOSPC, "full"))
    with pytest.raises(KeyboardInterrupt):
        write(KeyboardInterrupt())
    assert (names(tmp_path), path.read_bytes()) == (["x.bin"], b"old")


def test_places_that_cannot_be_written_are_refused_before_the_work(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    check_place(None, tmp_path / "none" / "x.csv", tmp_path / "file")
    check_folder(tmp_path / "none")
    with pytest.raises(WriteError, match=r"' is a folder, and a file is to be written\. Name"):
        check_place(tmp_path)
    with pytest.raises(WriteError, match=r"file' is a file and no folder\. Name another place"):
        check_place(tmp_path / "file" / "x.csv")
    with pytest.raises(WriteError, match="is a file and no folder"):
        check_folder(tmp_path / "file" / "deeper")
    with pytest.raises(WriteError, match="is a folder"):
        write_whole(tmp_path, "x")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    for refused in (check_place, check_folder):
        with pytest.raises(WriteError, match=r"you may not write in .* or the disk is read-only"):
            refused(tmp_path / "none" / "x.csv")


def test_tables_stay_as_they_were_until_all_of_the_new_ones_are_written(disk, tmp_path):
    def build(number):
        with staged(tmp_path) as work:
            write_parquet(work / "a.parquet", pd.DataFrame({"x": [number]}))
            write_json(work / MANIFEST, {"number": number})

    build(1)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    disk.left = 100
    with pytest.raises(WriteError, match="the disk is full"):
        build(2)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    disk.left = 1 << 30
    (tmp_path / WORK).mkdir()
    (tmp_path / WORK / "left.parquet").write_bytes(b"by a killed build")
    build(2)
    assert names(tmp_path) == ["a.parquet", MANIFEST]
    assert pd.read_parquet(tmp_path / "a.parquet")["x"].tolist() == [2]


def test_a_build_that_is_killed_while_it_moves_leaves_no_manifest(tmp_path, monkeypatch):
    (tmp_path / MANIFEST).write_text("old")
    (tmp_path / "a.parquet").write_text("old")
    moved = []

    def replace(path, target):
        if moved:
            raise KeyboardInterrupt
        moved.append(os.replace(path, target))

    def build():
        with staged(tmp_path) as work:
            for name in ("a.parquet", "b.parquet", MANIFEST):
                (work / name).write_text("new")
            monkeypatch.setattr(type(work), "replace", replace)

    with pytest.raises(KeyboardInterrupt):
        build()
    assert (tmp_path / "a.parquet").read_text() == "new"
    assert not (tmp_path / MANIFEST).exists()  # a mixture is refused by every reader


def test_kept_work_is_read_back_whole_or_not_at_all(disk, tmp_path):
    path = tmp_path / "unit.json"
    assert kept(path) is None
    keep(path, "content")
    assert kept(path) == b"content"
    for harmed in (b"conten", b"Content", b""):
        path.write_bytes(harmed)
        assert kept(path) is None
    keep(path, "content")
    disk.left = 8  # room for the content, none for its checksum
    with pytest.raises(WriteError):
        keep(path, "another")
    assert kept(path) is None  # unfinished
    disk.left = 1 << 30
    path.with_name("unit.json.sha256").write_bytes(b"\xff\xfe")
    assert kept(path) is None


@pytest.mark.parametrize("harm", ["cut", "flip", "no checksum"])
def test_a_damaged_unit_of_the_response_is_not_read(tmp_path, monkeypatch, harm):
    path = tmp_path / "u.npz"
    monkeypatch.setattr(units, "file_of", lambda unit, root: path)
    found = Outcome(np.ones(3, np.float32), np.ones(2, np.float32), 1.0, "k=3")
    monkeypatch.setattr(units, "_learned", lambda unit, report: found)
    unit = units.Unit("nci60", "nci60", "random", 1, "line mean")
    units.do(unit, tmp_path, lambda _: None)
    assert units.read(unit, tmp_path).setting == "k=3"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    if harm == "no checksum":
        path.with_name("u.npz.sha256").unlink()
    else:
        path.write_bytes(content if harm == "flip" else content[:-1])
    assert units.read(unit, tmp_path) is None
    units.do(unit, tmp_path, lambda _: None)
    assert units.read(unit, tmp_path).seconds == 1.0


def test_a_large_array_that_finds_no_room_is_told_and_no_signal_kills(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(scratch, "IN_MEMORY", 0)
    monkeypatch.setattr(scratch.os, "posix_fallocate", full)
    with pytest.raises(WriteError, match=r"the disk is full\. It needs 0\.4 MB"):
        scratch.empty((100, 978))
