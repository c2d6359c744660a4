"""Agreement because of the compound is told from agreement whatever the compound."""

import numpy as np
import pytest

from badger_core.explain.agreement_check import agreement_findings, sameness_findings

RANKS = "Spearman of mass on fragments, against other compounds"
SETS = "Jaccard of the top 10 by mass on fragments, against other compounds"
CHANCE = "Jaccard of the top 10 by mass on fragments, against random pathways"
FRAGMENTS = "Spearman of fragment shares, against random order"


@pytest.fixture
def mass():
    return np.random.default_rng(4).random((60, 20))


def check(readings):
    return {f.measure: f for f in agreement_findings(readings, draws=200, seed=88)}


def test_members_that_read_the_compound_agree(reading, keys, mass):
    share = np.random.default_rng(4).random((60, 4))
    found = check([reading(keys, m, mass=mass, share=share) for m in ("one", "two", "three")])
    assert found[RANKS].value == pytest.approx(1)
    assert found[RANKS].null == pytest.approx(0, abs=0.05)
    assert found[RANKS].p == pytest.approx(1 / 201)
    assert found[SETS].value == pytest.approx(1)
    assert found[CHANCE].null == pytest.approx(10 / 30)
    assert found[FRAGMENTS].value == pytest.approx(1)


def test_agreement_whatever_the_compound_is_in_the_null(reading, keys):
    generator = np.random.default_rng(4)
    common = np.linspace(0, 5, 20)
    readings = [
        reading(keys, name, mass=common + generator.random((60, 20))) for name in ("one", "two")
    ]
    found = check(readings)
    assert found[RANKS].value > 0.9
    assert found[RANKS].null == pytest.approx(found[RANKS].value, abs=0.01)
    assert found[RANKS].p > 0.05
    assert found[SETS].p > 0.05


def test_fragments_are_compared_without_padding(reading):
    share = np.array([[0.5, 0.3, 0.2, 0.0], [0.1, 0.9, 0.0, 0.0]])
    turned = np.array([[0.2, 0.3, 0.5, 0.0], [0.1, 0.9, 0.0, 0.0]])
    one = reading(["A", "B"], "one", share=share, n_fragments=[3, 2])
    two = reading(["A", "B"], "two", share=turned, n_fragments=[3, 2])
    found = check([one, two])[FRAGMENTS]
    assert found.value == pytest.approx(-1)
    assert found.n == 1


def test_one_member_agrees_with_nobody(reading, keys):
    assert agreement_findings([reading(keys)], 20, 88) == []
    assert agreement_findings([], 20, 88) == []


def test_sameness_by_hand(reading):
    change = np.array([[1.0, 2, 3], [1, 2, 3], [3, 2, 1]])
    found = sameness_findings([reading(["A", "B", "C"], change=change)])
    order = next(f for f in found if f.measure.startswith("change of order"))
    assert order.value == pytest.approx((1 + 1 + 2) / 3)  # 1 - rho: 0 and 2, 0 and 2, 2 and 2
    assert order.member == "one"
    assert sameness_findings([]) == []
