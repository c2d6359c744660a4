"""Gene vectors by hand on matrices with blocks, and the same every time."""

import numpy as np
import pytest

from badger_core.genes.vectors import membership_vectors, network_vectors, response_vectors

FIRST = np.array([1.0, 1, -2, 0, 0, 0])  # genes 0-2 move together, and so do genes 3-5
SECOND = np.array([0.0, 0, 0, 1, -2, 1])


def test_response_vectors_by_hand():
    # Three signatures of one block and one of the other: the singular values are sqrt(3) and 1,
    # the directions FIRST and SECOND turned so that their largest entry is positive.
    change = np.stack([5 * FIRST, FIRST, -2 * FIRST, SECOND])
    raw = np.stack([-FIRST / np.sqrt(2), -SECOND / np.sqrt(6)], axis=1)
    expected = raw / np.sqrt((raw**2).mean())
    assert response_vectors(change, 2) == pytest.approx(expected, abs=1e-5)


def test_response_vectors_do_not_see_strength_nor_a_common_shift():
    change = np.stack([FIRST, -FIRST, SECOND])
    scaled = change * [[3], [0.1], [7]] + [[1], [2], [-5]]
    assert response_vectors(scaled, 2) == pytest.approx(response_vectors(change, 2), abs=1e-5)


def test_a_signature_without_change_adds_nothing():
    change = np.stack([FIRST, FIRST, SECOND])
    with_none = np.vstack([change, np.zeros(6)])
    assert response_vectors(with_none, 2) == pytest.approx(response_vectors(change, 2), abs=1e-5)


def test_response_vectors_of_real_signatures_are_the_same_every_time(conditions):
    change = conditions.change[:60]
    first = response_vectors(change, 8)
    assert (first == response_vectors(change, 8)).all()
    assert first.shape == (978, 8)
    assert (first**2).mean() == pytest.approx(1, abs=1e-4)
    largest = np.abs(first).argmax(axis=0)
    assert (first[largest, np.arange(8)] > 0).all()  # the sign is fixed, not left to the algorithm


def test_response_vectors_agree_with_a_full_decomposition(conditions):
    rows = conditions.change[:12].astype(np.float64)
    rows -= rows.mean(axis=1, keepdims=True)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    left, values, _ = np.linalg.svd(rows.T, full_matrices=False)
    expected = np.abs(left[:, :2] * values[:2])
    found = np.abs(response_vectors(conditions.change[:12], 2))
    assert found / found[0, 0] == pytest.approx(expected / expected[0, 0], rel=1e-3, abs=1e-3)


def test_network_vectors_are_alike_within_a_part_and_zero_without_an_edge():
    triangles = [[10, 11], [11, 12], [10, 12], [20, 21], [21, 22], [20, 22]]
    genes = np.array([12, 10, 22, 20, 99])
    vectors = network_vectors(np.array(triangles), genes, 2)
    assert vectors[0] == pytest.approx(vectors[1], abs=1e-5)
    assert vectors[2] == pytest.approx(vectors[3], abs=1e-5)
    assert vectors[0] @ vectors[2] == pytest.approx(0, abs=1e-5)
    assert np.linalg.norm(vectors, axis=1)[:4].min() > 0.1
    assert (vectors[4] == 0).all()


def test_membership_vectors_are_alike_in_the_same_sets_and_zero_in_none():
    sets = [np.array([1, 2]), np.array([3, 4, 77])]  # 77 is not asked for
    vectors = membership_vectors(sets, np.array([1, 2, 3, 4, 5]), 2)
    assert vectors[0] == pytest.approx(vectors[1], abs=1e-5)
    assert vectors[2] == pytest.approx(vectors[3], abs=1e-5)
    assert vectors[0] @ vectors[2] == pytest.approx(0, abs=1e-5)
    assert np.linalg.norm(vectors, axis=1)[:4].min() > 0.1
    assert vectors[4] == pytest.approx(0, abs=1e-5)


def test_the_bundled_vectors_cover_the_panel(bundle):
    vectors = bundle.gene_vectors
    assert vectors.shape == (978, 96)
    assert np.isfinite(vectors).all()
    assert (np.abs(vectors).sum(axis=1) > 0).mean() > 0.85  # the others have no edge and no set
