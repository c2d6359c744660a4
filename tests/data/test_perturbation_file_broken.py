"""What cannot be read of a user's cells is said with its remedy, however the file is broken."""

from dataclasses import replace

import h5py
import numpy as np
import pytest

from badger_core.data import perturbation_file
from badger_core.data.perturbation_file import wanted
from badger_core.errors import PerturbationError
from badger_core.limits import limits
from tests.data.cell_files import COUNTS, SPARSE, TARGETS, cells_h5ad, changed, screen_of, texts


@pytest.fixture(autouse=True)
def unprobed(request, monkeypatch):
    """Files are not first tried in a process of their own, which takes a quarter of a second."""
    if "linked" not in request.node.name:
        monkeypatch.setattr(perturbation_file, "check_hdf5", lambda *_: None)


def outside(file):
    file["X/indices"][0] = 1_000_000


def backwards(file):
    file["X/indptr"][1] = -5


def long_index(file):
    del file["obs/_index"]
    texts(file["obs"], "_index", ["c"] * 1000)


def no_obs(file):
    del file["obs"]


def vast(file):
    del file["X"]
    file.create_dataset("X", (10**6, 10**5), np.float32, chunks=(1000, 1000))


def full(file):
    group = file["X"]
    group.attrs["shape"] = (2, 2)


ONE = ["STAT1" if t == "JAK2" else t for t in TARGETS]
WRONG = {
    "not hdf5": (b"cell,STAT1\nc1,3\n", "no h5ad file"),
    "empty": (b"", "no h5ad file"),
    "cut": (cells_h5ad()[:900], "damaged"),
    "only the signature": (b"\x89HDF\r\n\x1a\n" + bytes(500), "damaged"),
    "without obs": (changed(cells_h5ad(), no_obs), "without X, obs and var"),
    "logs": (cells_h5ad(np.log1p(COUNTS)), r"no raw counts.*layers\['counts'\]"),
    "scaled": (cells_h5ad(COUNTS - 3), "no raw counts"),
    "missing": (cells_h5ad(np.where(COUNTS == 0, np.nan, COUNTS)), "no raw counts"),
    "texts": (cells_h5ad(np.full(COUNTS.shape, b"a")), "damaged"),
    "no column": (cells_h5ad(leiden=TARGETS), "does not say which gene.*'leiden'"),
    "no control": (cells_h5ad(target=[t.replace("non-t", "x") for t in TARGETS]), "no control"),
    "one target": (cells_h5ad(target=ONE), "1 target with 20 cells"),
    "few controls": (
        cells_h5ad(target=["JAK2"] * 60 + ["STAT1"] * 25 + ["NT"] * 10),
        "10 control cells",
    ),
    "twice": (cells_h5ad(genes=("A", "A", "B", "C")), "1 genes twice, the first is 'A'"),
    "outside": (changed(cells_h5ad(SPARSE), outside), "damaged"),
    "backwards": (changed(cells_h5ad(SPARSE), backwards), "damaged"),
    "long index": (changed(cells_h5ad(), long_index), "damaged"),
    "other shape": (changed(cells_h5ad(SPARSE), full), "damaged"),
    "vast": (changed(cells_h5ad(), vast), "1,000,000 cells of 100,000 genes.*highly_variable"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_gives_a_sentence_with_its_remedy(case):
    content, message = WRONG[case]
    with pytest.raises(PerturbationError, match=message) as caught:
        screen_of(content, "wrong.h5ad")
    assert "'wrong.h5ad'" in str(caught.value)
    assert str(caught.value).count(". ") >= 1


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(PerturbationError, match=r"no column 'gene'.*'target'"):
        screen_of(cells_h5ad(), "x.h5ad", target="gene")


def test_a_control_that_is_not_there_is_named_with_the_values():
    with pytest.raises(PerturbationError, match=r"is 'AAVS1'.*'JAK2'"):
        screen_of(cells_h5ad(), "x.h5ad", control="AAVS1")


def test_limits_are_kept(monkeypatch):
    assert "50 MB, 50,000 cells and 5,000 genes (60 million" in wanted()
    content, limits_now = cells_h5ad(), limits()
    for name, most, said in (
        ("screen_cells", 94, "95 cells of 4 genes. At most 94 cells"),
        ("screen_genes", 3, "95 cells of 4 genes.*3 genes"),
        ("screen_counts", 379, "95 cells of 4 genes.*379 counts"),
        ("upload_mb", 1, "MB are read here"),
    ):
        own = replace(limits_now, **{name: most})
        for module in ("perturbation_file", "perturbation_size"):
            monkeypatch.setattr(f"badger_core.data.{module}.limits", lambda own=own: own)
        longer = content + bytes(1024**2) if name == "upload_mb" else content
        with pytest.raises(PerturbationError, match=said):
            screen_of(longer, "x.h5ad")
        assert f"{most:,} " in wanted()


def test_a_file_whose_head_is_damaged_gives_an_answer_or_a_sentence():
    content = cells_h5ad(SPARSE)
    places = np.random.default_rng(0).choice(4096, 60, replace=False)
    refused = 0
    for place in places:
        broken = bytearray(content)
        broken[place] ^= 0xFF
        try:
            screen_of(bytes(broken), "x.h5ad")
        except PerturbationError:
            refused += 1
    assert 0 < refused < 60


def test_a_linked_file_that_takes_data_from_others_is_refused():
    def link(file):
        del file["obs/target"]
        file["obs/target"] = h5py.ExternalLink("/etc/passwd", "/x")

    with pytest.raises(PerturbationError, match="takes data from other files"):
        screen_of(changed(cells_h5ad(), link), "x.h5ad")
