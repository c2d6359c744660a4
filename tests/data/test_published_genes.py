"""Published gene features are aligned by name, scaled, and asked for with a clear word."""

import gzip

import numpy as np
import pandas as pd
import pytest

from badger_core.data.published_genes import FILES, bench_file, published_gene_vectors
from badger_core.data.sources import BENCH_ONLY, SOURCES
from badger_core.errors import RawDataError

GO = FILES["go"]
REMEDY = r"--raw FOLDER, or use '--set gene_vectors=own'"


@pytest.fixture
def folder(tmp_path):
    """Four genes of the panel, one under its old symbol, and one gene that is not in it."""
    (tmp_path / "genes").mkdir()
    text = "PAX8,1,0\nDDR1,3,0\nIKBKAP,5,2\nAARS,7,2\nNOTAGENE,9,9\n"
    with gzip.open(tmp_path / GO, "wt", encoding="utf-8") as file:
        file.write(text)
    return tmp_path


def test_rows_follow_the_panel_by_name_and_missing_genes_are_zero(folder, bundle):
    vectors = published_gene_vectors(folder, "go", bundle.genes)
    assert vectors.shape == (978, 2)
    assert vectors.dtype == np.float32
    row = {symbol: vectors[i] for i, symbol in enumerate(bundle.genes.symbols)}
    named = np.array([row["PAX8"], row["DDR1"], row["ELP1"], row["AARS"]])
    centred = np.array([[-3, -1], [-1, -1], [1, 1], [3, 1]])
    assert named == pytest.approx(centred * named[3, 1])
    assert (vectors != 0).any(axis=1).sum() == 4
    assert np.sqrt((vectors**2).mean()) == pytest.approx(1, abs=1e-5)


@pytest.mark.raw
@pytest.mark.parametrize(("name", "width"), [("string_node2vec", 128), ("go", 1107)])
def test_the_published_tables_name_every_gene_of_the_panel(raw_dir, bundle, name, width):
    vectors = published_gene_vectors(raw_dir, name, bundle.genes)
    assert vectors.shape == (978, width)
    assert np.isfinite(vectors).all()
    assert (vectors != 0).any(axis=1).all()
    assert np.sqrt((vectors**2).mean()) == pytest.approx(1, abs=1e-5)
    table = pd.read_csv(raw_dir / FILES[name], header=None, index_col=0)
    here = vectors[bundle.genes.symbols.index("ELP1")]  # the table calls it IKBKAP
    assert np.corrcoef(here, table.loc["IKBKAP"] - table.mean())[0, 1] > 0.999


@pytest.mark.parametrize("place", [None, "empty"])
def test_without_the_raw_data_the_remedy_is_named(place, tmp_path, bundle):
    raw = None if place is None else tmp_path / place
    with pytest.raises(RawDataError, match=REMEDY):
        published_gene_vectors(raw, "go", bundle.genes)


@pytest.mark.parametrize("content", [b"", b"not gzip", gzip.compress(b"PAX8,one,two\n", mtime=0)])
def test_a_damaged_table_is_refused(folder, bundle, content):
    (folder / GO).write_bytes(content)
    with pytest.raises(RawDataError, match="is not a table of a gene symbol"):
        published_gene_vectors(folder, "go", bundle.genes)


def test_only_files_for_benchmarks_are_opened_this_way(tmp_path):
    with pytest.raises(RawDataError, match="not among the raw files for benchmarks"):
        bench_file(tmp_path, SOURCES[0].path)


def test_the_published_tables_may_not_enter_the_bundle():
    assert set(FILES.values()) <= set(BENCH_ONLY)
    assert not set(FILES.values()) & {source.path for source in SOURCES}
