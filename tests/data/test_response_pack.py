"""Packing loses at most half a thousandth, and nothing of a missing value or a bit."""

import numpy as np
import pytest

from badger_core.data.response_drugs import connected
from badger_core.data.response_pack import packed, packed_bits, unpacked, unpacked_bits


def test_values_come_back_to_within_half_a_thousandth():
    values = np.array([[0.0, 29.35, -3.1416], [np.nan, 16.63159, 1e-4]])
    found = unpacked(packed(values))
    np.testing.assert_allclose(found, values, atol=5.1e-4)
    assert np.isnan(found[1, 0])
    assert packed(values).dtype == np.int16


def test_bits_come_back():
    bits = np.random.default_rng(0).integers(0, 2, size=(5, 2048)).astype(np.uint8)
    assert packed_bits(bits).shape == (5, 256)
    np.testing.assert_array_equal(unpacked_bits(packed_bits(bits)), bits)


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [([], [0, 1, 2, 3]), ([(0, 2), (3, 2)], [0, 1, 0, 0]), ([(1, 1)], [0, 1, 2, 3])],
)
def test_what_is_linked_over_others_is_one_group(pairs, groups):
    assert connected(4, pairs).tolist() == groups
