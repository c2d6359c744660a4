"""The committed bundle is what the build makes of the raw data, to the byte."""

import h5py
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from badger_core.checksums import sha256
from badger_core.data.build.assemble import build_bundle
from badger_core.data.raw import RawData


@pytest.fixture(scope="module")
def rebuilt(raw_dir, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rebuilt")
    return folder, build_bundle(raw_dir, folder, lambda step: None)


@pytest.mark.raw
@pytest.mark.slow
def test_a_build_gives_the_committed_tables(bundle, rebuilt):
    folder, manifest = rebuilt
    assert manifest["coverage"] == bundle.manifest["coverage"]
    assert manifest["dropped"] == bundle.manifest["dropped"]
    for key in ("outputs", "references"):
        assert list(manifest[key]) == list(bundle.manifest[key])
    for name in (*manifest["outputs"], *manifest["references"]):
        if name.endswith(".parquet"):
            tables = [pd.read_parquet(root / name) for root in (folder, bundle.root)]
            pd.testing.assert_frame_equal(*tables, obj=name)
        else:
            with np.load(folder / name) as ours, np.load(bundle.root / name) as theirs:
                for key in theirs.files:
                    np.testing.assert_array_equal(ours[key], theirs[key], err_msg=name)


@pytest.mark.raw
@pytest.mark.slow
def test_a_build_gives_the_committed_bytes(bundle, rebuilt):
    folder, manifest = rebuilt
    if written_with(folder) != written_with(bundle.root):
        pytest.skip("the committed tables were written with another release of Arrow")
    names = [*manifest["outputs"], *manifest["references"], "README.md", "manifest.json"]
    assert [n for n in names if sha256(folder / n) != sha256(bundle.root / n)] == []


def written_with(folder):
    return pq.read_metadata(folder / "genes.parquet").created_by


@pytest.mark.raw
def test_stored_values_are_the_measured_ones_to_half_a_step(bundle, raw_dir):
    raw = RawData(raw_dir)
    meta = raw.csv("l1000/signatures_meta.csv.gz")
    with np.load(raw.path("l1000/signatures_z.npz"), allow_pickle=False) as file:
        measured = bundle.genes.align(file["z"], file["entrez"])
    kept = meta["smiles"].notna() & (meta["n_lm"] >= 970)
    stored = bundle.signatures.values(np.arange(kept.sum()))
    assert np.nanmax(np.abs(stored - measured[kept.to_numpy()])) <= 0.0005 + 1e-6
    assert (np.isnan(stored) == np.isnan(measured[kept.to_numpy()])).all()


@pytest.mark.raw
def test_large_consensus_values_are_stored_whole(bundle, raw_dir):
    values = RawData(raw_dir).csv("l1000/consensus_by_drug.tsv.gz", index_col=0)
    table = bundle.signatures.table
    pooled = table[table["kind"] == "pooled"]
    keys = pooled["signature"].str.removeprefix("consensus|")
    measured = bundle.genes.align(
        values.loc[keys].to_numpy(np.float32), values.columns.astype(np.int64)
    )
    stored = bundle.signatures.values(pooled["row"].to_numpy())
    assert np.nanmax(np.abs(measured)) > 100
    assert np.nanmax(np.abs(stored - measured)) <= 0.005 + 1e-4


@pytest.mark.raw
def test_ht115_is_the_mean_of_twenty_vehicle_wells(bundle, raw_dir):

    name = "l1000/official_formats/level3_CPC006_HT115_6H_n681x978.h5ad"
    with h5py.File(raw_dir / name) as file:
        kinds = file["obs/pert_type/categories"].asstr()[:]
        wells = kinds[file["obs/pert_type/codes"][:]] == "ctl_vehicle"
        expected = file["X"][:][wells].mean(axis=0)
    assert wells.sum() == 20
    assert np.sort(bundle.cells.basal("HT115")) == pytest.approx(np.sort(expected), abs=1e-4)
