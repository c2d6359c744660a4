"""Lines similar to a line, which depend on it, what chance gives, the map and the search."""

from math import comb

import numpy as np
import pandas as pd
import pytest

from badger_core.cells.dependence import SAME_LINE, why_dependent
from badger_core.cells.disease_likeness import chance_of_best, diseases_alike
from badger_core.cells.embedding import line_map, place_among
from badger_core.cells.neighbours import COLUMNS, place_lines, similar_lines
from badger_core.cells.search import search_lines
from badger_core.data.build import splits


@pytest.fixture(scope="module")
def placed(bundle):
    return place_lines(bundle.cells)


def test_every_line_stands_once_on_its_own_platform(placed, bundle):
    assert len(placed.table) == placed.table["cell"].nunique() == 211
    assert np.diag(placed.likeness) == pytest.approx(1)
    line = bundle.cells.find("MCF7")
    at = placed.table.index[placed.table["cell"] == "MCF7"][0]
    assert placed.to(line) == pytest.approx(placed.likeness[at])


def test_neighbours_are_sorted_and_leave_the_line_out(placed, bundle):
    found = similar_lines(placed, bundle.cells.find("MCF7"))
    assert tuple(found) == COLUMNS
    assert len(found) == 210
    assert "MCF7" not in set(found["cell"])
    assert found["likeness"].is_monotonic_decreasing
    assert found["rank"].tolist() == list(range(1, 211))
    assert found["display_name"].iloc[0] == "BT474"
    assert found["percentile"].between(0, 1).all()


def test_the_percentile_is_a_share_of_unrelated_pairs(placed):
    null = placed.unrelated
    assert len(null) < comb(211, 2)  # dependent pairs are left out
    assert placed.percentile(np.array([-2.0, 2.0])).tolist() == [0, 1]
    assert placed.percentile(np.median(null)) == pytest.approx(0.5, abs=0.01)
    assert np.quantile(null, 0.95) == pytest.approx(0.23, abs=0.02)


@pytest.mark.parametrize(
    ("cell", "other", "reason"),
    [
        ("OVCAR8", "NCIADRRES", "derived from OVCAR-8"),
        ("NCIADRRES", "OVCAR8", "derived from OVCAR-8"),
        ("MDAN", "M14", "both come from M14"),
        ("SNB19", "U251", "both come from U251MG"),
        ("LNCAP", "C42", "derived from LNCaP"),
        ("NCIH1975", "H1975", "another name"),
        ("SKNSH", "SHSY5Y", "derived from SKNSH"),
        ("SHSY5Y", "SKNSH", "SHSY5Y was derived from it"),
        ("OC314", "OC316", "same donor"),
        ("XC.P901", "XC.P902", None),
        ("MCF7", "A549", None),
        ("NEU", "MNEU", None),
    ],
)
def test_dependent_lines_are_told_with_the_reason(bundle, cell, other, reason):
    found = why_dependent(bundle.cells.table, cell)
    assert cell not in found
    if reason is None:
        assert other not in found
    else:
        assert reason in found[other]


def test_dependence_goes_both_ways(placed):
    reasons = {cell: set(why_dependent(placed.table, cell)) for cell in placed.table["cell"]}
    assert all(cell in reasons[other] for cell, others in reasons.items() for other in others)


def test_treated_lines_are_those_of_the_splits(bundle):
    assert SAME_LINE == splits.SAME_LINE
    assert why_dependent(bundle.cells.table, "ssMCF7")["MCF7"].startswith("the same line")


def test_an_upload_named_like_a_line_is_flagged(bundle):
    found = why_dependent(bundle.cells.table, "upload:0", "mcf-7")
    assert list(found) == ["MCF7"]
    assert why_dependent(bundle.cells.table, "upload:0", "my sample") == {}
    assert why_dependent(bundle.cells.table, "upload:0", "") == {}


def test_the_chance_of_the_best_is_exact():
    # 2 of 5 lines are as alike; of 2 drawn, none is with 3/10.
    assert chance_of_best(5, 2, 2) == pytest.approx(0.7)
    assert chance_of_best(10, 1, 1) == pytest.approx(0.1)
    assert chance_of_best(10, 10, 3) == 1
    rng = np.random.default_rng(0)
    drawn = [rng.permutation(40)[:6].min() < 3 for _ in range(20000)]
    assert chance_of_best(40, 3, 6) == pytest.approx(np.mean(drawn), abs=0.015)


def test_diseases_are_gathered_without_dependent_lines():
    lines = pd.DataFrame(
        {
            "display_name": list("abcde"),
            "disease": ["lung", "lung", "skin", "skin", ""],
            "likeness": [0.9, 0.3, 0.5, 0.1, 0.2],
            "dependent": ["derived from it", "", "", "", ""],
            "n_signatures": [7, 2, 0, 3, 0],
        }
    )
    found = diseases_alike(lines).set_index("disease")
    assert list(found.index) == ["skin", "lung"]
    skin, lung = found.loc["skin"], found.loc["lung"]
    assert (skin["best"], skin["best_line"], skin["median"], skin["n_lines"]) == (0.5, "c", 0.3, 2)
    assert (lung["best"], lung["n_dependent"], lung["n_signatures"]) == (0.3, 1, 2)
    assert skin["chance"] == pytest.approx(0.5)  # the best of 4 is in a half of them
    assert skin["n_measured"] == 1
    assert np.isnan(lung["chance"])  # one line


def test_the_map_is_the_same_each_time_and_brings_kin_together(placed):
    places = line_map(placed.likeness)
    assert places.shape == (211, 2)
    assert np.abs(places).max() == pytest.approx(1)
    assert (line_map(placed.likeness) == places).all()
    skin = (placed.table["disease"] == "Skin Cancer").to_numpy()
    distance = np.linalg.norm(places[:, None] - places[None], axis=2)
    nearest = np.argsort(distance, axis=1)[:, 1:6]
    assert skin[nearest[skin]].mean() > 0.5 > 5 * skin.mean() / 2


def test_a_new_line_stands_among_those_alike():
    places = np.array([[0.0, 0], [1, 0], [0, 1], [9, 9]])
    assert place_among(np.array([1.0, 0, -1, -1]), places, 1).tolist() == [0, 0]
    found = place_among(np.array([0.6, 0.2, -0.5, -0.9]), places, 2)
    assert found == pytest.approx([0.25, 0])
    assert np.isfinite(place_among(np.array([-1.0, -1, -1, -1]), places)).all()


@pytest.mark.parametrize(
    ("text", "first"),
    [("mcf-7", "MCF7"), ("ACH-000219", "A375"), ("CVCL_0132", "A375"), ("mda-mb", "MDAMB231")],
)
def test_lines_are_searched_by_a_part_of_any_name(bundle, text, first):
    assert search_lines(bundle.cells, text)["cell"].iloc[0] == first


def test_facets_narrow_the_search(bundle):
    everything = search_lines(bundle.cells)
    assert len(everything) == len(bundle.cells.table)
    assert len(search_lines(bundle.cells, with_expression=True)) == 211
    skin = search_lines(bundle.cells, "", ("Skin Cancer",), ("skin",), 100)
    assert skin["cell"].tolist() == ["A375"]
    assert search_lines(bundle.cells, "--").empty
    assert search_lines(bundle.cells, "no such line").empty
