"""A user's cells are read as they mean them."""

import h5py
import numpy as np
import pytest
from scipy.sparse import csc_matrix

from badger_core.data import perturbation_file
from badger_core.data.perturbation import CONTROL
from badger_core.data.perturbation_file import read_cell_upload
from tests.data.cell_files import COUNTS, GENES, SPARSE, TARGETS, cells_h5ad, screen_of


@pytest.fixture(autouse=True)
def unprobed(monkeypatch):
    """Files are not first tried in a process of their own, which takes a quarter of a second."""
    monkeypatch.setattr(perturbation_file, "check_hdf5", lambda *_: None)


@pytest.mark.parametrize("form", [np.asarray, type(SPARSE), csc_matrix])
def test_counts_and_targets_are_those_of_the_file(form):
    found = screen_of(cells_h5ad(form(COUNTS)), "x.h5ad")
    np.testing.assert_array_equal(found.counts, COUNTS)
    assert found.counts.dtype == np.uint16
    assert found.genes.tolist() == list(GENES)
    assert found.target.tolist() == TARGETS
    assert set(found.replicate) == {"all"}
    assert not found.guide_umi.any()


def test_guides_replicates_and_their_transcripts_are_found_by_their_titles():
    n = len(TARGETS)
    obs = {
        "bio_rep": ["r1", "r2"] * (n // 2) + ["r1"],
        "grna": [f"{t}g1" for t in TARGETS],
        "target": TARGETS,
        "grna_umi_top": np.full(n, 7.0),
        "grna_umi_total": np.full(n, 9.0),
    }
    found = screen_of(cells_h5ad(**obs), "x.h5ad")
    assert found.guide[0] == "STAT1g1"
    assert found.replicate[:2].tolist() == ["r1", "r2"]
    assert (found.guide_umi == [7, 9]).all()


@pytest.mark.parametrize(
    "word", ["NT", "control", "Ctrl", "non_targeting", "Non-Targeting_12", "NTC", "safe-targeting"]
)
def test_control_is_known_by_many_names(word):
    column = [word if t == CONTROL else t for t in TARGETS]
    found = screen_of(cells_h5ad(perturbation=column), "x.h5ad")
    assert found.target.tolist() == TARGETS


def test_control_and_column_can_be_told():
    column = [{"non-targeting": "AAVS1"}.get(t, t) for t in TARGETS]
    content = cells_h5ad(label=column, other=["a"] * len(TARGETS))
    found = screen_of(content, "x.h5ad", target="label", control="AAVS1")
    assert found.target.tolist() == TARGETS


@pytest.mark.parametrize("end", ["g2", "_sg1", "_3", "-sgRNA1"])
def test_targets_are_read_off_guides_where_nothing_else_names_them(end):
    column = [("NT" if t == CONTROL else t) + end for t in TARGETS]
    found = screen_of(cells_h5ad(guide=column), "x.h5ad")
    assert found.target.tolist() == TARGETS
    assert found.guide.tolist() == column


def test_pairs_with_control_count_and_cells_of_two_targets_or_none_do_not():
    column = [f"{t}+ctrl" if t != CONTROL else "ctrl" for t in TARGETS]
    column[0], column[1], column[-1] = "STAT1+JAK2", "nan", ""
    found = read_cell_upload(cells_h5ad(condition=column), "x.h5ad")
    assert found.screen.target.tolist() == TARGETS[2:-1]
    np.testing.assert_array_equal(found.screen.counts, COUNTS[2:-1])
    assert any("2 cells without a target" in note for note in found.notes)
    assert any("1 cells with several targets" in note for note in found.notes)


def test_counts_beside_normalised_values_are_taken():
    logs = np.log1p(COUNTS)
    for content, place in (
        (cells_h5ad(logs, layers={"counts": SPARSE}), "layers/counts"),
        (cells_h5ad(logs, raw=COUNTS), "raw/X"),
    ):
        found = read_cell_upload(content, "x.h5ad")
        np.testing.assert_array_equal(found.screen.counts, COUNTS)
        assert place in found.notes[0]


def test_symbols_are_taken_where_the_index_holds_ensembl_ids():
    ids = [f"ENSG0000000000{i}" for i in range(4)]
    found = screen_of(cells_h5ad(genes=ids, var={"gene_name": list(GENES)}), "x.h5ad")
    assert found.genes.tolist() == list(GENES)


def test_counts_above_65535_stay_what_they_are():
    large = COUNTS.copy()
    large[0, 0] = 70_000
    assert screen_of(cells_h5ad(large), "x.h5ad").counts[0, 0] == 70_000


@pytest.mark.raw
def test_the_raw_screen_as_an_upload_is_the_shipped_one(raw_dir):
    from badger_core.data.perturbation import shipped_screen

    path = raw_dir / "perturbation" / "papalexi2021_thp1_crispr.h5ad"
    found = screen_of(path.read_bytes(), path.name)
    for ours, theirs in zip(shipped_screen(), found, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    with h5py.File(path) as file:
        assert found.counts.sum() == file["X/data"][:].sum()
