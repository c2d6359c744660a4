"""Nothing here unpickles: no line of the program does, and no file can make a library do it."""

import ast
import io
import json
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch

from badger_core.checked import Door, arrays, table
from badger_core.checksums import sha256
from badger_core.data.bundle import Bundle
from badger_core.data.expression_file import read_expression_file
from badger_core.data.matrix_file import read_matrix
from badger_core.data.perturbation_file import read_cell_upload
from badger_core.errors import BundleError, CheckpointError, ExpressionError, PerturbationError
from badger_core.model.checkpoint import load
from badger_core.paths import ROOT
from badger_core.repurpose.shipped_file import ShippedFile
from tests.data.cell_files import changed
from tests.hostile.hdf5_files import expression_h5ad
from tests.hostile.trial import refused

_MODULES = {"pickle", "cPickle", "_pickle", "pickle5", "joblib", "dill", "cloudpickle", "shelve"}
_MODULES |= {"marshal", "jsonpickle", "hickle", "klepto"}
_CALLS = {"eval", "exec", "torch.load", "torch.save", "yaml.load", "yaml.unsafe_load"}
_ENDINGS = ("read_pickle", "to_pickle", "unsafe_load")
_LOADS = {"np.load", "numpy.load", "np.lib.format.read_array", "read_array"}


SOWS_FAULTS = "scripts/mutation/"
"""A tool of development runs our own modules with a fault sown into them; no file from outside."""


def dangers(source: str) -> Iterator[str]:
    """Imports and calls of a program that read pickled objects, or run text."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        yield from (name for name in names if _MODULES & set(name.split(".")))
        if isinstance(node, ast.Call) and _may_be_one(node):
            call = ast.unparse(node.func)
            given = {key.arg: ast.unparse(key.value) for key in node.keywords}
            if call in _CALLS or call.endswith(_ENDINGS):
                yield call
            elif call in _LOADS and given.get("allow_pickle") != "False":
                yield f"{call} without allow_pickle=False"
            elif given.get("allow_pickle", "False") != "False":
                yield f"{call} with allow_pickle"


def _may_be_one(node: ast.Call) -> bool:
    """Whether it is worth being written out: few calls are."""
    last = getattr(node.func, "attr", getattr(node.func, "id", ""))
    known = {name.rpartition(".")[2] for name in (*_CALLS, *_LOADS, *_ENDINGS)}
    return last in known or any(key.arg == "allow_pickle" for key in node.keywords)


def test_no_line_of_the_program_reads_pickled_objects_or_runs_text():
    files = [ROOT / "app.py", ROOT / "run.py", ROOT / "setup.py"]
    for folder in ("badger_core", "pages", "scripts"):
        files += sorted((ROOT / folder).rglob("*.py"))
    assert len(files) > 300
    names = [file.relative_to(ROOT).as_posix() for file in files]
    found = {name: list(dangers((ROOT / name).read_text("utf-8"))) for name in names}
    left = {
        file: calls
        for file, calls in found.items()
        if calls and not (file.startswith(SOWS_FAULTS) and set(calls) == {"exec"})
    }
    assert left == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "import os, joblib",
        "from joblib import load",
        "from concurrent import pickle",
        "import cloudpickle.cloudpickle",
        "torch.load(path)",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "np.lib.format.write_array(f, x, allow_pickle=True)",
        "pd.read_pickle(path)",
        "table.to_pickle(path)",
        "yaml.load(text)",
        "eval(text)",
        "exec(text)",
    ],
)
def test_the_search_would_find_it(source):
    assert list(dangers(source))


def test_the_search_lets_pass_what_is_harmless():
    assert not list(dangers("model.eval(); np.load(p, allow_pickle=False); json.load(f)"))


class Payload:
    """Makes a file as soon as it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)

    def __reduce__(self) -> tuple[Callable, tuple[str, str]]:
        return open, (self.path, "w")


@pytest.fixture
def mark(tmp_path):
    """The file that a payload makes; a test ends with it not being there."""
    path = tmp_path / "payload-ran"
    pickle.loads(pickle.dumps(Payload(path))).close()
    assert path.exists()
    path.unlink()
    yield path
    assert not path.exists()


DOOR = Door(BundleError, "Restore it.")


def object_npz(mark: Path, **sound: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.savez(file, values=np.array([Payload(mark)], dtype=object), **sound)
    return file.getvalue()


def test_arrays_with_a_pickled_object_are_refused(mark, tmp_path):
    path = tmp_path / "a.npz"
    path.write_bytes(object_npz(mark))
    refused("npz with an object", lambda: arrays(path, DOOR), "a.npz", "holds no arrays")
    said = refused("npz with an object", lambda: ShippedFile(path).compounds(), "a.npz", "damaged")
    assert "badger ship-predictions" in said


def test_a_bundle_whose_arrays_are_pickled_is_refused_though_its_checksum_agrees(
    mark, tmp_path, bundle
):
    root = tmp_path / "bundle"
    root.mkdir()
    (root / "gene_vectors.npz").write_bytes(object_npz(mark, string=np.zeros(3)))
    np.save(root / "signatures_values.npy", np.array([Payload(mark)], dtype=object))
    outputs = {file.name: {"sha256": sha256(file)} for file in root.iterdir()}
    manifest = {"bundle_version": bundle.manifest["bundle_version"], "outputs": outputs}
    (root / "manifest.json").write_text(json.dumps(manifest))
    shutil.copyfile(bundle.root / "signatures.parquet", root / "signatures.parquet")
    opened = Bundle(root)
    with pytest.raises(BundleError, match=r"gene_vectors\.npz' is damaged or holds no arrays"):
        _ = opened.gene_vectors
    with pytest.raises(BundleError, match=r"signatures_values\.npy"):
        opened.signatures.read()


def test_pickled_weights_under_the_name_of_safetensors_are_refused(mark, tmp_path):
    shutil.copyfile(ROOT / "data/models/badger/fold1.json", tmp_path / "fold1.json")
    for content in (zipped_weights(mark), pickle.dumps(Payload(mark))):
        (tmp_path / "fold1.safetensors").write_bytes(content)
        with pytest.raises(CheckpointError, match="damaged or holds no tensors"):
            load(tmp_path / "fold1")
    (tmp_path / "fold1.json").write_bytes(pickle.dumps(Payload(mark)))
    with pytest.raises(CheckpointError, match="damaged or no JSON"):
        load(tmp_path / "fold1")


def zipped_weights(mark: Path) -> bytes:
    file = io.BytesIO()
    torch.save({"weight": Payload(mark)}, file)
    return file.getvalue()


def test_pickled_bytes_within_an_h5ad_are_never_looked_at(mark):
    content = np.void(pickle.dumps(Payload(mark)))

    def hide(file: h5py.File) -> None:
        for place in ("/", "X", "obs", "var/_index"):
            file[place].attrs["PICKLED"] = content
            file[place].attrs["TITLE"] = pickle.dumps(Payload(mark), 0)
        file["obs"]["object"] = np.array([content] * 3)
        file["uns/object"] = content

    found = read_expression_file(changed(expression_h5ad(), hide), "a.h5ad")
    assert list(found.row_names) == ["index", "batch", "cell"]

    def replace(file: h5py.File) -> None:
        del file["X"]
        file["X"] = np.full((3, 4), content)

    with pytest.raises(ExpressionError, match="no plain numbers"):
        read_expression_file(changed(expression_h5ad(), replace), "a.h5ad")


@pytest.mark.parametrize("kind", ["extension", "pandas"])
def test_pickled_types_in_the_metadata_of_parquet_are_never_made(mark, tmp_path, kind):
    path = tmp_path / "a.parquet"
    field = pa.field("entrez", pa.int64())
    made = pa.table({"entrez": [1, 2]})
    if kind == "extension":  # how older versions of Arrow kept the types of Python
        told = {
            b"ARROW:extension:name": b"arrow.py_extension_type",
            b"ARROW:extension:metadata": pickle.dumps(Payload(mark)),
        }
        made = pa.Table.from_arrays(
            [pa.array([1, 2])], schema=pa.schema([field.with_metadata(told)])
        )
        pq.write_table(made, path)
    else:
        column = {"name": "entrez", "field_name": "entrez", "pandas_type": "object"}
        column |= {"numpy_type": "object", "metadata": pickle.dumps(Payload(mark), 0).decode()}
        about = {"index_columns": [], "column_indexes": [], "columns": [column]}
        pq.write_table(made.replace_schema_metadata({b"pandas": json.dumps(about)}), path)
    try:
        assert table(path, DOOR)["entrez"].tolist() == [1, 2]
    except BundleError as error:
        assert "a.parquet" in str(error)  # noqa: PT017 - either answer will do


def test_a_pickle_under_any_name_is_no_upload(mark, tmp_path):
    content = pickle.dumps(Payload(mark))
    for name in ("a.h5ad", "a.csv", "a.xlsx", "a.gct"):
        refused("pickle as upload", lambda name=name: read_expression_file(content, name), name)
    with pytest.raises(PerturbationError, match="no h5ad file"):
        read_cell_upload(content, "a.h5ad")
    for name in ("a.gctx", "a.h5ad", "a.gct"):
        (tmp_path / name).write_bytes(content)
        refused("pickle as upload", lambda name=name: read_matrix(tmp_path / name), name)
