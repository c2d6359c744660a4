"""Packed search agrees with the plain one and with RDKit."""

import numpy as np
import pytest
from rdkit import Chem, DataStructs
from rdkit.Chem import rdFingerprintGenerator

from badger_core.chem.fingerprint import morgan_bits
from badger_core.chem.molecule import read_molecule
from badger_core.chem.neighbours import pack_library
from badger_core.chem.similarity import nearest


@pytest.fixture
def smiles(drug_smiles):
    return [read_molecule(text).smiles for text in drug_smiles.values()]


def test_it_agrees_with_the_unpacked_search(smiles):
    packed = pack_library(smiles)
    plain = np.stack([morgan_bits(text) for text in smiles])
    for text in smiles:
        assert packed.nearest(text, 5) == nearest(morgan_bits(text), plain, 5)


def test_it_agrees_with_rdkit(smiles):
    make = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=1024)
    prints = [make.GetFingerprint(Chem.MolFromSmiles(text)) for text in smiles]
    found = pack_library(smiles).nearest(smiles[0], len(smiles))
    for neighbour in found:
        expected = DataStructs.TanimotoSimilarity(prints[0], prints[neighbour.index])
        assert neighbour.similarity == pytest.approx(expected)


def test_only_the_allowed_rows_come(smiles):
    allowed = np.zeros(len(smiles), bool)
    allowed[[3, 7]] = True
    found = pack_library(smiles).nearest(smiles[0], 20, allowed)
    assert {neighbour.index for neighbour in found} == {3, 7}


def test_k_must_be_positive_and_progress_is_told(smiles):
    done = []
    packed = pack_library(smiles, done.append)
    assert done == [0.0]
    with pytest.raises(ValueError, match="at least 1"):
        packed.nearest(smiles[0], 0)
