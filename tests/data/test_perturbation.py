"""The shipped tables of genetic perturbation are whole, as counted, and built again the same."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from badger_core.checksums import sha256
from badger_core.cli.main import app
from badger_core.data.build.derived import write_derived
from badger_core.data.build.perturbation import (
    EXPECTED,
    build_perturbation,
    edge_table,
    gene_table,
    screen_tables,
)
from badger_core.data.perturbation import (
    CONTROL,
    LEAST_LANDMARKS,
    CellScreen,
    overexpressions,
    screen_genes,
    shipped_screen,
    string_edges,
)
from badger_core.data.raw import RawData
from badger_core.errors import PerturbationError, RawDataError
from badger_core.genes.names import gene_names
from badger_core.paths import ROOT, perturbation_dir

TABLES = ("screen_counts", "screen_cells", "screen_genes", "string_edges", "overexpression")


@pytest.fixture(scope="module")
def screen() -> CellScreen:
    """The real screen, all of it."""
    return shipped_screen()


class FakeRaw:
    """Raw data in memory."""

    def __init__(self, table):
        self.table = table

    def csv(self, *_, **__):
        return self.table


def test_the_screen_has_the_cells_that_its_source_counts(screen):
    assert screen.counts.shape == (20_729, 299)
    assert screen.counts.dtype == np.uint16
    assert (screen.counts > 0).sum() == 1_390_126
    assert len(screen.targets()) == 25
    assert (screen.target == CONTROL).sum() == 2_386
    assert dict(zip(*np.unique(screen.replicate, return_counts=True), strict=True)) == {
        "rep_1": 9_428,
        "rep_2": 6_001,
        "rep_3": 5_300,
    }
    assert len(set(screen.guide)) == 107
    assert (screen.guide_umi[:, 0] <= screen.guide_umi[:, 1]).all()


def test_a_guide_aims_at_one_target(screen):
    pairs = pd.DataFrame({"guide": screen.guide, "target": screen.target}).drop_duplicates()
    assert pairs["guide"].is_unique
    named = pairs[pairs["target"] != CONTROL]
    assert all(guide.startswith(target) for guide, target in named.itertuples(index=False))


def test_taking_cells_keeps_them_aligned(screen):
    rows = np.array([7, 3, 7])
    cut = screen.take(rows)
    np.testing.assert_array_equal(cut.counts, screen.counts[rows])
    assert cut.target.tolist() == screen.target[rows].tolist()
    assert len(screen.take(screen.target == "SPI1").guide) == 48


def test_genes_are_those_of_the_counts_and_nine_targets_are_among_them(screen):
    table = screen_genes()
    assert table.loc[table["measured"], "symbol"].tolist() == screen.genes.tolist()
    assert sorted(table.loc[table["target"], "symbol"]) == screen.targets()
    assert (table["measured"] & table["target"]).sum() == 9
    assert (table.loc[table["target"], "entrez"] > 0).all()
    assert table.set_index("symbol")["entrez"].loc[["STAT1", "MARCH8"]].tolist() == [6772, 220972]


def test_fifteen_genes_of_the_screen_are_landmarks(bundle):
    table = screen_genes()
    assert table.loc[table["measured"], "entrez"].isin(bundle.genes.entrez).sum() == 15


def test_edges_are_undirected_and_stand_once():
    edges = string_edges()
    assert len(edges) == 57_260
    assert (edges["a"] < edges["b"]).all()
    assert not edges.duplicated().any()


def test_overexpressions_have_landmarks_where_the_bundle_has_them(bundle):
    table = overexpressions()
    assert len(table) == 40_642
    assert table["perturbagen"].nunique() == 2_088
    assert (table["landmark"] == table["gene"].isin(bundle.genes.entrez)).all()
    assert table["landmark"].sum() == 24_333
    assert table["z"].abs().min() > 4


def test_399_overexpressions_have_ten_landmarks():
    table = overexpressions(LEAST_LANDMARKS)
    assert table["perturbagen"].nunique() == 399
    assert table.groupby("perturbagen")["landmark"].sum().min() == 10
    assert table.loc[table["perturbagen"] == 81, "symbol"].unique().tolist() == ["ACTN4"]


def test_files_are_those_of_the_manifest_and_small():
    manifest = json.loads((perturbation_dir() / "manifest.json").read_text("utf-8"))
    assert set(manifest["outputs"]) == {f"{name}.parquet" for name in TABLES}
    for name, entry in manifest["outputs"].items():
        assert sha256(perturbation_dir() / name) == entry["sha256"]
    assert manifest["counts"] == EXPECTED
    assert all(entry["ship"] and entry["licence"] for entry in manifest["inputs"])
    assert sum((perturbation_dir() / name).stat().st_size for name in manifest["outputs"]) < 4e6


def test_a_missing_or_damaged_table_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    for read in (shipped_screen, overexpressions, string_edges, screen_genes):
        with pytest.raises(PerturbationError, match="badger data build-perturbation"):
            read()
    (tmp_path / "string_edges.parquet").write_bytes(b"PAR1 and nothing else")
    (tmp_path / "manifest.json").write_text('{"outputs": {}}')
    with pytest.raises(PerturbationError, match="damaged"):
        string_edges()


def test_tables_that_do_not_fit_together_are_refused(tmp_path, monkeypatch):
    pd.DataFrame({"A": [1, 2]}).to_parquet(tmp_path / "screen_counts.parquet")
    pd.DataFrame({"target": ["A"]}).to_parquet(tmp_path / "screen_cells.parquet")
    (tmp_path / "manifest.json").write_text('{"outputs": {}}')
    monkeypatch.setenv("BADGER_PERTURBATION", str(tmp_path))
    with pytest.raises(PerturbationError, match="do not fit"):
        shipped_screen()


def test_an_edge_is_written_once_and_not_to_itself():
    raw = FakeRaw(pd.DataFrame({"source": ["B", "A", "C"], "target": ["A", "B", "C"]}))
    assert edge_table(raw).to_numpy().tolist() == [["A", "B"]]


def test_targets_that_were_not_counted_follow_the_genes():
    names = gene_names(
        pd.DataFrame({"entrez": [1], "symbol": ["A"], "ensembl": [""], "aliases": [[]]})
    )
    table = gene_table(["X", "A"], {"Z", "A"}, names)
    assert table["symbol"].tolist() == ["X", "A", "Z"]
    assert table["entrez"].tolist() == [0, 1, 0]
    assert table["measured"].tolist() == [True, True, False]
    assert table["target"].tolist() == [False, True, True]


def test_derived_tables_come_with_their_checksums(tmp_path):
    raw = RawData(tmp_path)
    table = pd.DataFrame({"x": [1, 2]})
    found = write_derived(tmp_path / "out", raw, {"t": table}, {"a": {"v": np.ones(3)}}, {"n": 1})
    assert json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8")) == found
    assert list(found["outputs"]) == ["a.npz", "t.parquet"]
    assert found["outputs"]["t.parquet"]["sha256"] == sha256(tmp_path / "out" / "t.parquet")
    assert (found["rows"], found["n"], found["inputs"]) == ({"t": 2}, 1, [])


@pytest.mark.raw
def test_the_command_gives_the_shipped_bytes(raw_dir, tmp_path):
    asked = ["data", "build-perturbation", "--raw", str(raw_dir), "--out", str(tmp_path), "--json"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["counts"] == EXPECTED
    shipped = ROOT / "data" / "perturbation"
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (shipped / path.name).read_bytes(), path.name
    assert len(list(tmp_path.iterdir())) == 6


def test_the_command_fails_without_raw_data(tmp_path):
    asked = ["data", "build-perturbation", "--raw", str(tmp_path / "none"), "--out", str(tmp_path)]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code != 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.raw
def test_other_raw_files_are_refused(raw_dir, tmp_path, monkeypatch):
    monkeypatch.setitem(EXPECTED, "cells", 20_730)
    with pytest.raises(RawDataError, match="not the given ones"):
        build_perturbation(raw_dir, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.raw
def test_the_counts_are_those_of_the_source(raw_dir, screen):
    counts, cells = screen_tables(RawData(raw_dir))
    np.testing.assert_array_equal(counts.to_numpy(), screen.counts)
    assert cells["guide"].tolist() == screen.guide.tolist()
