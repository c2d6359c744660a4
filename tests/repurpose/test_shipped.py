"""Shipped predictions come back as they were written, and never for other models or data."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from badger_core.diseases.signature import catalogue_signature
from badger_core.errors import SettingError
from badger_core.repurpose.fidelity import fidelity
from badger_core.repurpose.library_file import ScreenLibrary, hub_library
from badger_core.repurpose.line_predictions import of_screen
from badger_core.repurpose.screen import screen
from badger_core.repurpose.screen_file import read_screen
from badger_core.repurpose.screen_plan import Plan
from badger_core.repurpose.ship import ship
from badger_core.repurpose.shipped import FILE, MANIFEST, read_shipped

COMPOUNDS = 8


@pytest.fixture(scope="module")
def library(bundle):
    return hub_library(bundle.library).limited(COMPOUNDS)


@pytest.fixture(scope="module")
def plan(predictor, bundle, library):
    return Plan(predictor, library, (bundle.cells.find("YAPC"), bundle.cells.find("A375")))


@pytest.fixture(scope="module")
def screened(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("screen")
    return screen(plan, folder / "a.parquet", folder).out


@pytest.fixture(scope="module")
def folder(plan, screened, tmp_path_factory):
    """A folder of 8 compounds in two lines, as they are shipped."""
    folder = tmp_path_factory.mktemp("shipped")
    ship(plan, screened, folder, ("A375",))
    return folder


def test_round_trip(folder, bundle, predictor, library, screened):
    found = read_shipped(folder, bundle, predictor.folder)
    assert (found.lines, found.refused) == (("A375", "YAPC"), "")
    rows = found.rows(library)
    for name in found.lines:
        exact = of_screen(read_screen(screened, [name]))
        back = found.read(bundle.cells.find(name), rows)
        assert back.changes.dtype == np.float32
        assert np.abs(back.changes - exact.changes).max() < 0.005
        for field in ("ik14", "confidence", "spread", "badge", "domain_structure", "domain_line"):
            assert np.array_equal(getattr(back, field), getattr(exact, field)), field


def test_equal_screens_give_equal_bytes(folder, plan, screened, tmp_path):
    ship(plan, screened, tmp_path)
    assert (tmp_path / FILE).read_bytes() == (folder / FILE).read_bytes()


def test_the_manifest_says_what_storing_costs(folder):
    manifest = json.loads((folder / MANIFEST).read_text())
    told = manifest["fidelity"]["A375"]
    assert list(manifest["fidelity"]) == ["A375"]
    assert told["rms_error"] <= 0.001
    assert told["cosine"]["spearman_least"] > 0.99
    assert told["wtcs"]["top_compounds_least"] == COMPOUNDS  # all of so small a library


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ({"format": 99}, "have format 99"),
        ({"bundle": "0" * 12}, "over another bundle"),
        ({"model": {"files": "0" * 16}}, "by other models"),
        ({"sha256": "0" * 64}, "checksum differs"),
        ({"lines": None}, "are damaged"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(
    folder, bundle, predictor, library, tmp_path, harm, reason
):
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    manifest = json.loads((folder / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps(manifest | harm))
    found = read_shipped(tmp_path, bundle, predictor.folder)
    assert reason in found.refused
    assert "badger ship-predictions" in found.refused
    assert (found.lines, found.rows(library)) == ((), None)


def test_an_empty_folder_ships_nothing_and_complains_of_nothing(bundle, predictor, tmp_path):
    found = read_shipped(tmp_path, bundle, predictor.folder)
    assert (found.lines, found.refused) == ((), "")


def test_a_file_that_went_bad_meanwhile_is_an_error(folder, bundle, predictor, library, tmp_path):
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    found = read_shipped(tmp_path, bundle, predictor.folder)
    rows = found.rows(library)
    (tmp_path / FILE).write_bytes((folder / FILE).read_bytes()[:-100])
    with pytest.raises(SettingError, match="damaged"):
        found.read(bundle.cells.find("A375"), rows)


def test_a_part_of_the_library_is_served_and_another_structure_is_not(
    folder, bundle, predictor, library
):
    found = read_shipped(folder, bundle, predictor.folder)
    some = ScreenLibrary("some", library.candidates[5:1:-2], library.left_out)
    assert found.rows(some).tolist() == [5, 3]
    other = library.candidates[0]._replace(smiles="C")
    assert found.rows(ScreenLibrary("other", (other,), library.left_out)) is None
    more = hub_library(bundle.library).limited(COMPOUNDS + 1)
    assert found.rows(more) is None


def test_a_line_with_other_expression_is_not_the_shipped_one(folder, bundle, predictor):
    found = read_shipped(folder, bundle, predictor.folder)
    line = bundle.cells.find("A375")
    assert found.holds(line)
    assert not found.holds(bundle.cells.find("MCF7"))
    assert not found.holds(replace(line, basal=line.basal + 1))
    assert not found.holds(replace(line, reference=line.basal[None]))
    assert not found.holds(replace(line, basal=None))


def test_fidelity_by_hand(bundle):
    signature = catalogue_signature(bundle.diseases, "psoriasis", bundle.genes)
    exact = np.random.default_rng(0).normal(size=(120, 978)).astype(np.float32)
    same = fidelity(exact, exact, [signature])
    assert (same["rms_error"], same["largest_error"], same["top_genes_least"]) == (0, 0, 1)
    assert same["wtcs"]["top_compounds_least"] == 50
    assert same["wtcs"]["spearman_least"] == pytest.approx(1)
    turned = fidelity(exact, -exact, [signature])
    assert turned["top_genes_mean"] == 0
    assert turned["cosine"]["spearman_least"] == pytest.approx(-1)
    assert turned["cosine"]["top_compounds_least"] == 0
    moved = fidelity(exact, exact + np.float32(0.5), [signature])
    assert moved["rms_error"] == pytest.approx(0.5, abs=1e-6)
