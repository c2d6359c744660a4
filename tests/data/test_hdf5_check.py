"""HDF5 files on which the library hangs, crashes or reaches for other files are refused in time."""

import io
import time
from dataclasses import replace

import h5py
import numpy as np
import pandas as pd
import pytest

from badger_core.data import hdf5_check
from badger_core.data.expression_file import read_expression_file
from badger_core.data.gctx_writer import GctxWriter
from badger_core.data.h5ad_writer import write_h5ad
from badger_core.data.hdf5_check import check_hdf5
from badger_core.data.imports.matrix_source import open_matrix
from badger_core.data.matrix import Matrix
from badger_core.data.matrix_file import read_matrix
from badger_core.errors import ExpressionError, MatrixFileError
from badger_core.limits import limits

GENES = pd.DataFrame(index=pd.Index([f"G{i}" for i in range(12)], dtype="str"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("h5") / "a.h5ad"
    columns = pd.DataFrame({"cell": ["x", "y"]}, index=pd.Index(["a", "b"], dtype="str"))
    write_h5ad(path, Matrix(np.arange(24, dtype=np.float32).reshape(12, 2), GENES, columns))
    return path


@pytest.fixture(scope="module")
def endless(sound):
    """The length of one text is wrong, so that the library goes round in the heap of texts."""
    content = bytearray(sound.read_bytes())
    at = content.index(b"\x02" + bytes(7) + b"G3")
    content[at] = 152
    return bytes(content)


def test_a_file_that_hangs_ends_in_a_sentence(endless, tmp_path, monkeypatch):
    own = replace(limits(), hdf5_s=3)
    monkeypatch.setattr(hdf5_check, "limits", lambda: own)
    begin = time.monotonic()
    with pytest.raises(ExpressionError, match=r"'a\.h5ad' could not be read within 3 seconds"):
        read_expression_file(endless, "a.h5ad")
    path = tmp_path / "b.h5ad"
    path.write_bytes(endless)
    with pytest.raises(MatrixFileError, match="Download or save it again"):
        read_matrix(path)
    assert time.monotonic() - begin < 60


def test_sound_files_pass_at_every_door(sound, tmp_path):
    assert read_matrix(sound).values.shape == (12, 2)
    assert read_expression_file(sound).values.shape == (2, 12)
    columns = pd.DataFrame(index=pd.Index(["a"], dtype="str"))
    with GctxWriter(tmp_path / "a.gctx", GENES, columns) as writer:
        writer.write(np.ones((12, 1), np.float32))
    file = open_matrix(tmp_path / "a.gctx")
    assert file.shape == (12, 1)
    file.close()


def test_damage_of_another_kind_is_the_readers_to_tell(sound):
    cut = sound.read_bytes()[:3000]
    check_hdf5(cut, "a.h5ad", ExpressionError)
    with pytest.raises(ExpressionError, match="damaged"):
        read_expression_file(cut, "a.h5ad")


@pytest.mark.parametrize("way", ["link", "external"])
def test_files_that_reach_for_others_are_refused(way, tmp_path):
    (tmp_path / "secret").write_bytes(bytes(64))
    with h5py.File(tmp_path / "a.h5ad", "w") as file:
        if way == "link":
            file["X"] = h5py.ExternalLink("secret.h5", "/X")
        else:
            file.create_dataset("X", (8,), "f8", external=[(str(tmp_path / "secret"), 0, 64)])
    with pytest.raises(MatrixFileError, match="takes data from other files"):
        read_matrix(tmp_path / "a.h5ad")


def test_a_crash_is_told(sound, monkeypatch):
    monkeypatch.setattr(hdf5_check.hdf5_probe, "__file__", str(sound))  # no program at all
    with pytest.raises(ExpressionError, match="ended with code"):
        check_hdf5(io.BytesIO().getvalue(), "a.h5ad", ExpressionError)
