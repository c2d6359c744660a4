"""Reversal over lines: by hand, against the measures one by one, seeded, and its invariants."""

import numpy as np
import pytest

from badger_core.errors import SettingError
from badger_core.repurpose.aggregate import over_lines
from badger_core.repurpose.connectivity import METHODS, connectivity
from badger_core.repurpose.line_scores import cut, line_scores, on_one_scale
from badger_core.repurpose.nulls import permutation_test
from badger_core.repurpose.reversal import percentile, reversal_test


def some(predictions, count):
    """The first compounds only."""
    return predictions._replace(
        compounds=predictions.compounds.head(count),
        **{
            name: getattr(predictions, name)[:, :count]
            for name in (
                "changes",
                "confidence",
                "spread",
                "badge",
                "domain_structure",
                "domain_line",
            )
        },
    )


def test_the_percentile_by_hand():
    library = np.array([-3.0, -1.0, -1.0, 2.0, np.nan])
    expected = [100, 100 / 3, 100 / 3, 0, np.nan]
    np.testing.assert_allclose(percentile(library, library), expected)
    np.testing.assert_allclose(percentile(np.array([-2.0, 5.0]), library), [75, 0])


@pytest.mark.parametrize("method", METHODS)
def test_scores_are_those_of_the_measure_in_each_line(measured, melanoma, bundle, method):
    few = some(measured, 20)
    gaps = np.array(melanoma.values)
    rest = np.ones(len(gaps), bool)
    rest[[g for g in range(200) if g not in {*melanoma.up, *melanoma.down}]] = False
    lacking = cut(melanoma, np.ones(len(gaps), bool))
    gaps[~rest] = np.nan
    lacking = type(melanoma)("x", gaps, melanoma.up, melanoma.down, "", melanoma.report)
    got = line_scores(few.changes, [melanoma, lacking], method)
    for at, signature in enumerate((melanoma, lacking)):
        for line, values in enumerate(few.changes):
            expected = connectivity(values, signature, method)
            np.testing.assert_allclose(got[at, :, line], expected, rtol=1e-4, atol=1e-5)


def test_scores_with_bounds_keep_their_scale_and_sums_get_one():
    scores = np.array([[1.0, 10.0], [-3.0, -30.0]])
    assert on_one_scale(scores, "wtcs") is scores
    np.testing.assert_allclose(on_one_scale(scores, "xsum"), [[0.5, 0.5], [-1.5, -1.5]])
    np.testing.assert_allclose(
        on_one_scale(scores, "xsum", np.array([[1.0, 1.0]])), [[1, 10], [-3, -30]]
    )


def test_one_line_gives_the_p_of_the_permutation_test(measured, melanoma):
    few = some(measured, 15)
    one = few._replace(
        lines=few.lines[:1],
        **{n: getattr(few, n)[:1] for n in ("changes", "confidence", "spread", "badge")},
        domain_structure=few.domain_structure[:1],
        domain_line=few.domain_line[:1],
    )
    found = reversal_test(one, melanoma, n_permutations=25, seed=3).table
    expected = permutation_test(one.changes[0], melanoma, n_permutations=25, seed=3)
    np.testing.assert_allclose(found["p"], expected.p)
    np.testing.assert_allclose(found["fdr"], expected.fdr)


def test_the_table(measured, melanoma):
    said = []
    few = some(measured, 30)
    test = reversal_test(few, melanoma, n_permutations=5, progress=lambda *at: said.append(at))
    table = test.table
    assert table["ik14"].tolist() == few.compounds["ik14"].tolist()
    lines = table[[f"score_{name}" for name in few.lines]].to_numpy()
    np.testing.assert_allclose(lines, test.lines)
    np.testing.assert_allclose(table["score"], over_lines(lines).score)
    assert table.loc[table["score"].idxmin(), "percentile"] == 100
    assert said[-1] == (10, 10)
    assert test.depth == 30
    again = reversal_test(few, melanoma, n_permutations=5).table
    np.testing.assert_array_equal(again["p"], table["p"])
    assert (table["domain_structure"] == "inside").all()
    assert (table["badge"] == "measured pair").all()


def test_a_drug_that_is_the_disease_turned_round_comes_first(measured, melanoma):
    few = some(measured, 30)
    changes = few.changes.copy()
    changes[:, 7] = -np.nan_to_num(melanoma.values)
    for method in METHODS:
        table = reversal_test(
            few._replace(changes=changes), melanoma, method, n_permutations=0
        ).table
        assert table["score"].idxmin() == 7
        assert table["p"].isna().all()


def test_words_over_lines_are_the_worst(measured, melanoma):
    few = some(measured, 3)
    words = np.array([["inside", "", "edge"], ["outside", "", "inside"]])
    table = reversal_test(few._replace(domain_line=words), melanoma, n_permutations=0).table
    assert table["domain_line"].tolist() == ["outside", "", "edge"]


def test_settings_that_cannot_be(measured, melanoma):
    with pytest.raises(SettingError, match="0 or more"):
        reversal_test(measured, melanoma, n_permutations=-1)
    with pytest.raises(SettingError, match="no measure"):
        reversal_test(measured, melanoma, "magic", n_permutations=0)
