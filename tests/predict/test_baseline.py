"""The drug-free ranking, by hand and on the bundle."""

import numpy as np
import pytest
from scipy.stats import norm, rankdata

from badger_core.cells.catalogue import CellLine
from badger_core.cells.similarity import centred_ranks, similarity
from badger_core.data.bundle import Bundle
from badger_core.predict.baseline import (
    CompoundMeans,
    compound_means,
    overlap,
    tied_ranks,
    weighted_baseline,
)
from badger_core.predict.baselines import LEAST, Baselines


def means(**compounds: list[float]) -> CompoundMeans:
    scores = np.array(list(compounds.values()), np.float32)
    return CompoundMeans(np.array(list(compounds)), scores, scores.sum(axis=0, dtype=float))


@pytest.fixture(scope="module")
def baselines(bundle: Bundle) -> Baselines:
    return Baselines(bundle)


def test_ranks_are_those_of_scipy() -> None:
    values = np.random.default_rng(1).integers(-3, 4, (40, 23)).astype(float)
    np.testing.assert_array_equal(tied_ranks(values), rankdata(values, axis=1))


def test_a_line_speaks_as_the_mean_of_its_compounds() -> None:
    line = means(a=[1, 0, -1], b=[3, 0, -3], c=[0, 9, 0])
    found = weighted_baseline({"x": line}, {"x": 1}, without="c")
    np.testing.assert_allclose(found.scores, [2, 0, -2])
    assert (found.n_compounds, found.n_lines, found.own, found.nearest) == (2, 1, True, "x")


def test_lines_alike_are_weighted_and_unlike_ones_left_out() -> None:
    lines = {"x": means(a=[4, 0]), "y": means(a=[0, 4], b=[0, 8]), "z": means(a=[99, 99])}
    weights = {"x": 0.5, "y": 0.25, "z": -0.3}
    found = weighted_baseline(lines, weights, without="", own=False)
    np.testing.assert_allclose(found.scores, [4 * 2 / 3, 6 / 3])
    assert (found.n_compounds, found.n_lines, found.nearest) == (3, 2, "x")


def test_a_line_that_is_left_without_compounds_takes_no_part() -> None:
    lines = {"x": means(a=[4, 0]), "y": means(b=[0, 4])}
    found = weighted_baseline(lines, {"x": 1, "y": 1}, without="a", own=False)
    np.testing.assert_allclose(found.scores, [0, 4])
    assert found.n_lines == 1


def test_where_nothing_is_alike_all_count_alike() -> None:
    lines = {"x": means(a=[4, 0]), "y": means(b=[0, 4])}
    found = weighted_baseline(lines, {"x": -1, "y": -0.1}, without="", own=False)
    np.testing.assert_allclose(found.scores, [2, 2])


def test_overlap_by_hand() -> None:
    found = overlap(np.array([4.0, 3, 2, 1, 0]), np.array([4.0, 1, 0, 3, 2]), top=2)
    assert (found.up, found.down) == (1, 0)  # up: 0, 1 and 0, 3; down: 4, 3 and 2, 1
    assert found.luck == pytest.approx(4 / 5)
    assert overlap(np.arange(9.0), np.arange(9.0), 3)[:3] == (pytest.approx(1), 3, 3)
    assert overlap(np.arange(9.0), -np.arange(9.0), 3)[:3] == (pytest.approx(-1), 0, 0)


def test_every_compound_counts_once(bundle: Bundle) -> None:
    """Against a plain loop over the signatures of one line."""
    found = compound_means(bundle.signatures, "PC3")
    table = bundle.signatures.table
    rows = table[(table["kind"] == "numeric") & (table["cell"] == "PC3")]
    assert found.compounds.tolist() == sorted(rows["ik14"].unique())
    for key in found.compounds[:5]:
        own = rows.loc[rows["ik14"] == key, "row"].to_numpy()
        values = np.nan_to_num(bundle.signatures.values(own))
        expected = norm.ppf(rankdata(values, axis=1) / 979).mean(axis=0)
        place = found.compounds.tolist().index(key)
        np.testing.assert_allclose(found.scores[place], expected, atol=1e-5)


def test_the_compound_asked_about_is_left_out(bundle: Bundle, baselines: Baselines) -> None:
    line, vemurafenib = bundle.cells.find("A375"), "GPXBXXGIAQBQNI"
    every, without = baselines.of(line, ""), baselines.of(line, vemurafenib)
    assert without.own
    assert without.n_compounds == every.n_compounds - 1
    everything = baselines.means("A375")
    rest = everything.scores[everything.compounds != vemurafenib].mean(axis=0)
    np.testing.assert_allclose(without.scores, rest, atol=1e-5)


def test_a_line_without_measurements_gets_the_mean_of_lines_alike(
    bundle: Bundle, baselines: Baselines
) -> None:
    usable = bundle.cells.usable
    line = bundle.cells.line(usable.loc[usable["n_signatures"] == 0, "cell"].iloc[0])
    found = baselines.of(line, "")
    assert not found.own
    assert found.n_lines > 10
    assert found.nearest != line.name
    nearest = bundle.cells.line(found.nearest)
    assert len(baselines.means(found.nearest).compounds) >= LEAST
    places = [
        centred_ranks(one.basal[None], bundle.cells.reference_of(one)) for one in (line, nearest)
    ]
    assert similarity(*places)[0, 0] > 0


def test_an_upload_of_a_line_stands_nearest_to_it(bundle: Bundle, baselines: Baselines) -> None:
    a375 = bundle.cells.find("A375")
    reference = bundle.cells.reference_of(a375)
    upload = CellLine("upload:1", "mine", "", "", "", "", "other", a375.basal, reference)
    assert baselines.of(upload, "").nearest == "A375"
