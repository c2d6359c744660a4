"""Intervals hold what they promise, by hand and on drawn data."""

import numpy as np
import pytest

from badger_core.response.confidence import LEVEL, WORDS, Bins, calibration_error, word


def drawn(n: int, seed: int) -> tuple[np.ndarray, ...]:
    """Errors that grow as likeness falls."""
    rng = np.random.default_rng(seed)
    likeness, predicted = rng.random(n), rng.normal(13, 2, n)
    truth = predicted + rng.normal(size=n) * (2 - likeness)
    return likeness, predicted, truth, np.arange(n)


def test_intervals_hold_their_share_everywhere_and_widen_with_novelty() -> None:
    bins = Bins.fit("auc", *drawn(20_000, 0))
    likeness, predicted, truth, _ = drawn(20_000, 1)
    low, high, sure = bins.at(likeness, predicted)
    inside = (low <= truth) & (truth <= high)
    assert inside.mean() == pytest.approx(LEVEL, abs=0.015)
    for part in (likeness < 0.2, likeness > 0.8):
        assert inside[part].mean() == pytest.approx(LEVEL, abs=0.04)
    width = high - low
    assert width[likeness < 0.2].mean() > width[likeness > 0.8].mean() + 0.5
    assert sure[likeness < 0.2].mean() < sure[likeness > 0.8].mean()


def test_one_likeness_is_one_bin() -> None:
    _, predicted, truth, cluster = drawn(1000, 2)
    bins = Bins.fit("auc", np.ones(1000), predicted, truth, cluster)
    assert bins.low.shape[0] == 1
    assert bins.at(np.ones((3, 2)), np.full((3, 2), 13.0)).low.shape == (3, 2)


def test_a_class_interval_holds_the_prediction_and_the_share() -> None:
    rng = np.random.default_rng(3)
    chance = rng.random(5000)
    truth = (rng.random(5000) < chance).astype(float)
    bins = Bins.fit("class", np.ones(5000), chance, truth, rng.integers(0, 200, 5000))
    low, high, sure = bins.at(np.ones(5000), chance)
    assert ((low <= chance) & (chance <= high)).all()
    assert (low >= 0).all()
    assert (high <= 1).all()
    middle = np.abs(chance - 0.5) < 0.1
    assert sure[middle].mean() < 0.7 < sure[chance > 0.9].mean()


def test_fewer_clusters_are_less_sure() -> None:
    rng = np.random.default_rng(4)
    chance = rng.random(2000)
    truth = (rng.random(2000) < chance).astype(float)
    few, many = (
        Bins.fit("class", np.ones(2000), chance, truth, np.arange(2000) % n) for n in (5, 500)
    )
    assert ((few.high - few.low) > (many.high - many.low)).all()


def test_calibration_error_by_hand() -> None:
    chance = np.array([0.2, 0.2, 0.8, 0.8])
    assert calibration_error(chance, np.array([0, 1, 1, 1.0]), 2) == pytest.approx(0.25)
    assert calibration_error(np.full(4, 0.75), np.array([1, 1, 1, 0.0]), 1) == 0


@pytest.mark.parametrize("kind", ["class", "auc"])
def test_words_fall_with_assurance(kind: str) -> None:
    assert [word(kind, sure) for sure in (1.0, WORDS[kind][1][0], 0.0)] == ["high", "medium", "low"]
