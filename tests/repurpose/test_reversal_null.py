"""Chance over lines: p of each compound and of the list as a whole, by hand."""

import numpy as np
import pytest

from badger_core.repurpose.aggregate import MEAN
from badger_core.repurpose.connectivity import WTCS
from badger_core.repurpose.reversal import _mean
from badger_core.repurpose.reversal_null import against

GAP = np.nan
NULL = np.array([[0.3, -0.6, 0.4], [0.1, -0.5, 0.4], [0.2, -0.4, 0.4]])


def found(null, own, depth=1):
    return against(np.array(null)[..., None], np.array(own), WTCS, MEAN, depth)


def test_p_counts_permutations_that_are_as_low():
    p, _ = found(NULL, [0.2, -0.5, GAP])
    np.testing.assert_allclose(p, [0.75, 0.75, GAP])


def test_the_list_is_as_deep_as_its_last():
    # second best: .2 of its own; .3, .1 and .2 of the permutations
    assert found(NULL, [0.2, -0.5, GAP], depth=2)[1] == 0.75
    assert found(NULL, [0.2, -0.5, GAP], depth=1)[1] == 0.75  # -.5; -.6, -.5 and -.4
    assert found(NULL, [-0.9, -0.8, -0.7], depth=3)[1] == 0.25


@pytest.mark.parametrize(
    ("own", "drawn", "counts"),
    [
        (-50.0, -50.0 + 3e-5, True),
        (-50.0, -50.0 + 7e-5, False),
        (-0.5, -0.5 + 8e-7, True),
        (-0.5, -0.5 + 1.5e-6, False),
    ],
)
def test_what_rounding_leaves_is_a_tie(own, drawn, counts):
    assert found([[drawn]], [own])[0].tolist() == [1.0 if counts else 0.5]


def test_the_mean_over_lines_leaves_gaps_out():
    values = np.array([[1.0, GAP, GAP, 2.0], [3.0, 5.0, GAP, 2.0]])
    np.testing.assert_array_equal(_mean(values), [2.0, 5.0, GAP, 2.0])
