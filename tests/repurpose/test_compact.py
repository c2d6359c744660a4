"""Predictions on a common basis come back as they were, within the step."""

from fractions import Fraction

import numpy as np
import pytest

from badger_core.repurpose.compact import (
    STEP,
    Compact,
    common_basis,
    compacted,
    restored,
    scatter,
)


@pytest.fixture
def lines():
    """Two lines of 40 compounds on 12 genes that differ in 3 directions about a mean."""
    rng = np.random.default_rng(3)
    directions = np.linalg.qr(rng.normal(size=(12, 3)))[0].T
    return [
        (rng.normal(size=12) + rng.normal(size=(40, 3)) @ directions).astype(np.float32)
        for _ in range(2)
    ]


def test_few_directions_are_kept_within_half_a_step_each(lines):
    basis = common_basis([scatter(line) for line in lines], 3)
    assert (basis.shape, basis.dtype) == ((3, 12), np.float16)
    for line in lines:
        kept = compacted(line, basis)
        assert (kept.coefficients.shape, kept.coefficients.dtype) == ((3, 40), np.int16)
        error = restored(kept, basis) - line
        # Half a step in three directions, and float16 in the basis (half of 2^-11 of an entry).
        assert np.linalg.norm(error, axis=1).max() < 0.5 * STEP * np.sqrt(3) + 6 * 2**-11


def test_scatter_by_hand():
    assert scatter(np.array([[1.0, 0.0], [3.0, 4.0]])).tolist() == [[2, 4], [4, 8]]


def test_the_basis_is_sorted_signed_and_orthonormal(lines):
    sums = [scatter(line) for line in lines]
    basis = common_basis(sums, 12).astype(float)
    assert basis @ basis.T == pytest.approx(np.eye(12), abs=2e-3)
    spread = np.einsum("rg,gh,rh->r", basis, sum(sums), basis)
    assert (np.diff(spread) <= 1e-3 * spread[0]).all()
    assert (basis[np.arange(12), np.abs(basis).argmax(axis=1)] > 0).all()
    assert len(common_basis(sums, 99)) == 12


def test_what_is_too_large_is_cut_and_not_turned():
    basis = np.eye(2, dtype=np.float16)
    kept = compacted(np.array([[500.0, 0.0], [-500.0, 0.0]], np.float32), basis)
    assert kept.coefficients.tolist() == [[32767, -32767], [0, 0]]


def test_what_is_restored_does_not_depend_on_the_order_of_adding():
    rng = np.random.default_rng(5)
    basis = rng.normal(scale=0.03, size=(384, 30)).astype(np.float16)
    whole = rng.integers(-32767, 32768, (384, 50)).astype(np.int16)
    mean = rng.normal(size=30).astype(np.float32)
    found = restored(Compact(mean, whole), basis)
    order = rng.permutation(384)
    assert np.array_equal(restored(Compact(mean, whole[order]), basis[order]), found)
    one = sum(int(c) * Fraction(float(b)) for c, b in zip(whole[:, 7], basis[:, 3], strict=True))
    assert found[7, 3] == np.float32(mean[3] + float(one) * STEP)
