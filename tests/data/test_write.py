"""The same content gives the same bytes, and a file is whole or not there."""

import errno
import json
import os
import time
import zipfile

import numpy as np
import pandas as pd
import pytest

from badger_core.data.build import write
from badger_core.errors import WriteError

TABLE = pd.DataFrame({"name": ["b", "a"], "genes": [[1, 2], []], "x": [0.5, np.nan]})
ARRAYS = {"z": np.arange(6, dtype=np.float32).reshape(2, 3), "a": np.array([3, 1], np.int16)}


def write_all(folder):
    write.write_parquet(folder / "table.parquet", TABLE)
    write.write_npz(folder / "arrays.npz", ARRAYS)
    write.write_json(folder / "content.json", {"b": 1, "a": ["µ", None]})
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_content_gives_the_same_bytes(tmp_path, monkeypatch):
    first = write_all(tmp_path / "one")
    later = time.time() + 10_000
    monkeypatch.setattr(time, "time", lambda: later)
    assert write_all(tmp_path / "two") == first
    assert list(first) == ["arrays.npz", "content.json", "table.parquet"]


def test_what_was_written_is_read_back(tmp_path):
    write_all(tmp_path)
    table = pd.read_parquet(tmp_path / "table.parquet")
    assert table["genes"].map(list).tolist() == TABLE["genes"].tolist()
    pd.testing.assert_series_equal(table["x"], TABLE["x"])
    with np.load(tmp_path / "arrays.npz", allow_pickle=False) as file:
        assert all((file[name] == array).all() for name, array in ARRAYS.items())
        assert file["a"].dtype == np.int16
    assert json.loads((tmp_path / "content.json").read_text("utf-8")) == {"a": ["µ", None], "b": 1}


def test_the_order_of_names_does_not_matter(tmp_path):
    write.write_npz(tmp_path / "one.npz", ARRAYS)
    write.write_npz(tmp_path / "two.npz", dict(reversed(ARRAYS.items())))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_an_array_carries_no_date(tmp_path):
    write.write_npz(tmp_path / "arrays.npz", ARRAYS)
    dates = {info.date_time for info in zipfile.ZipFile(tmp_path / "arrays.npz").infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "content.json"
    write.write_json(path, {"old": True})
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match=r"content\.json.*full"):
        write.write_json(path, {"new": True})
    assert json.loads(path.read_text("utf-8")) == {"old": True}
    assert list(tmp_path.iterdir()) == [path]
