"""Stored numbers: near the given ones, gaps kept, and free of how blocks are cut."""

import numpy as np

from badger_core.data.build.signatures import FINE, MISSING
from badger_core.data.imports.packing import pack


def unpacked(packed):
    values = packed.values * packed.unit[:, None]
    return np.where(packed.values == MISSING, np.nan, values)


def test_values_come_back_within_half_a_step():
    values = np.random.default_rng(0).normal(0, 3, (300, 40)).astype(np.float32)
    packed = pack(values)
    assert np.abs(unpacked(packed) - values).max() < 0.51 * FINE
    assert np.allclose(packed.strength, np.sqrt((values**2).mean(axis=1)), rtol=1e-5)
    assert (packed.measured == 40).all()


def test_gaps_and_large_values():
    values = np.ones((3, 4), np.float32)
    values[0, 1], values[1, 2], values[2] = np.nan, 500.0, np.inf
    packed = pack(values)
    back = unpacked(packed)
    assert np.isnan(back[0, 1])
    assert packed.measured.tolist() == [3, 4, 0]
    assert abs(back[1, 2] - 500) < 0.02
    assert packed.unit[1] > FINE
    assert np.isnan(back[2]).all()
    assert packed.strength[2] == 0


def test_a_row_does_not_depend_on_its_neighbours():
    values = np.random.default_rng(1).normal(0, 20, (257, 9)).astype(np.float32)
    values[5, 3] = np.nan
    whole = pack(values)
    for name in whole._fields:
        parts = [getattr(pack(values[i : i + 50]), name) for i in range(0, 257, 50)]
        assert np.concatenate(parts).tobytes() == getattr(whole, name).tobytes()
