"""Recovery of what was measured, by hand and against luck."""

import numpy as np
import pytest

from badger_core.predict.measured import Measured, mean_ranks, unit_ranks
from badger_core.predict.recovery import recovery, recovery_table, repeat_recovery


def test_recovery_by_hand() -> None:
    truth, score = np.array([0.9, 0.7, 0.3, 0.1]), np.array([1.0, -1.0, 2.0, 0.0])
    np.testing.assert_allclose(recovery(truth, score, "up", 2), [0, 0.5, 0.5, 1])
    np.testing.assert_allclose(recovery(truth, score, "down", 2), [0, 0.5, 0.5, 1])
    np.testing.assert_allclose(recovery(truth, truth, "up", 2), [0.5, 1, 1, 1])
    np.testing.assert_allclose(recovery(truth, truth, "down", 2), [0.5, 1, 1, 1])


def test_a_gene_that_was_not_measured_takes_no_part() -> None:
    truth, score = np.array([0.9, np.nan, 0.3, 0.1]), np.array([1.0, 9.0, 2.0, 0.0])
    np.testing.assert_allclose(recovery(truth, score, "up", 1), [0, 1, 1, 1])


def test_a_random_ranking_finds_as_luck_does() -> None:
    rng = np.random.default_rng(0)
    truth = rng.random(978)
    mean = np.mean([recovery(truth, rng.random(978), "up") for _ in range(200)], axis=0)
    np.testing.assert_allclose(mean, np.arange(1, 979) / 978, atol=0.02)


def test_repeats_need_two_signatures() -> None:
    ranks = unit_ranks(np.array([[1.0, 2, 3, 4], [1, 2, 3, 4]]))
    assert repeat_recovery(ranks[:1], np.array(["a"]), "up", 2) is None
    found = repeat_recovery(ranks, np.array(["a", "a"]), "up", 2)
    np.testing.assert_allclose(found, [0.5, 1, 1, 1])


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_has_every_line_of_the_figure(count: int) -> None:
    rng = np.random.default_rng(3)
    each, sources = unit_ranks(rng.normal(size=(count, 300))), np.array(["a"] * count)
    measured = Measured(count, 1, mean_ranks(each, sources), each, sources, False)
    table = recovery_table(measured, rng.normal(size=300), rng.normal(size=300))
    assert list(table) == ["genes", "up", "down", "drug_free", "repeat", "luck"]
    assert table["repeat"].notna().all() == (count > 1)
    assert (table[["up", "down", "drug_free", "luck"]].iloc[-1] == 1).all()
    assert (np.diff(table["up"]) >= 0).all()
