"""Rings are counted before RDKit lists them, and agree with its list where it can be made."""

import pytest
from rdkit import Chem

from badger_core.chem.rings import equal_rings, independent_rings, small_rings


def circle(rings: int, unit: str = "c1ccc(cc1)") -> Chem.Mol:
    """Rings linked at opposite atoms to a larger ring."""
    return Chem.MolFromSmiles(f"C%99{unit * rings}C%99", sanitize=False)


def test_independent_rings_by_hand():
    for smiles, expected in {"CC": 0, "C1CC1.C1CC1": 2, "c1ccc2ccccc2c1": 2}.items():
        assert independent_rings(Chem.MolFromSmiles(smiles)) == expected


@pytest.mark.parametrize("rings", [10, 11, 12])
@pytest.mark.parametrize("unit", ["c1ccc(cc1)", "C1CC(C1)"])
def test_equal_rings_are_at_least_those_that_rdkit_lists(rings, unit):
    mol = circle(rings, unit)
    listed = len(Chem.GetSymmSSSR(mol))
    assert listed == 2**rings + rings
    assert listed <= equal_rings(mol, 10**6) <= 10 * listed


def test_fused_sheets_have_no_equal_rings():
    mol = Chem.MolFromSmiles("C1CC2C1C1C2C2C1C1C2C2C1C1C2C2C1C1C2C2C1C1C2C2C1CC2")
    assert equal_rings(mol, 10**6) == independent_rings(mol) == small_rings(mol) == 12


def test_counting_ends_soon_beyond_what_is_of_interest():
    assert equal_rings(circle(32), 2000) > 2000


def test_only_small_rings_count_for_aromaticity():
    assert small_rings(circle(6)) == 6
