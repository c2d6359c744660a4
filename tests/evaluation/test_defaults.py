"""What is left out means what the documents say: bins, draws, seeds, neighbours, direction."""

import numpy as np
import pandas as pd
import pytest

from badger_core.evaluation.metrics import HEAD_CUTS, METRICS, NDCG_CUTS, metric_named
from badger_core.evaluation.plain import nearest_mean
from badger_core.evaluation.reliability import expected_calibration_error, rank_correlation
from badger_core.evaluation.rows import as_rows
from badger_core.evaluation.sensitivity import bootstrap, difference, resampled

RNG = np.random.default_rng(21)
CONFIDENCE = RNG.uniform(size=97)
OUTCOME = CONFIDENCE**2 + RNG.normal(0, 0.1, 97)
TABLE = pd.DataFrame(
    {
        "truth": OUTCOME,
        "predicted": CONFIDENCE,
        "drug": RNG.integers(0, 9, 97).astype(str),
        "line": RNG.integers(0, 7, 97).astype(str),
    }
)


def test_a_calibration_error_is_over_ten_bins() -> None:
    luck = RNG.uniform(size=97)
    found = [expected_calibration_error(CONFIDENCE, luck, bins) for bins in (9, 10, 11)]
    assert expected_calibration_error(CONFIDENCE, luck) == found[1]
    assert len(set(found)) == 3


def test_an_interval_is_of_the_draws_that_are_written_down() -> None:
    assert rank_correlation(CONFIDENCE, OUTCOME, TABLE["drug"]) == rank_correlation(
        CONFIDENCE, OUTCOME, TABLE["drug"], draws=500, seed=88, level=0.95
    )
    other = TABLE["predicted"].to_numpy() ** 3 - TABLE["truth"].to_numpy()
    for short, long in (
        (bootstrap("auc", TABLE, "drug"), bootstrap("auc", TABLE, "drug", 1000, 0, 0.95)),
        (
            difference("auc", TABLE, other, "drug"),
            difference("auc", TABLE, other, "drug", 1000, 0, 0.95),
        ),
    ):
        assert str(short) == str(long)
    ours = resampled("auc", TABLE, "drug")
    for name, values in resampled("auc", TABLE, "drug", 1000, 0).items():
        np.testing.assert_array_equal(ours[name], values)


def test_five_neighbours_are_averaged() -> None:
    likeness, change = RNG.uniform(size=(3, 12)), RNG.normal(size=(12, 4))
    five = nearest_mean(likeness, change, k=5)
    np.testing.assert_array_equal(nearest_mean(likeness, change), five)
    assert not np.array_equal(five, nearest_mean(likeness, change, k=6))


def test_rows_are_the_right_way_up() -> None:
    assert as_rows([1.0, 2.0], [3.0, 1.0]).score.tolist() == [[3.0, 1.0]]


@pytest.mark.parametrize("direction", ["up", "down"])
def test_every_metric_of_a_head_is_there(direction: str) -> None:
    wanted = {f"{m}_{direction}_{k}" for m in ("ndcg", "ndcg_corrected") for k in NDCG_CUTS}
    heads = ("precision", "hit_ratio", "jaccard")
    wanted |= {f"{m}_{direction}_{k}" for m in heads for k in HEAD_CUTS} | {f"ap_{direction}"}
    assert {name for name in METRICS if f"_{direction}" in name} == wanted
    assert {metric_named(name).name for name in wanted} == wanted
