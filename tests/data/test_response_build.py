"""The committed tables are what the build makes of the raw data, and what it refuses."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from badger_core.checksums import sha256
from badger_core.cli.data import app
from badger_core.data.build.response import build_response
from badger_core.data.raw import RawData
from badger_core.data.response import screen
from badger_core.data.response_bench import bench_genes
from badger_core.data.response_files import ResponseFiles
from badger_core.errors import RawDataError


@pytest.mark.raw
@pytest.mark.slow
def test_a_build_gives_the_committed_tables(raw_dir, tmp_path):
    asked = ["build-response", "--raw", str(raw_dir), "--out", str(tmp_path), "--json"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0
    manifest = json.loads(result.stdout)
    shipped = ResponseFiles()
    assert manifest["counts"] == shipped.manifest["counts"]
    for key in ("left out", "repeats of CTRP lines", "lines of one origin"):
        assert manifest[key] == shipped.manifest[key]
    for name in manifest["outputs"]:
        if name.endswith(".npz"):
            assert sha256(tmp_path / name) == sha256(shipped.root / name), name
        else:
            ours, theirs = (pd.read_parquet(root / name) for root in (tmp_path, shipped.root))
            pd.testing.assert_frame_equal(ours, theirs, obj=name)


@pytest.mark.raw
def test_labels_and_expression_are_those_of_the_source(raw_dir):
    found = screen("nci60")
    given = pd.read_csv(raw_dir / "response/nci60/drugAct.csv.gz", index_col=0).drop(119875)
    given = given.loc[found.about_drugs["drug"].astype(int), found.lines.keys.tolist()]
    np.testing.assert_array_equal(found.labels, given.to_numpy(np.float32))
    parts = [raw_dir / f"response/nci60/gene_exp_part{part}.csv.gz" for part in (1, 2)]
    genes = pd.concat([pd.read_csv(part, index_col=0) for part in parts])[found.lines.keys.tolist()]
    filled = genes.fillna(0).to_numpy()
    variable = filled.std(axis=1) > np.quantile(filled.std(axis=1), 0.9)
    assert set(found.genes["symbol"]) == set(genes.index[variable])
    expected = genes.loc[found.genes["symbol"]].to_numpy(np.float32).T
    np.testing.assert_allclose(found.lines.expression, expected, atol=1e-5)


@pytest.mark.raw
def test_areas_are_those_of_the_source_and_means_where_a_line_has_several_rows(raw_dir):
    found = screen("ctrp", "ccle1000")
    given = pd.read_csv(raw_dir / "response/ctrpv2_auc.csv.gz", index_col=0)
    drugs = found.about_drugs["drug"].tolist()
    for line, rows in (("SW1573", 1), ("A549", 3)):
        of_line = given.loc[[line], drugs]
        assert len(of_line) == rows
        expected = of_line.mean().to_numpy(np.float32)
        own = found.labels[:, found.lines.keys.tolist().index(line)]
        np.testing.assert_allclose(own, expected, atol=6e-4)


@pytest.mark.raw
def test_the_pairs_for_benchmarks_have_the_published_counts(raw_dir):
    found = bench_genes(raw_dir)
    assert len(found.pairs) == 572
    assert found.pairs["drug"].nunique() == 191
    assert found.pairs["symbol"].nunique() == 242
    assert len(found.genes) == 2_489
    assert found.expression.shape == (59, 2_489)
    assert set(found.genes) == set(screen("nci60").genes["symbol"]) | set(found.pairs["symbol"])


@pytest.mark.raw
def test_the_pairs_for_benchmarks_cannot_enter_the_tables(raw_dir):
    with pytest.raises(RawDataError, match="not a source that may enter"):
        RawData(raw_dir).path("response/nci60/nci_dti.csv")


def test_the_pairs_for_benchmarks_need_the_raw_data(tmp_path):
    with pytest.raises(RawDataError, match="nci_dti"):
        bench_genes(None)
    with pytest.raises(RawDataError, match="nci_dti"):
        bench_genes(tmp_path)


@pytest.mark.raw
@pytest.mark.slow
def test_files_with_other_counts_are_refused(bundle, raw_dir, tmp_path):
    raw = tmp_path / "raw"
    for folder in ("genes", "cells", "response"):
        shutil.copytree(raw_dir / folder, raw / folder)
    path = raw / "response/nci60/drugAct.csv.gz"
    path.chmod(0o644)
    path.parent.chmod(0o755)
    pd.read_csv(path, index_col=0).iloc[:-1].to_csv(path)
    with pytest.raises(RawDataError, match=r"975 NCI-60 compounds \(not 976\)"):
        build_response(raw, tmp_path / "out", bundle, lambda step: None)
    assert not (tmp_path / "out").exists()


def test_without_the_raw_data_the_command_says_what_is_missing(tmp_path):
    result = CliRunner().invoke(app, ["build-response", "--raw", str(tmp_path / "none")])
    assert result.exit_code != 0
    assert "There is no folder" in str(result.exception)
    result = CliRunner().invoke(app, ["build-response", "--raw", str(tmp_path)])
    assert result.exit_code != 0
    assert "is missing from" in str(result.exception)


def test_the_manifest_names_source_licence_and_checksum_of_every_input():
    manifest = json.loads((ResponseFiles().root / "manifest.json").read_text("utf-8"))
    assert len(manifest["inputs"]) >= 8
    for source in manifest["inputs"]:
        assert source["licence"]
        assert source["origin"]
        assert len(source["sha256"]) == 64
    page = (ResponseFiles().root / "README.md").read_text("utf-8")
    assert all(source["path"] in page for source in manifest["inputs"])
