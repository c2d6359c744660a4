"""Likeness of compounds and lines, by hand and on the real bundle."""

import numpy as np
import pytest
from sklearn.metrics import pairwise_distances

from badger_core.data.featurise import CellFeatures, reference_lines
from badger_core.data.likeness import compound_likeness, jaccard, line_cosine


@pytest.fixture(scope="module")
def cells(bundle):
    return CellFeatures(bundle.cells, reference_lines(bundle.cells, frozenset()), frozenset())


def test_a_compound_is_most_like_itself_and_its_close_analogue(bundle):
    names = ["vemurafenib", "PLX-4720", "aspirin"]
    keys = [bundle.library.find(name).ik14 for name in names]
    likeness = compound_likeness(bundle.library, keys)
    assert np.diag(likeness) == pytest.approx([3, 3, 3])  # structure, mechanism and targets known
    assert likeness[0, 1] > 1.5 > likeness[0, 2]
    assert (likeness == likeness.T).all()


def test_jaccard_by_hand():
    rows = np.array([[1, 1, 0, 0], [1, 0, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]], np.float32)
    # One shared of four joint; nothing is known of the last two, not even that they are alike.
    expected = [[1, 0.25, 0, 0], [0.25, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert jaccard(rows).tolist() == expected


def test_jaccard_agrees_with_scikit_learn():
    rows = np.random.default_rng(88).random((12, 30)) < 0.3
    expected = 1 - pairwise_distances(rows, metric="jaccard")
    assert jaccard(rows.astype(np.float32)) == pytest.approx(expected, abs=1e-6)


def test_lines_of_one_tissue_are_more_alike_and_an_unknown_line_only_is_itself(cells):
    likeness = line_cosine(cells, ["MCF7", "T47D", "A375", "SKL", "HCC15"])
    assert likeness[0, 1] > likeness[0, 2]
    assert likeness[4].tolist() == [0, 0, 0, 0, 1]
    assert likeness.min() >= 0
    assert np.diag(likeness).tolist() == [1] * 5


def test_the_cosine_of_lines_is_that_of_their_features_and_never_negative(cells):
    names = ["MCF7", "T47D", "A375", "K562"]
    features = [cells.of_line(name).astype(np.float64) for name in names]
    by_hand = [
        [max(a @ b / np.linalg.norm(a) / np.linalg.norm(b), 0) for b in features] for a in features
    ]
    assert line_cosine(cells, names) == pytest.approx(np.array(by_hand), abs=1e-5)
