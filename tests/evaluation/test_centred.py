"""Centring on the other compounds of a batch, by hand and by what must not change."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from badger_core.errors import SettingError
from badger_core.evaluation.centred import centre, centred_spearman


@pytest.fixture
def rng():
    return np.random.default_rng(4)


@pytest.fixture
def batches(rng):
    """Two batches of 12 rows, six compounds with two rows each; and the shared response."""
    groups = np.repeat(["one", "two"], 12)
    compounds = np.tile(np.repeat(list("abcdef"), 2), 2)
    shared = np.repeat(rng.normal(size=(2, 40)), 12, axis=0)
    return groups, compounds, shared


def test_by_hand():
    values = np.array([[1.0, 0], [3, 0], [5, 2], [7, 4], [100, 100]])
    found = centre(values, list("ggggh"), ["a", "a", "b", "c", "a"], least=2)
    # Others of a: (b + c) / 2; of b: (mean of a + c) / 2, the two rows of a counting once.
    expected = [[1 - 6, 0 - 3], [3 - 6, 0 - 3], [5 - 4.5, 2 - 2], [7 - 3.5, 4 - 1]]
    assert found.values[:4] == pytest.approx(np.array(expected))
    assert found.scorable.tolist() == [True] * 4 + [False]
    assert np.isnan(found.values[4]).all()


def test_agrees_with_loops_with_missing_genes(rng, batches):
    groups, compounds, _ = batches
    values = rng.normal(size=(24, 40))
    values[rng.random(values.shape) < 0.2] = np.nan
    found = centre(values, groups, compounds)
    for row in range(24):
        batch = pd.DataFrame(values[groups == groups[row]]).groupby(
            compounds[groups == groups[row]]
        )
        expected = values[row] - batch.mean().drop(index=compounds[row]).mean().to_numpy()
        assert found.values[row] == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("least", "scorable"), [(5, True), (6, False)])
def test_a_row_needs_enough_other_compounds(rng, batches, least, scorable):
    groups, compounds, _ = batches
    found = centre(rng.normal(size=(24, 5)), groups, compounds, least)
    assert (found.scorable == scorable).all()


def test_repeating_a_control_changes_nothing(rng, batches):
    groups, compounds, _ = batches
    values = rng.normal(size=(24, 7))
    more = [*range(24), *[0, 1] * 50]
    found = centre(values[more], groups[more], compounds[more]).values
    assert found[:24] == pytest.approx(centre(values, groups, compounds).values)


def test_order_of_rows_and_a_response_shared_by_the_batch_do_not_matter(rng, batches):
    groups, compounds, shared = batches
    values, order = rng.normal(size=(24, 40)), rng.permutation(24)
    found = centre(values, groups, compounds).values
    assert centre(values + 5 * shared, groups, compounds).values == pytest.approx(found)
    moved = centre(values[order], groups[order], compounds[order]).values
    assert moved == pytest.approx(found[order])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_a_drug_free_prediction_gets_exactly_nothing(rng, batches, dtype, scale):
    groups, compounds, shared = batches
    truth = shared + rng.normal(size=shared.shape)
    drug_free = (scale * shared * (1 + 1e-7 * rng.normal(size=shared.shape))).astype(dtype)
    assert spearmanr(truth[0], drug_free[0]).statistic > 0.4
    assert (centred_spearman(truth, drug_free, groups, compounds) == 0).all()
    assert (centred_spearman(truth, np.zeros_like(truth), groups, compounds) == 0).all()


def test_a_prediction_that_only_shifts_all_genes_by_compound_says_nothing(rng, batches):
    groups, compounds, shared = batches
    shifted = shared + rng.normal(size=(24, 1))
    assert (centred_spearman(rng.normal(size=(24, 40)), shifted, groups, compounds) == 0).all()


def test_what_is_specific_is_found_whatever_is_shared(rng, batches):
    groups, compounds, shared = batches
    truth = rng.normal(size=(24, 40)) + 3 * shared
    assert centred_spearman(truth, truth, groups, compounds) == pytest.approx(1)
    other_batch_effect = truth - 5 * shared
    assert centred_spearman(truth, other_batch_effect, groups, compounds) == pytest.approx(1)
    opposite = 2 * 3 * shared - truth
    assert centred_spearman(truth, opposite, groups, compounds) == pytest.approx(-1)


def test_agrees_with_scipy_on_the_centred_rows(rng, batches):
    groups, compounds, _ = batches
    truth, predicted = rng.normal(size=(2, 24, 40))
    found = centred_spearman(truth, predicted, groups, compounds)
    rows = zip(*(centre(v, groups, compounds).values for v in (truth, predicted)), strict=True)
    assert found == pytest.approx([spearmanr(t, p).statistic for t, p in rows])


def test_what_cannot_be_scored_is_nan(rng, batches):
    groups, compounds, _ = batches
    alone = groups.astype(object)
    alone[:3] = ["x", "y", "z"]
    truth, predicted = rng.normal(size=(2, 24, 40))
    found = centred_spearman(truth, predicted, alone, compounds)
    # Batch "one" has lost compound a, and keeps five others: one too few for its rows.
    assert np.isnan(found[:12]).all()
    assert np.isfinite(found[12:]).all()
    assert np.isnan(centred_spearman(truth[:3], predicted[:3], alone[:3], compounds[:3])).all()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"groups": ["g"]}, "one label of each per row"),
        ({"compounds": ["a", None]}, "label is missing"),
        ({"least": 0}, "at least one other compound"),
        ({"values": np.empty((0, 3)), "groups": [], "compounds": []}, "no rows"),
        ({"values": np.ones(2)}, "Give \\(S, G\\) values"),
    ],
)
def test_what_makes_no_sense_is_refused(changed, said):
    given = {"values": np.ones((2, 3)), "groups": ["g", "g"], "compounds": ["a", "b"]}
    with pytest.raises(SettingError, match=said):
        centre(**given | changed)


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_shift_of_all_genes_is_flat_beside_nothing(rng, sign):
    """One compound predicts nothing, five the same for all genes, up to the rounding of 32 bits."""
    predicted = sign * (1 + 1e-7 * rng.normal(size=(6, 40)))
    predicted[0] = 1e-12 * rng.normal(size=40)
    truth = rng.normal(size=(6, 40))
    assert (centred_spearman(truth, predicted, ["g"] * 6, list("abcdef")) == 0).all()
    predicted[:] = 1e-12 * rng.normal(size=(6, 40))
    predicted[0] = sign * (1 + 1e-7 * rng.normal(size=40))
    assert centred_spearman(truth, predicted, ["g"] * 6, list("abcdef"))[0] == 0


def test_one_other_compound_is_the_least_and_lists_will_do():
    found = centre([[1.0, 2.0], [4.0, 0.0]], ["g", "g"], ["a", "b"], least=1)
    assert found.values.tolist() == [[-3, 2], [3, -2]]
    truth, predicted = [[1.0, 2, 4], [4.0, 0, 1]], [[3.0, 5, 9], [1.0, 2, 2]]
    assert centred_spearman(truth, predicted, ["g", "g"], ["a", "b"], least=1) == pytest.approx(1)


def test_a_single_prediction_that_is_no_number_is_refused():
    with pytest.raises(SettingError, match="finite predictions"):
        centred_spearman(np.ones((2, 2)), [[1.0, np.nan], [1.0, 2.0]], ["g", "g"], ["a", "b"])


@pytest.mark.parametrize("predicted", [np.full((2, 3), np.nan), np.ones((2, 4))])
def test_predictions_must_be_finite_and_of_the_same_genes(predicted):
    with pytest.raises(SettingError, match="finite predictions"):
        centred_spearman(np.ones((2, 3)), predicted, ["g", "g"], ["a", "b"])
