"""What must hold of every metric, and agreement with SciPy and scikit-learn."""

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import average_precision_score, ndcg_score, roc_auc_score

from badger_core.evaluation.metrics import (
    METRICS,
    auroc_sets,
    average_precision,
    chance_corrected_ndcg,
    expected_ndcg_at_k,
    hit_ratio_at_k,
    kendall,
    mean_average_precision,
    metric_named,
    ndcg_at_k,
    pearson,
    precision_at_k,
    spearman,
)

TRUTH = np.array([2.0, -3.0, 4.0, 0.0, 1.0, -1.0])


# Invariants --------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [name for name in METRICS if "_up" in name])
def test_up_is_not_down_but_its_mirror(
    name: str, signatures: np.ndarray, predictions: np.ndarray
) -> None:
    up, down = metric_named(name), metric_named(name.replace("_up", "_down"))
    found = up.function(signatures, predictions)
    assert not np.allclose(found, down.function(signatures, predictions))
    assert found == pytest.approx(down.function(-signatures, -predictions))


@pytest.mark.parametrize("name", METRICS)
def test_perfect_beats_chance_and_chance_beats_the_opposite(
    name: str, signatures: np.ndarray
) -> None:
    metric = metric_named(name)
    perfect, constant, opposite = (
        metric.function(signatures, score).mean()
        for score in (signatures, np.zeros_like(signatures), -signatures)
    )
    assert metric.better(perfect, constant)
    assert metric.better(constant, opposite)
    if name != "rmse":
        assert perfect == pytest.approx(1.0)


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_constant_score_gets_exactly_chance(direction: str, signatures: np.ndarray) -> None:
    flat = np.full_like(signatures, 0.1)
    for k in (10, 100, 978):
        expected = expected_ndcg_at_k(signatures, k, direction)
        assert ndcg_at_k(signatures, flat, k, direction) == pytest.approx(expected)
        corrected = chance_corrected_ndcg(signatures, flat, k, direction)
        assert corrected == pytest.approx(np.zeros(20), abs=1e-9)
        assert precision_at_k(signatures, flat, k, direction) == pytest.approx([200 / 978] * 20)
        assert hit_ratio_at_k(signatures, flat, k, direction) == pytest.approx([k / 978] * 20)
    assert average_precision(signatures, flat, direction) == pytest.approx([200 / 978] * 20)
    for correlation in (spearman, pearson, kendall):
        assert (correlation(signatures, flat) == 0).all()


def test_ties_earn_the_mean_over_their_orders() -> None:
    score = np.array([3.0, 2.0, 2.0, 2.0, 1.0, 1.0])
    rng = np.random.default_rng(5)
    broken = score + rng.uniform(0, 0.5, size=(20_000, 6))
    truth = np.broadcast_to(TRUTH, broken.shape)
    for name in ("ndcg", "precision", "hit"):
        metric = {
            "ndcg": lambda t, s: ndcg_at_k(t, s, 3, "up"),
            "precision": lambda t, s: precision_at_k(t, s, 3, "up", relevant=2),
            "hit": lambda t, s: hit_ratio_at_k(t, s, 3, "up"),
        }[name]
        assert metric(TRUTH, score)[0] == pytest.approx(metric(truth, broken).mean(), abs=0.01)


def test_a_random_order_gets_the_expected_ndcg_on_average() -> None:
    rng = np.random.default_rng(7)
    truth = rng.normal(size=978)
    many = np.broadcast_to(truth, (3000, 978))
    random = rng.random(many.shape)
    for k in (100, 978):
        for direction in ("up", "down"):
            found = ndcg_at_k(many, random, k, direction)
            expected = expected_ndcg_at_k(truth, k, direction)[0]
            assert abs(found.mean() - expected) < 4 * found.std() / np.sqrt(3000)
    assert 0.65 < expected_ndcg_at_k(truth, 978, "up")[0] < 0.75


@pytest.mark.parametrize("name", METRICS)
def test_an_unmeasured_gene_is_as_if_absent(name: str) -> None:
    rng = np.random.default_rng(11)
    truth, score = rng.normal(size=(2, 300))
    measured = rng.random(300) > 0.1
    holed = np.where(measured, truth, np.nan)
    function = metric_named(name).function
    assert function(holed, score) == pytest.approx(function(truth[measured], score[measured]))


@pytest.mark.parametrize("name", METRICS)
def test_the_order_of_genes_and_rows_does_not_matter(
    name: str, signatures: np.ndarray, predictions: np.ndarray
) -> None:
    function = metric_named(name).function
    genes = np.random.default_rng(3).permutation(978)
    together = function(signatures, predictions)
    assert together.shape == (20,)
    assert function(signatures[:, genes], predictions[:, genes]) == pytest.approx(together)
    alone = [function(t, s)[0] for t, s in zip(signatures, predictions, strict=True)]
    assert alone == pytest.approx(together)


@pytest.mark.parametrize("name", METRICS)
def test_what_has_no_meaning_is_nan(name: str) -> None:
    nothing = np.full((1, 978), np.nan)
    assert np.isnan(metric_named(name).function(nothing, np.ones((1, 978)))).all()
    assert metric_named(name).function(np.empty((0, 978)), np.empty((0, 978))).shape == (0,)


def test_a_signature_without_raised_genes_has_no_up_ndcg() -> None:
    assert np.isnan(ndcg_at_k([-1.0, -2.0], [1.0, 2.0], 2, "up")).all()
    assert np.isnan(chance_corrected_ndcg([1.0, 1.0], [1.0, 2.0], 2, "up")).all()
    assert np.isnan(spearman([1.0, 1.0], [1.0, 2.0])).all()
    assert np.isnan(mean_average_precision([[np.nan]], [[1.0]], "up"))


# Against other implementations -------------------------------------------------------------------
def test_correlations_agree_with_scipy(signatures: np.ndarray, predictions: np.ndarray) -> None:
    truth, score = np.round(signatures, 1), np.round(predictions, 1)  # with many ties
    for ours, theirs in (
        (spearman, stats.spearmanr),
        (kendall, stats.kendalltau),
        (pearson, stats.pearsonr),
    ):
        each = [theirs(t, s).statistic for t, s in zip(truth, score, strict=True)]
        assert ours(truth, score) == pytest.approx(each)


@pytest.mark.parametrize("digits", [6, 1])
@pytest.mark.parametrize("k", [10, 200, 978])
def test_ndcg_agrees_with_scikit_learn(
    k: int, digits: int, signatures: np.ndarray, predictions: np.ndarray
) -> None:
    score = np.round(predictions, digits)
    gain = np.maximum(signatures, 0)
    each = [ndcg_score([g], [s], k=k) for g, s in zip(gain, score, strict=True)]
    assert ndcg_at_k(signatures, score, k, "up") == pytest.approx(each)


@pytest.mark.parametrize("digits", [6, 1])
def test_average_precision_agrees_with_scikit_learn(
    digits: int, signatures: np.ndarray, predictions: np.ndarray
) -> None:
    score = np.round(predictions, digits)
    relevant = np.argsort(np.argsort(-signatures, axis=1), axis=1) < 200
    each = [average_precision_score(r, s) for r, s in zip(relevant, score, strict=True)]
    assert average_precision(signatures, score, "up") == pytest.approx(each)


def test_auroc_agrees_with_scikit_learn(predictions: np.ndarray) -> None:
    score = np.round(predictions[0], 1)
    genes = np.random.default_rng(4).permutation(978)
    up, down, rest = genes[:50], genes[50:80], genes[80:]

    def theirs(positive: np.ndarray, negative: np.ndarray, sign: int) -> float:
        labels = np.repeat([1, 0], [len(positive), len(negative)])
        return roc_auc_score(labels, sign * score[np.concatenate([positive, negative])])

    expected = (theirs(up, down, 1), theirs(up, rest, 1), theirs(down, rest, -1))
    assert auroc_sets(score, up, down) == pytest.approx(expected)
