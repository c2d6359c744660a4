"""Fingerprints: RDKit's own bits, in the shapes the model expects."""

import numpy as np
import pytest
from rdkit import Chem, DataStructs
from rdkit.Chem import rdFingerprintGenerator

from badger_core.chem.fingerprint import fragment_bits, morgan_bits
from badger_core.chem.fragments import brics_fragments
from badger_core.errors import MoleculeError


def test_bits_are_rdkits(drug_smiles):
    generator = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=1024)
    for smiles in drug_smiles.values():
        theirs = np.zeros(1024, dtype=np.uint8)
        DataStructs.ConvertToNumpyArray(
            generator.GetFingerprint(Chem.MolFromSmiles(smiles)), theirs
        )
        np.testing.assert_array_equal(morgan_bits(smiles), theirs)


def test_methane_sets_one_bit():
    bits = morgan_bits("C")
    assert bits.shape == (1024,)
    assert bits.dtype == np.uint8
    assert bits.sum() == 1


def test_stereo_is_not_seen():
    np.testing.assert_array_equal(morgan_bits("C[C@H](N)O"), morgan_bits("C[C@@H](N)O"))


def test_length_and_radius_are_arguments(imatinib):
    assert morgan_bits(imatinib.smiles, bits=2048).shape == (2048,)
    assert morgan_bits(imatinib.smiles, radius=0).sum() < morgan_bits(imatinib.smiles).sum()


def test_one_row_per_fragment_in_order(imatinib):
    rows = fragment_bits(imatinib)
    fragments = brics_fragments(imatinib)
    assert rows.shape == (len(fragments), 1024)
    assert rows.dtype == np.uint8
    np.testing.assert_array_equal(rows[1], morgan_bits(fragments[1].smiles))


def test_shared_bits_cannot_be_spoilt(imatinib):
    with pytest.raises(ValueError, match="read-only"):
        morgan_bits("CCO")[0] = 1
    rows = fragment_bits(imatinib)
    rows[:] = 1
    assert fragment_bits(imatinib).mean() < 0.5


def test_unreadable_smiles_is_refused():
    with pytest.raises(MoleculeError, match="unclosed ring"):
        morgan_bits("C1CC")
