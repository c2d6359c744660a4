"""The ring skeleton by hand, whatever the salt, stereo-form or substituent."""

import pytest

from badger_core.chem.molecule import read_molecule
from badger_core.chem.scaffold import murcko_scaffold
from badger_core.errors import MoleculeError


@pytest.mark.parametrize(
    ("smiles", "scaffold"),
    [
        ("CC(=O)Oc1ccccc1C(=O)O", "c1ccccc1"),  # aspirin
        ("CC(C)Cc1ccc(cc1)C(C)C(=O)O", "c1ccccc1"),  # ibuprofen
        ("c1ccc(cc1)CCc1ccncc1", "c1ccc(CCc2ccncc2)cc1"),  # the chain between rings stays
        ("O=C1CCCCC1C", "O=C1CCCCC1"),  # a double-bonded atom stays
        ("CCO", ""),
        ("OC(=O)CCCCC", ""),
    ],
)
def test_scaffolds_by_hand(smiles, scaffold):
    assert murcko_scaffold(smiles) == scaffold


def test_stereochemistry_does_not_matter():
    left, right, flat = "C[C@H]1CCCN1Cc1ccccc1", "C[C@@H]1CCCN1Cc1ccccc1", "CC1CCCN1Cc1ccccc1"
    assert murcko_scaffold(left) == murcko_scaffold(right) == murcko_scaffold(flat)


def test_a_scaffold_is_its_own_scaffold(imatinib, vemurafenib):
    for molecule in (imatinib, vemurafenib):
        scaffold = murcko_scaffold(read_molecule(molecule.smiles).smiles)
        assert scaffold
        assert murcko_scaffold(scaffold) == scaffold


def test_what_cannot_be_read_is_refused():
    with pytest.raises(MoleculeError, match="'C1CC' is not a structure RDKit can read"):
        murcko_scaffold("C1CC")
