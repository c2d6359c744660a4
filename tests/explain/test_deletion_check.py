"""Attention that follows the effects is told from attention that does not."""

import numpy as np
import pytest

from badger_core.explain.deletion_check import MEASURES, deletion_findings
from badger_core.explain.following import rank_match, shuffled, top_effect, top_match

SPEARMAN, _, _, BITS, TOP, EFFECT = MEASURES


def test_matches_by_hand():
    share = np.array([[0.1, 0.2, 0.7], [0.7, 0.2, 0.1], [0.4, 0.4, 0.2]])
    effect = np.array([1.0, 2.0, 6.0])
    assert rank_match(share, effect)[:2] == pytest.approx([1, -1])
    assert top_match(share, effect) == pytest.approx([1, 0, 0])
    assert top_effect(share, effect) == pytest.approx([6, 1, 1.5])  # a tie gets the mean


def test_effects_that_are_all_alike_rank_nothing():
    share = np.array([[0.1, 0.9]])
    assert np.isnan(rank_match(share, np.ones(2))).all()
    assert np.isnan(top_match(share, np.ones(2))).all()


def test_shuffled_shares_are_the_same_shares():
    drawn = shuffled(np.array([0.1, 0.2, 0.7]), 500, np.random.default_rng(1))
    assert (np.sort(drawn, axis=1) == [0.1, 0.2, 0.7]).all()
    assert drawn.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.05)


def by_measure(found, member="all"):
    return {f.measure: f for f in found if f.member == member}


def test_planted_effects_are_found(reading, keys):
    generator = np.random.default_rng(3)
    share = generator.random((60, 4))
    readings = [reading(keys, name, share=share, order=share**3) for name in ("one", "two")]
    found = by_measure(deletion_findings(readings, draws=200, seed=88))
    assert found[SPEARMAN].value == pytest.approx(1)
    assert found[SPEARMAN].null == pytest.approx(0, abs=0.05)
    assert found[SPEARMAN].p == pytest.approx(1 / 201)
    assert found[TOP].value == 1
    assert found[TOP].null == pytest.approx(1 / 4, abs=0.05)
    assert found[EFFECT].value == pytest.approx((share.max(axis=1) ** 3).mean())
    assert found[EFFECT].null == pytest.approx((share**3).mean(), rel=0.1)
    assert found[BITS].value == 0  # all fragments have as many bits


def test_attention_without_any_relation_is_not_found(reading, keys):
    found = by_measure(deletion_findings([reading(keys)], draws=200, seed=88), "one")
    for measure in (SPEARMAN, TOP):
        assert found[measure].p > 0.05
        assert found[measure].ci_low < found[measure].null < found[measure].ci_high


def test_attention_turned_upside_down_has_a_p_near_one(reading, keys):
    share = np.random.default_rng(3).random((60, 4))
    found = by_measure(deletion_findings([reading(keys, share=share, order=-share)], 99, 88), "one")
    assert found[SPEARMAN].value == pytest.approx(-1)
    assert found[SPEARMAN].p == 1


def test_a_compound_counts_once_however_many_lines_and_members_it_has(reading):
    share = np.tile([[0.1, 0.2, 0.3, 0.4]], (4, 1))
    order = np.array([[1.0, 2, 3, 4], [4, 3, 2, 1], [4, 3, 2, 1], [1, 2, 3, 4]])
    three = reading(["A", "A", "A"], "one", share=share[:3], order=order[:3])
    one = reading(["B"], "two", share=share[3:], order=order[3:])
    found = by_measure(deletion_findings([three, one], draws=20, seed=88))
    assert found[SPEARMAN].value == pytest.approx((-1 / 3 + 1) / 2)
    assert found[SPEARMAN].n == 2


def test_two_fragments_are_too_few_and_padding_is_left_out(reading):
    order = np.array([[3.0, 2, 1, np.nan], [1, 2, np.nan, np.nan], [1, 2, 3, 4]])
    share = np.array([[0.5, 0.3, 0.2, 0], [0.5, 0.5, 0, 0], [0.1, 0.2, 0.3, 0.4]])
    two = reading(["A", "B", "C"], share=share, order=order, n_fragments=[3, 2, 4])
    found = by_measure(deletion_findings([two], draws=20, seed=88), "one")
    assert found[SPEARMAN].n == 2
    assert found[SPEARMAN].value == pytest.approx(1)
    assert found[TOP].null == pytest.approx((1 / 3 + 1 / 4) / 2, abs=0.15)


def test_the_same_seed_gives_the_same_findings(reading, keys):
    one, other = (deletion_findings([reading(keys)], 20, 88) for _ in range(2))
    assert one == other
