"""Features of targets come from the network alone, under whichever name it uses."""

import numpy as np
import pandas as pd
import pytest

from badger_core.data.perturbation import string_edges
from badger_core.perturbation.features import neighbours_of, symbol_in, target_features

STAR = pd.DataFrame({"a": ["A", "A", "C", "X"], "b": ["C", "D", "E", "Y"]})


@pytest.mark.parametrize(
    ("symbol", "there", "found"),
    [
        ("STAT1", {"STAT1"}, "STAT1"),
        ("MARCH8", {"MARCHF8"}, "MARCHF8"),
        ("MARCHF8", {"MARCH8"}, "MARCH8"),
        ("SEPT2", {"SEPTIN2"}, "SEPTIN2"),
        ("MARCH8", {"MARCHF9"}, None),
        ("MARCHF", {"MARCH"}, None),
        ("", {"A"}, None),
    ],
)
def test_a_symbol_is_found_under_the_name_of_2020_too(symbol, there, found):
    assert symbol_in(symbol, there) == found


def test_neighbours_by_hand():
    assert neighbours_of(["A", "C", "Y", "Z"], STAR) == [["C", "D"], ["A", "E"], ["X"], []]


def test_an_unknown_target_has_no_features_and_is_said_to():
    found = target_features(["A", "Z"], STAR, dims=2)
    assert found.known.tolist() == [True, False]
    assert (found.values[1] == 0).all()
    assert (found.values[0] != 0).any()
    assert np.isfinite(found.values).all()


def test_targets_of_the_screen_are_known_and_kin_lie_close(screen):
    names = screen.targets()
    found = target_features(names, string_edges(), dims=32)
    assert found.known.all()
    assert found.values.shape == (25, 32)
    unit = found.values / np.linalg.norm(found.values, axis=1, keepdims=True)
    alike = unit @ unit.T
    at = {name: i for i, name in enumerate(names)}
    assert alike[at["STAT1"], at["STAT3"]] > alike[at["STAT1"], at["CUL3"]]
    assert alike[at["IFNGR1"], at["IFNGR2"]] > alike[at["IFNGR1"], at["BRD4"]]
    again = target_features(names[::-1], string_edges(), dims=32)
    np.testing.assert_allclose(again.values[::-1], found.values, atol=1e-5)
    assert "JAK2" in found.neighbours[at["IFNGR2"]]
