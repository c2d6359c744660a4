"""Conversion between the formats, and the command; GMT, GRP and RNK read back as written."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from badger_core.cli.main import app
from badger_core.data.gctx_writer import write_gctx
from badger_core.data.matrix_file import read_matrix
from badger_core.data.signature_file_lists import GeneSet, read_gmt, read_grp
from badger_core.errors import MatrixFileError
from badger_core.export.gene_lists import grp, rnk
from badger_core.export.gene_sets import gmt
from badger_core.export.matrix_files import convert
from tests.data.matrices import assert_same, example

_NAME = st.text("abcXYZ0189-._/@", min_size=1, max_size=10).filter(lambda t: t != "-")
_GENES = st.lists(_NAME, min_size=1, max_size=8)


@pytest.mark.parametrize("ending", [".gctx", ".gct", ".h5ad"])
def test_annotation_survives_a_way_there_and_back(ending: str, tmp_path: Path) -> None:
    write_gctx(tmp_path / "a.gctx", example())
    assert convert(tmp_path / "a.gctx", tmp_path / f"b{ending}") == (5, 4)
    convert(tmp_path / f"b{ending}", tmp_path / "c.gctx", compression="gzip")
    assert_same(read_matrix(tmp_path / "c.gctx"), example())


@pytest.mark.parametrize(("ending", "version"), [(".csv", ""), (".tsv", ""), (".gct", "1.2")])
def test_values_and_ids_survive_what_has_no_annotation(
    ending: str, version: str, tmp_path: Path
) -> None:
    write_gctx(tmp_path / "a.gctx", example())
    convert(tmp_path / "a.gctx", tmp_path / f"b{ending}", version)
    found = read_matrix(tmp_path / f"b{ending}")
    np.testing.assert_array_equal(found.values, example().values)
    assert found.rows.index.equals(example().rows.index)
    assert found.columns.index.equals(example().columns.index)


def test_gctx_goes_over_in_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("badger_core.export.matrix_files._SLICE_BYTES", 4 * 5 * 3)
    write_gctx(tmp_path / "a.gctx", example(5, 8))
    told = []
    convert(tmp_path / "a.gctx", tmp_path / "b.gctx", on_progress=lambda *at: told.append(at))
    assert told == [(3, 8), (6, 8), (8, 8)]
    assert_same(read_matrix(tmp_path / "b.gctx"), example(5, 8))


def test_the_command(tmp_path: Path) -> None:
    write_gctx(tmp_path / "a.gctx", example())
    target = str(tmp_path / "b.gct")
    done = CliRunner().invoke(app, ["data", "convert", str(tmp_path / "a.gctx"), target])
    assert done.exit_code == 0
    assert "5 rows x 4 columns" in done.stdout
    refused = CliRunner().invoke(app, ["data", "convert", target, str(tmp_path / "b.xls")])
    assert isinstance(refused.exception, MatrixFileError)
    assert "ends in none of" in str(refused.exception)


def test_what_cannot_be_converted_gets_a_sentence(tmp_path: Path) -> None:
    write_gctx(tmp_path / "a.gctx", example())
    with pytest.raises(MatrixFileError, match="over itself"):
        convert(tmp_path / "a.gctx", tmp_path / "a.gctx")
    (tmp_path / "t.csv").write_text("id,a\nr1,text\n")
    with pytest.raises(MatrixFileError, match="no table of numbers"):
        convert(tmp_path / "t.csv", tmp_path / "b.gctx")
    assert not (tmp_path / "b.gctx").exists()


@settings(deadline=None)
@given(sets=st.lists(st.tuples(_NAME, _GENES, st.one_of(st.just(""), _NAME)), max_size=5))
def test_gmt_reads_back(sets: list[tuple[str, list[str], str]]) -> None:
    kept = {name: GeneSet(name, tuple(genes), said) for name, genes, said in sets}
    expected = tuple(one for one in kept.values() if not one.name.startswith("#"))
    assert read_gmt(gmt(expected), "x.gmt") == expected


@settings(deadline=None)
@given(genes=_GENES, comment=st.sampled_from(["", "made by a test"]))
def test_grp_reads_back(genes: list[str], comment: str) -> None:
    assert read_grp(grp(genes, comment), "x").genes == tuple(genes)


@settings(deadline=None)
@given(st.lists(st.tuples(_NAME, st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
def test_rnk_reads_back(pairs: list[tuple[str, float]]) -> None:
    table = pd.DataFrame(pairs, columns=["symbol", "score"])
    lines = [line.split("\t") for line in rnk(table).splitlines()]
    assert [(gene, float(score)) for gene, score in lines] == pairs
