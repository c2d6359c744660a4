"""What several rooms test with: the committed bundle, the shipped models and a small world."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import settings
from threadpoolctl import threadpool_limits

from badger_core.cells.catalogue import CellLine
from badger_core.checksums import sha256
from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.data.batch import Batch
from badger_core.data.build.splits import split_table
from badger_core.data.build.write import write_json, write_npz, write_parquet
from badger_core.data.bundle import Bundle
from badger_core.data.conditions import Conditions, numeric_conditions
from badger_core.data.featurise import CellFeatures, prediction_batch
from badger_core.model.contract import World
from badger_core.paths import ROOT
from badger_core.predict.predictor import Predictor
from badger_core.training.fold import Fold
from badger_core.training.prepare import prepare

# Small matrices: a second thread costs more than it brings, above all on a busy machine.
torch.set_num_threads(1)
threadpool_limits(1)
# A busy machine is slow: no made-up example fails because it took its time.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

LINES = ("A375", "A549", "HT29", "MCF7", "PC3")
N_GENES, N_PATHWAYS, N_VECTOR, N_CONTEXT = 30, 6, 8, 5


@pytest.fixture(scope="session")
def raw_dir() -> Path:
    """Folder of the raw source data; tests that need it are skipped where it is not at hand."""
    folder = Path(os.environ.get("BADGER_RAW_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "l1000" / "signatures_z.npz").exists():
        pytest.skip(f"no raw data in '{folder}': name its folder with BADGER_RAW_DATA")
    return folder


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """The data bundle as it is committed."""
    return Bundle(ROOT / "data" / "bundle")


@pytest.fixture(scope="session")
def predictor(bundle: Bundle) -> Predictor:
    """The shipped models over the committed bundle."""
    return Predictor(bundle, ROOT / "data" / "models" / "badger")


@pytest.fixture(scope="session")
def conditions(bundle: Bundle) -> Conditions:
    """All numeric conditions of the bundle."""
    return numeric_conditions(bundle.signatures)


@pytest.fixture(scope="session")
def imatinib(bundle: Bundle) -> Molecule:
    """A molecule of several fragments."""
    return read_molecule(bundle.library.find("imatinib").smiles)


@pytest.fixture(scope="session")
def vemurafenib(bundle: Bundle) -> Molecule:
    """A BRAF inhibitor, measured in A375."""
    return read_molecule(bundle.library.find("vemurafenib").smiles)


@pytest.fixture(scope="session")
def caffeine(bundle: Bundle) -> Molecule:
    """A molecule that is its own single fragment."""
    return read_molecule(bundle.library.find("caffeine").smiles)


@pytest.fixture(scope="session")
def mcf7(bundle: Bundle) -> CellLine:
    """A line that is measured on both platforms."""
    return bundle.cells.find("MCF7")


@pytest.fixture(scope="session")
def five_lines(bundle: Bundle) -> CellFeatures:
    """Likeness to the five reference lines of the small world."""
    return CellFeatures(bundle.cells, LINES, frozenset())


@pytest.fixture(scope="session")
def world(bundle: Bundle) -> World:
    """30 genes, 6 pathways and 5 reference lines, 3 of them trained on."""
    return World(
        n_bits=1024,
        n_references=len(LINES),
        n_context=N_CONTEXT,
        n_pathways=N_PATHWAYS,
        gene_vectors=bundle.gene_vectors[:N_GENES, :N_VECTOR],
        mean_change=np.linspace(-1, 1, N_GENES, dtype=np.float32),
        line_at=np.array([0, 2, 3]),
        line_means=np.outer([-1, 0.5, 1], np.linspace(1, 0, N_GENES)).astype(np.float32),
    )


@pytest.fixture(scope="session")
def batch(
    imatinib: Molecule, vemurafenib: Molecule, caffeine: Molecule, five_lines: CellFeatures
) -> Batch:
    """Three compounds of different numbers of fragments; the last one in an unknown line."""
    lines = [five_lines.of_line("MCF7"), five_lines.of_line("K562"), None]
    return prediction_batch([imatinib, vemurafenib, caffeine], lines, len(LINES), N_CONTEXT)


@pytest.fixture(scope="session")
def small_bundle(bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The committed bundle with the signatures of 60 compounds in 6 lines, so that runs are short.

    The 40 best measured compounds of known identity, and 20 of reconstructed identity; their folds
    are dealt as the build deals them.
    """
    root = tmp_path_factory.mktemp("bundle")
    for file in bundle.root.iterdir():
        if file.stem not in ("signatures", "splits", "manifest"):
            (root / file.name).symlink_to(file)
    table = bundle.signatures.table
    table = table[(table["kind"] == "numeric") & table["cell"].isin([*LINES, "HELA"])]
    given = table["identity"] == "given"
    keys = [*_commonest(table[given], 40), *_commonest(table[~given], 20)]
    table = table[table["ik14"].isin(keys)].groupby(["cell", "ik14"]).head(2)
    with np.load(bundle.root / "signatures.npz", allow_pickle=False) as file:
        rows = table["row"].to_numpy()
        arrays = {name: file[name][rows] for name in ("values", "unit")}
    write_parquet(root / "signatures.parquet", table.assign(row=np.arange(len(table))))
    write_parquet(root / "splits.parquet", split_table(table, bundle.library.table))
    write_npz(root / "signatures.npz", arrays | {"entrez": bundle.genes.entrez})
    outputs = {name: {"sha256": sha256(root / name)} for name in bundle.manifest["outputs"]}
    write_json(root / "manifest.json", bundle.manifest | {"outputs": outputs})
    return Bundle(root)


@pytest.fixture(scope="session")
def fold(small_bundle: Bundle) -> Fold:
    """A fifth of the compounds of the small bundle held out, their labels sealed."""
    return prepare(small_bundle, ("numeric",), "unseen-compound", 1)


@pytest.fixture(scope="session")
def line_fold(small_bundle: Bundle) -> Fold:
    """Lines of the small bundle held out, their labels sealed."""
    return prepare(small_bundle, ("numeric",), "unseen-line", 1)


def _commonest(table: pd.DataFrame, count: int) -> list[str]:
    lines = table.groupby("ik14")["cell"].nunique().sort_index()
    return lines.sort_values(ascending=False, kind="stable").index[:count].tolist()
