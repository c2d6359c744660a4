"""Small inputs on which the commands do in seconds what they do in hours on whole ones."""

from pathlib import Path

import numpy as np

from badger_core.benchmark.import_file import Files, write_files
from badger_core.checksums import sha256
from badger_core.data.build.splits import split_table
from badger_core.data.build.write import write_json, write_npz, write_parquet
from badger_core.data.bundle import Bundle
from badger_core.paths import ROOT

SHIPPED = ROOT / "data" / "bundle"
_LINES = ("A375", "A549", "HT29", "MCF7", "PC3", "HELA")


def small_bundle(folder: Path, compounds: int = 30) -> Path:
    """The shipped bundle with the signatures of few compounds in six lines."""
    whole = Bundle(SHIPPED)
    folder.mkdir(parents=True)
    for file in SHIPPED.iterdir():
        if file.stem not in ("signatures", "splits", "manifest"):
            (folder / file.name).symlink_to(file)
    table = whole.signatures.table
    table = table[(table["kind"] == "numeric") & table["cell"].isin(_LINES)]
    counts = table.groupby("ik14")["cell"].nunique().sort_index()
    keys = counts.sort_values(ascending=False, kind="stable").index[:compounds]
    table = table[table["ik14"].isin(keys)].groupby(["cell", "ik14"]).head(2)
    with np.load(SHIPPED / "signatures.npz", allow_pickle=False) as file:
        rows = table["row"].to_numpy()
        arrays = {name: file[name][rows] for name in ("values", "unit")}
    write_parquet(folder / "signatures.parquet", table.assign(row=np.arange(len(table))))
    write_parquet(folder / "splits.parquet", split_table(table, whole.library.table))
    write_npz(folder / "signatures.npz", arrays | {"entrez": whole.genes.entrez})
    outputs = {name: {"sha256": sha256(folder / name)} for name in whole.manifest["outputs"]}
    write_json(folder / "manifest.json", whole.manifest | {"outputs": outputs})
    return folder


def release(folder: Path, signatures: int) -> Files:
    """A release of level 5, of measured signatures drawn again."""
    return write_files(folder, Bundle(SHIPPED), signatures)
