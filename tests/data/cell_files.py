"""Small h5ad files of cells, whole and broken, as users hold them."""

import io

import h5py
import numpy as np
from scipy.sparse import csr_matrix

from badger_core.data.perturbation_file import read_cell_upload

TARGETS = ["STAT1"] * 30 + ["JAK2"] * 25 + ["non-targeting"] * 40
COUNTS = np.random.default_rng(0).poisson(3, (len(TARGETS), 4)).astype(np.float32)
GENES = ("STAT1", "JAK2", "PSMB9", "FN1")


def screen_of(content, name, **choices):
    """The cells of an upload, its notes left out."""
    return read_cell_upload(content, name, **choices).screen


def texts(group, title, values):
    group.create_dataset(title, data=np.array(values, dtype=object), dtype=h5py.string_dtype())


def cells_h5ad(x=COUNTS, genes=GENES, var=None, layers=None, raw=None, **obs):
    """The content of a file; X is dense or CSR, `obs` are columns of texts or numbers."""
    if not obs:
        obs = {"target": TARGETS}
    file = io.BytesIO()
    with h5py.File(file, "w") as out:
        matrix(out, "X", x)
        frame(out.create_group("var"), genes, var or {})
        frame(out.create_group("obs"), [f"c{i}" for i in range(x.shape[0])], obs)
        for title, values in (layers or {}).items():
            matrix(out, f"layers/{title}", values)
        if raw is not None:
            matrix(out, "raw/X", raw)
            frame(out.create_group("raw/var"), genes, {})
    return file.getvalue()


def matrix(out, title, values):
    if isinstance(values, np.ndarray):
        out[title] = values
        return
    group = out.create_group(title)
    group.attrs["encoding-type"] = f"{values.format}_matrix"
    group.attrs["shape"] = values.shape
    for part in ("data", "indices", "indptr"):
        group[part] = getattr(values, part)


def frame(group, index, columns):
    group.attrs["_index"] = "_index"
    texts(group, "_index", list(index))
    for title, values in columns.items():
        if isinstance(values[0], str):
            texts(group, title, values)
        else:
            group[title] = np.asarray(values)


def changed(content, change):
    """The same file after `change(h5py.File)`."""
    file = io.BytesIO(content)
    with h5py.File(file, "r+") as out:
        change(out)
    return file.getvalue()


SPARSE = csr_matrix(COUNTS)
