"""What is common to all compounds, and the controls: by hand."""

import numpy as np
import pandas as pd
import pytest

from badger_core.repurpose.connectivity import WTCS
from badger_core.repurpose.controls import (
    INERT,
    NOT_INDICATED,
    drug_free,
    drug_specific,
    mark,
    own_effect,
)
from badger_core.repurpose.indications import NOT
from badger_core.repurpose.line_scores import line_scores

CHANGES = np.array([[[1, 2, 3], [3, 2, 1], [2, 2, 2]], [[0, 0, 3], [0, 0, 0], [0, 0, 0]]], float)


def with_changes(predictions, changes):
    return predictions._replace(changes=changes.astype(np.float32))


def test_the_mean_of_the_library_is_taken_off_each_line(measured):
    found = drug_specific(with_changes(measured, CHANGES)).changes
    assert found.dtype == np.float32
    expected = [[[-1, 0, 1], [1, 0, -1], [0, 0, 0]], [[0, 0, 2], [0, 0, -1], [0, 0, -1]]]
    np.testing.assert_allclose(found, expected)


def test_the_own_effect_is_the_mean_over_lines_of_what_is_left(measured):
    sizes = np.array([[2, 2, 0], [4, 1, 1]]) / 3
    expected = np.sqrt(sizes).mean(axis=0)
    found = own_effect(with_changes(measured, CHANGES))
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_the_least_specific_without_a_use_are_inert_a_quarter_at_most():
    judged = ["", "known treatment", NOT, "", "", "", "", ""]
    known = pd.DataFrame({"known": judged})
    effect = np.array([0.9, 0.1, 0.2, 0.3, 0.5, 0.4, 0.8, 0.7])
    assert mark(known, effect).tolist() == ["", "", NOT_INDICATED, INERT, "", INERT, "", ""]
    assert mark(known, effect, count=1).tolist().count(INERT) == 1


def test_no_drug_is_the_mean_prediction_of_each_line(measured, melanoma):
    library = line_scores(measured.changes, [melanoma], WTCS)[0]
    found = drug_free(measured, library, melanoma)
    mean = measured.changes.mean(axis=1, keepdims=True, dtype=float)
    expected = line_scores(mean, [melanoma], WTCS)[0][0]
    np.testing.assert_allclose(found.lines, expected)
    assert found.score == pytest.approx(expected.mean())
