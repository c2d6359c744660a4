"""Similarity: RDKit's Tanimoto, empty fingerprints and the order of neighbours."""

import numpy as np
import pytest
from rdkit import Chem, DataStructs
from rdkit.Chem import rdFingerprintGenerator

from badger_core.chem.fingerprint import morgan_bits
from badger_core.chem.similarity import nearest, tanimoto


@pytest.fixture
def library(drug_smiles) -> np.ndarray:
    return np.stack([morgan_bits(smiles) for smiles in drug_smiles.values()])


def test_by_hand():
    bits = np.array([1, 1, 0, 0], dtype=np.uint8)
    others = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1], [1, 1, 1, 1]], dtype=np.uint8)
    np.testing.assert_allclose(tanimoto(bits, others), [1, 1 / 3, 0, 1 / 2])


def test_agrees_with_rdkit(drug_smiles, library):
    generator = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=1024)
    prints = [generator.GetFingerprint(Chem.MolFromSmiles(s)) for s in drug_smiles.values()]
    for row, fingerprint in zip(library, prints, strict=True):
        theirs = DataStructs.BulkTanimotoSimilarity(fingerprint, prints)
        np.testing.assert_allclose(tanimoto(row, library), theirs, rtol=0, atol=1e-12)


def test_empty_fingerprints_give_zero():
    empty = np.zeros(16, dtype=np.uint8)
    some = np.ones(16, dtype=np.uint8)
    np.testing.assert_array_equal(tanimoto(empty, np.stack([empty, some])), [0, 0])
    assert tanimoto(some, np.zeros((0, 16), dtype=np.uint8)).shape == (0,)


def test_any_number_of_bits_and_dtype():
    bits = np.array([1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0], dtype=np.float32)
    assert tanimoto(bits, bits[None].astype(bool)) == pytest.approx([1.0])


def test_a_drug_is_its_own_nearest(library):
    for index, row in enumerate(library):
        found = nearest(row, library, 3)
        assert found[0] == (index, 1.0)
        assert [n.similarity for n in found] == sorted((n.similarity for n in found), reverse=True)


def test_ties_go_by_index_and_k_may_exceed_the_library():
    library = np.array([[0, 1], [1, 0], [1, 0]], dtype=np.uint8)
    assert [n.index for n in nearest(library[2], library, 9)] == [1, 2, 0]


def test_wrong_shapes_and_k_are_refused(library):
    with pytest.raises(ValueError, match="Expected"):
        tanimoto(library[0, :10], library)
    with pytest.raises(ValueError, match="at least 1"):
        nearest(library[0], library, 0)
