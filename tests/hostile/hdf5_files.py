"""Small sound GCTX and h5ad files, and the many ways to make bad ones of them."""

import io
import tempfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np
import pandas as pd
from hypothesis import strategies as st
from scipy.sparse import csc_matrix, csr_matrix

from badger_core.data.expression_file import read_expression_file
from badger_core.data.gctx_writer import write_gctx
from badger_core.data.imports.matrix_source import open_matrix
from badger_core.data.matrix import Matrix
from badger_core.data.matrix_file import read_matrix
from badger_core.data.perturbation_file import read_cell_upload
from tests.data.cell_files import COUNTS, cells_h5ad, texts
from tests.data.matrices import example

NAME = "sent.h5ad"
TEXT = h5py.string_dtype()
VALUES = np.arange(12, dtype=np.float32).reshape(3, 4) / 8
SAMPLES, SYMBOLS = ("s1", "s2", "s3"), ("TP53", "FOS", "JUN", "MYC")
Change = Callable[[h5py.File], object]


def expression_h5ad(x: object = VALUES, **options: object) -> bytes:
    """Three samples of four genes, with a category and a number beside them."""
    file = io.BytesIO()
    with h5py.File(file, "w") as out:
        put_matrix(out, "X", x, **options)
        for name, index in (("obs", SAMPLES), ("var", SYMBOLS)):
            group = out.create_group(name)
            group.attrs["_index"] = "_index"
            texts(group, "_index", list(index))
        out["obs"]["batch"] = np.array([1, 2, 2])
        kind = out["obs"].create_group("cell")
        texts(kind, "categories", ["A375", "MCF7"])
        kind["codes"] = np.array([0, 1, -1], np.int8)
    return file.getvalue()


def put_matrix(out: h5py.Group, title: str, x: object, **options: object) -> None:
    """X as it is, or the parts of a sparse one."""
    if isinstance(x, np.ndarray):
        out.create_dataset(title, data=x, **options)
        return
    group = out.create_group(title)
    group.attrs["encoding-type"] = f"{x.format}_matrix"
    group.attrs["shape"] = x.shape
    for part in ("data", "indices", "indptr"):
        group.create_dataset(part, data=getattr(x, part), **options)


def gctx(compression: str | None = None, matrix: Matrix | None = None) -> bytes:
    """Five genes of four signatures with every kind of annotation."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.gctx")
        write_gctx(path, matrix or example(), compression)
        return path.read_bytes()


SOUND = {
    "h5ad of expression": (
        expression_h5ad(),
        expression_h5ad(csr_matrix(VALUES), compression="gzip"),
        expression_h5ad(csc_matrix(VALUES)),
    ),
    "h5ad of cells": (cells_h5ad(), cells_h5ad(csr_matrix(COUNTS))),
    "h5ad matrix": (expression_h5ad(), expression_h5ad(VALUES, compression="lzf", chunks=(2, 3))),
    "GCTX": (gctx(), gctx("gzip")),
}
"""Kind of reader to files that it reads."""


def on_disk(read: Callable[[Path], object], ending: str) -> Callable[[bytes], object]:
    """A reader of a path, given the content."""

    def of_content(content: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"sent{ending}")
            path.write_bytes(content)
            return read(path)

    return of_content


def _both_ways(path: Path) -> object:
    """As `badger data convert` reads it, then as `badger data import` does."""
    found = read_matrix(path)
    file = open_matrix(path)
    try:
        _ = file.column_ids, file.columns, file.rows
        file.read(range(file.shape[0]), range(file.shape[1]))
    finally:
        file.close()
    return found


READERS: dict[str, tuple[Callable[[bytes], object], str]] = {
    "h5ad of expression": (lambda content: read_expression_file(content, NAME), NAME),
    "h5ad of cells": (lambda content: read_cell_upload(content, NAME), NAME),
    "h5ad matrix": (on_disk(read_matrix, ".h5ad"), "sent.h5ad"),
    "GCTX": (on_disk(_both_ways, ".gctx"), "sent.gctx"),
}
"""Kind to its reader, and how its messages call the file."""


class Damage(NamedTuple):
    """What is done to a file, small enough to be printed where it shows a defect."""

    which: int
    way: str
    places: tuple[float, ...]
    length: int
    number: int

    def of(self, files: Sequence[bytes]) -> bytes:
        """One of the files cut, or with bytes changed, dropped, doubled or wiped anywhere."""
        content = bytearray(files[self.which % len(files)])
        at, *more = (int(place * len(content)) for place in self.places)
        span = slice(at, at + self.length)
        if self.way == "cut":
            del content[at:]
        elif self.way == "flip":
            content[at] ^= self.number % 255 + 1
        elif self.way == "few":
            for place in (at, *more):
                content[place] ^= self.number % 255 + 1
        elif self.way == "wipe":
            content[span] = bytes(len(content[span]))
        elif self.way == "drop":
            del content[span]
        elif self.way == "double":
            content[at:at] = content[span]
        else:  # a length or an address becomes a huge, a negative or a small number
            content[at : at + 8] = _NUMBERS[self.number % len(_NUMBERS)].to_bytes(8, "little")
        return bytes(content)


_NUMBERS = (2**63 - 1, 2**64 - 1, 2**40, 2**32, 65_536, 8, 1, 0)
_PLACE = st.floats(0, 1, exclude_max=True)
damages = st.builds(
    Damage,
    which=st.integers(0, 2),
    way=st.sampled_from(["cut", "flip", "flip", "few", "wipe", "drop", "double", "number"]),
    places=st.tuples(*[_PLACE] * 5),
    length=st.integers(1, 64),
    number=st.integers(0, 255),
)


def deflate_bomb(megabytes: int) -> bytes:
    """X of four numbers whose stored bytes unpack to so much."""
    file = io.BytesIO(expression_h5ad())
    with h5py.File(file, "r+") as out:
        del out["X"]
        x = out.create_dataset("X", (3, 4), "f4", chunks=(3, 4), compression="gzip")
        x.id.write_direct_chunk((0, 0), zlib.compress(bytes(megabytes * 1024**2), 9))
    return file.getvalue()


def text_bomb(times: int) -> bytes:
    """An index whose every entry points at the same text of a megabyte."""
    file = io.BytesIO(expression_h5ad(np.zeros((3, 4), np.float32)))
    with h5py.File(file, "r+") as out:
        del out["obs/_index"]
        made = out.create_dataset("obs/_index", (times,), TEXT, chunks=(times,), compression="gzip")
        made[0] = "x" * 1024**2
        one = zlib.decompress(made.id.read_direct_chunk((0,))[1])[:16]
        made.id.write_direct_chunk((0,), zlib.compress(one * times, 9))
    return file.getvalue()


def frame_of_one(name: str) -> pd.DataFrame:
    """Annotation of a single row."""
    return pd.DataFrame(index=pd.Index([name], dtype="str"))
