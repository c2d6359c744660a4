"""Effects by hand, within replicates, against scipy, and honest where nothing differs."""

import numpy as np
import pytest
from scipy import stats

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.errors import PerturbationError
from badger_core.perturbation.effects import ate, cell_t, depth_of, lognorm, strata
from badger_core.perturbation.intervals import bootstrap_ate
from tests.perturbation.null import null_p


def made(counts, target, replicate=None):
    n = len(target)
    return CellScreen(
        np.asarray(counts, np.uint16),
        np.array([f"G{i}" for i in range(np.shape(counts)[1])]),
        np.array(target),
        np.array(["g"] * n),
        np.array(replicate or ["all"] * n),
        np.zeros((n, 2), np.int32),
    )


BY_HAND = made([[3, 1], [2, 2], [1, 3], [0, 8]], ["A", CONTROL, CONTROL, "A"])


def test_normalised_levels_are_those_computed_by_hand():
    assert depth_of(BY_HAND) == 4
    expected = [[2, 1], [np.log2(3), np.log2(3)], [1, 2], [0, np.log2(5)]]
    np.testing.assert_allclose(lognorm(BY_HAND.counts, 4), expected, rtol=1e-6)


def test_an_effect_is_that_computed_by_hand():
    first = (2 + 0) / 2 - (np.log2(3) + 1) / 2
    second = (1 + np.log2(5)) / 2 - (np.log2(3) + 2) / 2
    np.testing.assert_allclose(ate(BY_HAND), [[first, second]], rtol=1e-5)


def test_a_cell_without_transcripts_is_no_nan():
    assert (lognorm(np.zeros((1, 3), int), 100.0) == 0).all()


def test_a_difference_between_replicates_is_not_taken_for_an_effect():
    target = ["A"] * 9 + [CONTROL] + ["A"] + [CONTROL] * 9
    replicate = ["1"] * 10 + ["2"] * 10
    counts = np.array([[9, 1]] * 10 + [[5, 5]] * 10)
    assert np.abs(ate(made(counts, target, replicate))).max() < 1e-6
    assert np.abs(ate(made(counts, target))).min() > 0.3


def test_replicates_weigh_as_many_cells_of_the_target_as_they_hold():
    target = ["A", "A", "A", CONTROL, "A", CONTROL]
    parts = strata(made(np.ones((6, 2)), target, ["1"] * 4 + ["2"] * 2))[0]
    assert [one.weight for one in parts] == [0.75, 0.25]
    assert [one.control.tolist() for one in parts] == [[3], [5]]


def test_a_replicate_without_control_falls_back_on_all_cells_only_if_none_has_both():
    target = ["A", "A", CONTROL]
    assert len(strata(made(np.ones((3, 2)), target, ["1", "2", "2"]))[0]) == 1
    (one,) = strata(made(np.ones((3, 2)), target, ["1", "1", "2"]))[0]
    assert (one.perturbed.tolist(), one.control.tolist()) == ([0, 1], [2])


def test_with_one_replicate_t_is_that_of_scipy(screen):
    one = screen.take((screen.replicate == "rep_3") & np.isin(screen.target, ["CUL3", CONTROL]))
    found = cell_t(one)
    level = lognorm(one.counts, depth_of(one)).astype(float)
    own = one.target == "CUL3"
    there = level.std(axis=0) > 0
    expected = stats.ttest_ind(level[own][:, there], level[~own][:, there])
    np.testing.assert_allclose(found.t[0, there], expected.statistic, rtol=1e-4)
    np.testing.assert_allclose(found.p[0, there], expected.pvalue, rtol=1e-3)
    assert (found.p[0, ~there] == 1).all()


def test_t_and_difference_belong_together(small_screen):
    found = cell_t(small_screen)
    np.testing.assert_allclose(found.effect, ate(small_screen), atol=1e-5)
    np.testing.assert_allclose(found.effect, found.t * found.error, atol=1e-9)


def test_the_order_of_cells_does_not_matter(small_screen):
    order = np.random.default_rng(0).permutation(len(small_screen.target))
    np.testing.assert_allclose(ate(small_screen.take(order)), ate(small_screen), atol=1e-5)


def test_the_deeper_half_of_the_cells_differs_in_depth_only():
    counts = np.random.default_rng(0).poisson([5, 20, 100], (400, 3))
    target = np.array(["A"] * 200 + [CONTROL] * 200)
    counts[:200] *= 3
    assert np.abs(ate(made(counts, target))[0, 1:]).max() < 0.1


def test_a_mask_takes_its_cells_only_and_keeps_every_target_in_its_row(small_screen):
    mask = small_screen.target != "JAK2"
    found, whole = ate(small_screen, mask), ate(small_screen)
    assert np.isnan(found[small_screen.targets().index("JAK2")]).all()
    others = [i for i, name in enumerate(small_screen.targets()) if name != "JAK2"]
    np.testing.assert_array_equal(found[others], whole[others])
    assert np.isnan(cell_t(small_screen, mask).p[small_screen.targets().index("JAK2")]).all()


def test_without_control_nothing_can_be_said(small_screen):
    with pytest.raises(PerturbationError, match="No control cell"):
        ate(small_screen, small_screen.target != CONTROL)


@pytest.mark.parametrize("cells", [120, 400])
def test_p_is_uniform_where_labels_are_dealt_at_random(screen, cells):
    p = null_p(screen, cells=cells, draws=20, seed=0).ravel()
    for bound, room in ((0.5, 0.03), (0.05, 0.012), (0.01, 0.005)):
        assert abs((p < bound).mean() - bound) < room
    assert stats.kstest(p, "uniform").statistic < 0.03


def test_few_cells_that_do_not_show_a_rare_gene_are_no_proof():
    rng = np.random.default_rng(0)
    rare = (rng.random(1048) < 0.03).astype(int)
    rare[:48] = 0
    counts = np.stack([rare, np.full(1048, 100)], axis=1)
    assert cell_t(made(counts, ["A"] * 48 + [CONTROL] * 1000)).p[0, 0] > 0.05


def test_the_knock_out_lowers_its_own_gene_and_what_interferon_raises(screen):
    found, names = cell_t(screen), screen.targets()
    genes = {str(gene): i for i, gene in enumerate(screen.genes)}
    for target in ("STAT1", "STAT2", "STAT3", "JAK2", "CMTM6", "NFKBIA", "UBE2L6", "TNFRSF14"):
        assert found.t[names.index(target), genes[target]] < -5
    for target in ("IFNGR1", "IFNGR2", "JAK2", "STAT1"):
        assert (found.t[names.index(target), [genes["PSMB9"], genes["STAT1"]]] < -20).all()
    assert (found.p[names.index("CAV1")] > 0.05 / 299).all()


def test_intervals_hold_the_effect_and_are_those_of_the_seed(small_screen):
    effect, found = ate(small_screen), bootstrap_ate(small_screen, draws=100, seed=1)
    assert ((found.low <= effect) & (effect <= found.high)).mean() > 0.97
    again = bootstrap_ate(small_screen, draws=100, seed=1)
    np.testing.assert_array_equal(found.low, again.low)
    wider = bootstrap_ate(small_screen, draws=100, seed=1, level=0.99)
    assert ((wider.high - wider.low) >= (found.high - found.low)).all()


def test_intervals_are_as_wide_as_the_standard_error_says(screen):
    mask = np.isin(screen.target, ["IFNGR1", CONTROL])
    cut = screen.take(mask)
    found, tested = bootstrap_ate(cut, draws=400), cell_t(cut)
    common = (cut.counts > 0).mean(axis=0) > 0.1
    ratio = (found.high - found.low)[0, common] / (2 * 1.96 * tested.error[0, common])
    assert 0.9 < np.median(ratio) < 1.1
