"""Null distributions: seeded, by hand, and uniform where there is nothing to find."""

import numpy as np
import pytest

from badger_core.errors import SettingError
from badger_core.repurpose.changes import as_changes
from badger_core.repurpose.connectivity import (
    METHODS,
    Query,
    connectivity,
    query_of,
    score_query,
)
from badger_core.repurpose.nulls import (
    BOTH,
    REVERSAL,
    false_discovery_rate,
    normalised,
    permutation_test,
    signed_percentile,
)
from tests.repurpose.test_connectivity import DISEASE, DRUGS, signature


def test_the_percentile_by_hand():
    library = np.array([-0.9, -0.5, 0.1, 0.3, np.nan, 0.0])
    scores = np.array([[-0.9, 0.3], [0.2, np.nan], [-1.0, 0.0]])
    # of five: smaller than .9 are four, than .3 two, than .2 two, than 1 all
    expected = [[-80, 40], [40, np.nan], [-100, 0]]
    np.testing.assert_allclose(signed_percentile(scores, library), expected)
    assert np.isnan(signed_percentile(np.array([1.0]), np.array([np.nan]))).all()


def test_normalised_scores_by_hand():
    column = np.array([0.2, 0.6, -0.5, -0.1, 0.0, np.nan])
    expected = [0.5, 1.5, -0.5 / 0.3, -0.1 / 0.3, 0, np.nan]
    np.testing.assert_allclose(normalised(column), expected)
    both = normalised(np.stack([column, 10 * column], axis=1))
    np.testing.assert_allclose(both, np.stack([expected, expected], axis=1))


def test_the_false_discovery_rate_by_hand():
    p = np.array([0.01, 0.04, np.nan, 0.03, 0.5])
    np.testing.assert_allclose(false_discovery_rate(p), [0.04, 0.16 / 3, np.nan, 0.16 / 3, 0.5])


def test_a_query_is_relabelled_as_one():
    query = Query(np.array([9.0, 0, -5, 1]), np.array([0, 3]), np.array([2]))
    moved = query.relabelled(np.array([2, 0, 3, 1]))
    assert moved.values.tolist() == [-5, 9, 1, 0]
    assert (moved.up.tolist(), moved.down.tolist()) == ([1, 2], [0])


@pytest.mark.parametrize("method", METHODS)
def test_the_drug_that_reverses_is_told_from_chance(method):
    drugs = np.vstack([-DISEASE.values, DRUGS[:3], DISEASE.values])
    said = []
    test = permutation_test(
        drugs, DISEASE, method, 99, seed=1, progress=lambda done, of: said.append((done, of))
    )
    np.testing.assert_array_equal(test.score, connectivity(drugs, DISEASE, method))
    assert test.p[0] == pytest.approx(0.01)
    assert test.p[-1] == pytest.approx(1, abs=0.02)
    assert test.z[0] < -2 < 2 < test.z[-1]
    assert test.fdr[0] == pytest.approx(0.05)
    assert (said[0], said[-1]) == ((1, 99), (99, 99))
    two_sided = permutation_test(drugs, DISEASE, method, 99, seed=1, tail=BOTH)
    assert two_sided.p[[0, -1]] == pytest.approx([0.01, 0.01])


def test_the_seed_decides():
    first, same, other = (permutation_test(DRUGS, DISEASE, "cosine", 20, s) for s in (5, 5, 6))
    np.testing.assert_array_equal(first.z, same.z)
    assert (first.z != other.z).any()


def test_p_is_uniform_where_there_is_nothing():
    drugs = np.random.default_rng(8).normal(size=(400, 60))
    test = permutation_test(drugs, DISEASE, "cosine", 99)
    assert np.mean(test.p) == pytest.approx(0.5, abs=0.08)
    assert np.mean(test.p <= 0.1) == pytest.approx(0.1, abs=0.06)
    assert test.fdr.min() > 0.05


def test_the_moments_are_those_of_all_permutations():
    # three genes: cosine of (1, 0, 0) with each permutation of (2, 1, -2) / 3: 2/3, 1/3, -2/3
    test = permutation_test([1, 0, 0], signature([2, 1, -2]), "cosine", 3000)
    assert test.mean == pytest.approx([1 / 9], abs=0.03)
    assert test.p == pytest.approx([1], abs=0.01)
    assert test.sd == pytest.approx([np.std([2 / 3, 1 / 3, -2 / 3])], abs=0.03)


@pytest.mark.parametrize("tail", [REVERSAL, BOTH])
def test_mean_spread_z_and_p_are_those_of_the_drawn_permutations(tail):
    test = permutation_test(DRUGS, DISEASE, "cosine", 40, seed=3, tail=tail)
    random, query, null = np.random.default_rng(3), query_of(DISEASE), []
    for _ in range(40):
        order = random.permutation(len(query.values))
        null.append(score_query(as_changes(DRUGS), query.relabelled(order), "cosine"))
    null, own = np.array(null), test.score
    np.testing.assert_allclose(test.mean, null.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(test.sd, null.std(axis=0))
    np.testing.assert_allclose(test.z, (own - null.mean(axis=0)) / null.std(axis=0))
    as_far = null <= own if tail == REVERSAL else np.abs(null) >= np.abs(own)
    np.testing.assert_allclose(test.p, (1 + as_far.sum(axis=0)) / 41)


def test_one_permutation_is_enough_to_ask_for():
    assert set(permutation_test(DRUGS, DISEASE, "cosine", 1).p) <= {0.5, 1.0}


def test_a_missing_score_stays_missing():
    test = permutation_test([[np.nan] * 3, [1, 2, 3]], signature([2, 1, -2]), "cosine", 5)
    assert np.isnan([test.score[0], test.p[0], test.z[0], test.fdr[0]]).all()
    assert not np.isnan(test.fdr[1])


@pytest.mark.parametrize(("count", "tail"), [(0, BOTH), (5, "left")])
def test_what_does_not_fit_is_said(count, tail):
    with pytest.raises(SettingError, match="It takes 1 or more"):
        permutation_test(DRUGS, DISEASE, "cosine", count, tail=tail)
