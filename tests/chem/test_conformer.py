"""Shapes: the same every time, with the drawing's atom order, and refused in words."""

import numpy as np
import pytest
from rdkit import Chem

from badger_core.chem import conformer as room
from badger_core.chem.conformer import conformer
from badger_core.chem.molecule import read_molecule, to_rdkit
from badger_core.errors import MoleculeError


def atoms(found):
    return Chem.MolFromMolBlock(found.mol_block, removeHs=False)


def test_the_same_molecule_has_the_same_shape(imatinib):
    first, second = conformer(imatinib), conformer(imatinib)
    assert first == second
    assert first.formula == "C29H31N7O"
    assert "MMFF94" in first.method


def test_atoms_keep_the_order_of_the_drawing(imatinib):
    drawn = [atom.GetSymbol() for atom in to_rdkit(imatinib).GetAtoms()]
    assert [atom.GetSymbol() for atom in atoms(conformer(imatinib)).GetAtoms()][:37] == drawn


def test_bonds_have_the_lengths_of_bonds(aspirin):
    mol = atoms(conformer(aspirin))
    places = mol.GetConformer().GetPositions()
    lengths = [
        np.linalg.norm(places[bond.GetBeginAtomIdx()] - places[bond.GetEndAtomIdx()])
        for bond in mol.GetBonds()
    ]
    assert min(lengths) > 0.9
    assert max(lengths) < 1.7


def test_open_stereocentres_are_told_and_given_ones_are_kept():
    assert "2 stereocentres are not given" in conformer(read_molecule("CC(F)C(O)Cl")).notes[0]
    given = read_molecule("C[C@H](N)C(=O)O")
    mol = atoms(conformer(given))
    Chem.AssignStereochemistryFrom3D(mol)
    assert Chem.MolToSmiles(Chem.RemoveHs(mol)) == given.smiles
    assert conformer(given).notes == ()


def test_an_element_beyond_mmff_is_relaxed_with_uff():
    assert "UFF" in conformer(read_molecule("CCCC[Sn](CCCC)CCCC")).method


def test_giants_are_refused():
    with pytest.raises(MoleculeError, match="120 heavy atoms"):
        conformer(read_molecule("C" * 120))


def test_a_molecule_without_a_shape_is_refused(monkeypatch, aspirin):
    monkeypatch.setattr(room, "_embedded", lambda *_: False)
    with pytest.raises(MoleculeError, match="Use the drawing instead"):
        conformer(aspirin)
