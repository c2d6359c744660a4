"""Scores over lines: by hand, and never the best line."""

import numpy as np
import pytest

from badger_core.errors import SettingError
from badger_core.repurpose.aggregate import (
    MAXIMUM_QUANTILE,
    SUMMARIES,
    maximum_quantile,
    mean,
    over_lines,
)

GAP = np.nan


def test_the_mean_by_hand():
    scores = np.array([[-0.6, -0.2, GAP], [GAP, GAP, GAP], [0.3, -0.3, 0.3]])
    np.testing.assert_allclose(mean(scores), [-0.4, GAP, 0.1])


def test_the_maximum_quantile_by_hand():
    # 33 % of four values lies at place .99, 67 % at 2.01
    down = [-0.8, -0.6, 0.0, 0.1]
    low = -0.8 + 0.99 * 0.2
    np.testing.assert_allclose(maximum_quantile([down]), [low])
    np.testing.assert_allclose(maximum_quantile(-np.array([down])), [-low])
    np.testing.assert_allclose(maximum_quantile([[0.5, GAP], [GAP, GAP]]), [0.5, GAP])
    np.testing.assert_allclose(maximum_quantile([[-1.0, 1.0]]), [0.34])
    assert maximum_quantile([[-1.0, -1.0, 1.0, 1.0]]).tolist() == [1.0]  # the tie goes up


def test_everything_by_hand():
    found = over_lines([[-0.6, -0.2, 0.2, GAP], [0.4, GAP, GAP, GAP], [-0.1, 0.1, GAP, GAP]])
    np.testing.assert_allclose(found.score, [-0.2, 0.4, 0], atol=1e-15)
    np.testing.assert_allclose(found.agreement, [2 / 3, 1, GAP])
    np.testing.assert_allclose(found.spread, [0.4, GAP, np.sqrt(0.02)])
    assert found.n_lines.tolist() == [3, 1, 2]


@pytest.mark.parametrize("summary", SUMMARIES)
def test_a_drug_that_reverses_in_one_line_only_is_not_first(summary):
    one_line = [-1.0, 0.05, 0.0, 0.05, 0.1]
    steady = [-0.3, -0.35, -0.3, -0.25, -0.3]
    score = over_lines([one_line, steady], summary).score
    assert score[1] < score[0]


@pytest.mark.parametrize("summary", SUMMARIES)
def test_the_order_of_lines_does_not_matter(summary):
    scores = np.random.default_rng(2).normal(size=(20, 7))
    scores[3, 2:] = GAP
    turned = over_lines(scores[:, ::-1], summary)
    for here, there in zip(over_lines(scores, summary), turned, strict=True):
        np.testing.assert_allclose(here, there)


def test_even_disagreement_turns_the_maximum_quantile_and_not_the_mean():
    nearly = np.array([[-0.5, -0.5, 0.5, 0.51], [-0.51, -0.5, 0.5, 0.5]])
    assert np.abs(over_lines(nearly).score).max() < 0.01
    assert np.sign(over_lines(nearly, MAXIMUM_QUANTILE).score).tolist() == [1, -1]


def test_what_does_not_fit_is_said():
    with pytest.raises(SettingError, match="Choose one of mean, max-quantile"):
        over_lines([[1.0]], "best")
