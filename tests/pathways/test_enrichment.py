"""Over-representation by hand, against Fisher's test, and what either method may be asked."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from badger_core.errors import SettingError
from badger_core.pathways.enrichment import ORA_COLUMNS, corrected, enrich, over_represented
from tests.pathways.enrichment_case import N, ranking, sets


def test_the_planted_sets_come_first_at_their_ends():
    found = enrich(ranking(), sets(), "ora", count=10)
    assert tuple(found.columns) == ORA_COLUMNS
    first = found.head(2)
    assert set(zip(first["pathway"], first["direction"], strict=True)) == {
        ("top", "up"),
        ("bottom", "down"),
    }
    assert len(found) == 2 * 4


def test_counts_by_hand():
    found = over_represented(ranking(), sets(), 10).set_index(["pathway", "direction"])
    row = found.loc[("top", "up")]
    assert row["overlap"] == 6
    assert row["expected"] == pytest.approx(10 * 6 / 60)
    assert row["ratio"] == pytest.approx(6)
    assert row["genes"] == "G1, G2, G3, G4, G5, G7"
    # Genes of the lower end are listed from the strongest on.
    assert found.loc[("bottom", "down"), "genes"] == "G60, G59, G58, G57, G54"
    assert found.loc[("top", "down"), "p"] == 1
    assert found.loc[("top", "down"), "genes"] == ""


def test_p_is_that_of_fishers_exact_test():
    for row in over_represented(ranking(), sets(), 12).itertuples():
        table = [
            [row.overlap, row.size - row.overlap],
            [12 - row.overlap, N - 12 - row.size + row.overlap],
        ]
        assert row.p == pytest.approx(fisher_exact(table, alternative="greater").pvalue), row


def test_p_is_the_tail_of_a_deck_of_cards():
    # All 5 genes of a set among the 10 of 60 drawn: (10*9*8*7*6) / (60*59*58*57*56).
    found = over_represented(ranking(), sets(five=[1, 2, 3, 4, 5]), 10)
    expected = (10 * 9 * 8 * 7 * 6) / (60 * 59 * 58 * 57 * 56)
    assert found["p"].iat[0] == pytest.approx(expected)


def test_the_correction_by_hand():
    # Sorted p times 4 / rank, made monotone from the largest on: .04, .04 (not .06), .0533, .5.
    p = np.array([0.5, 0.01, 0.02, 0.04])
    assert corrected(p) == pytest.approx([0.5, 0.04, 0.04, 0.04 * 4 / 3])


def test_the_correction_leaves_out_what_is_missing():
    assert corrected(np.array([0.01, np.nan, 0.5])) == pytest.approx(
        [0.02, np.nan, 0.5], nan_ok=True
    )
    assert np.isnan(corrected(np.array([np.nan]))).all()


def test_the_reversed_ranking_swaps_the_ends():
    there = over_represented(ranking(), sets(), 10)
    back = over_represented(ranking(np.linspace(-3, 3, N)), sets(), 10)
    swapped = back.assign(direction=back["direction"].map({"up": "down", "down": "up"}))
    keys = ["pathway", "direction"]
    for column in ("overlap", "p", "genes"):
        left, right = (t.set_index(keys)[column].sort_index() for t in (there, swapped))
        pd.testing.assert_series_equal(left, right)


@pytest.mark.parametrize("count", [0, 9, 31, -5])
def test_a_count_out_of_bounds_is_refused(count):
    with pytest.raises(SettingError, match="Take 10 to 30 genes from each end"):
        over_represented(ranking(), sets(), count)


def test_an_unknown_method_is_refused():
    with pytest.raises(SettingError, match=r"no method 'magic'\. Choose among prerank, ora"):
        enrich(ranking(), sets(), "magic")
