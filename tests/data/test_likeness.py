"""Likeness of compounds and lines on the real bundle."""

import numpy as np
import pytest

from badger_core.data.featurise import CellFeatures, reference_lines
from badger_core.data.likeness import compound_likeness, line_likeness


def test_a_compound_is_most_like_itself_and_its_close_analogue(bundle):
    names = ["vemurafenib", "PLX-4720", "aspirin"]
    keys = [bundle.library.find(name).ik14 for name in names]
    likeness = compound_likeness(bundle.library, keys)
    assert np.diag(likeness) == pytest.approx([3, 3, 3])  # structure, mechanism and targets known
    assert likeness[0, 1] > 1.5 > likeness[0, 2]
    assert (likeness == likeness.T).all()


def test_lines_of_one_tissue_are_more_alike_and_an_unknown_line_only_is_itself(bundle):
    cells = CellFeatures(bundle.cells, reference_lines(bundle.cells, frozenset()), frozenset())
    likeness = line_likeness(cells, ["MCF7", "T47D", "A375", "SKL", "HCC15"])
    assert likeness[0, 1] > likeness[0, 2]
    assert likeness[4].tolist() == [0, 0, 0, 0, 1]
