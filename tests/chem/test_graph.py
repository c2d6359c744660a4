"""Graphs by hand, blind to what the fingerprints are blind to, the same in any order of atoms."""

import numpy as np
import pytest
from rdkit import Chem

from badger_core.chem.graph import (
    _ELEMENTS,
    ATOM_FEATURES,
    BOND_FEATURES,
    graph_of,
    molecular_graph,
)
from badger_core.chem.molecule import read_molecule, to_rdkit

DEGREE, HYDROGENS, IMPLICIT, AROMATIC = 44, 50, 55, 61


def graph(smiles):
    return graph_of(Chem.MolFromSmiles(smiles))


def hot(atom):
    return np.flatnonzero(atom).tolist()


def element(symbol):
    return _ELEMENTS.index(symbol)


def test_the_features_are_62_per_atom_and_6_per_bond():
    assert (ATOM_FEATURES, BOND_FEATURES) == (62, 6)
    assert len(set(_ELEMENTS)) == 43
    table = Chem.GetPeriodicTable()
    assert [table.GetAtomicNumber(symbol) for symbol in _ELEMENTS] == sorted(
        table.GetAtomicNumber(symbol) for symbol in _ELEMENTS
    )


def test_ethanol_by_hand():
    atoms, neighbours, bonds = graph("CCO")
    assert hot(atoms[0]) == [element("C"), DEGREE + 1, HYDROGENS + 3, IMPLICIT + 3]
    assert hot(atoms[1]) == [element("C"), DEGREE + 2, HYDROGENS + 2, IMPLICIT + 2]
    assert hot(atoms[2]) == [element("O"), DEGREE + 1, HYDROGENS + 1, IMPLICIT + 1]
    assert [sorted(row[row >= 0].tolist()) for row in neighbours] == [[1], [0, 2], [1]]
    assert bonds[0, 0].tolist() == [1, 0, 0, 0, 0, 0]
    assert not bonds[neighbours < 0].any()


@pytest.mark.parametrize(
    ("smiles", "expected"),
    [
        ("C=C", [0, 1, 0, 0, 0, 0]),
        ("C#N", [0, 0, 1, 0, 0, 0]),
        ("c1ccccc1", [0, 0, 0, 1, 1, 1]),
        ("C1CC1", [1, 0, 0, 0, 0, 1]),
    ],
)
def test_bonds_by_hand(smiles, expected):
    assert graph(smiles).bonds[0, 0].tolist() == expected


def test_aromatic_atoms_and_written_hydrogens():
    atoms, neighbours, _ = graph("c1cc[nH]c1")
    nitrogen = atoms[3]
    assert hot(nitrogen) == [element("N"), DEGREE + 2, HYDROGENS + 1, IMPLICIT, AROMATIC]
    assert atoms[:, AROMATIC].all()
    assert (neighbours >= 0).sum() == 10


def test_an_element_outside_the_list_and_degrees_above_five_take_the_last_place():
    atoms, neighbours, _ = graph("CS(F)(F)(F)(F)F")
    sulphur = atoms[1]
    assert hot(sulphur)[:2] == [element("S"), DEGREE + 5]
    assert (neighbours[1] >= 0).sum() == 6
    assert hot(graph("C[W]C").atoms[1])[0] == 43


def test_a_seventh_neighbour_is_left_out_whatever_the_order_of_atoms():
    mol = Chem.MolFromSmiles("C[W](F)(F)(F)(F)(F)Cl")
    order = [7, 6, 5, 4, 3, 2, 1, 0]
    kept = []
    for one in (mol, Chem.RenumberAtoms(mol, order)):
        metal = next(a.GetIdx() for a in one.GetAtoms() if a.GetSymbol() == "W")
        around = graph_of(one).neighbours[metal]
        kept.append(sorted(one.GetAtomWithIdx(int(i)).GetSymbol() for i in around))
    assert len(kept[0]) == 6
    assert kept[0] == kept[1]


def test_neighbours_are_mutual_and_bonds_the_same_from_both_ends(imatinib):
    _, neighbours, bonds = molecular_graph(imatinib)
    there = {
        (here, int(other)): bonds[here, slot].tolist()
        for here, row in enumerate(neighbours)
        for slot, other in enumerate(row)
        if other >= 0
    }
    assert there
    assert all(there[b, a] == bond for (a, b), bond in there.items())


def test_renumbering_the_atoms_permutes_the_graph(imatinib):
    mol = to_rdkit(imatinib)
    order = np.random.default_rng(1).permutation(mol.GetNumAtoms())
    plain, renumbered = graph_of(mol), graph_of(Chem.RenumberAtoms(mol, order.tolist()))
    assert (renumbered.atoms == plain.atoms[order]).all()
    place = {int(old): new for new, old in enumerate(order)} | {-1: -1}
    for new, old in enumerate(order):
        expected = sorted(
            (place[int(n)], bond.tolist())
            for n, bond in zip(plain.neighbours[old], plain.bonds[old], strict=True)
        )
        found = sorted(
            (int(n), bond.tolist())
            for n, bond in zip(renumbered.neighbours[new], renumbered.bonds[new], strict=True)
        )
        assert found == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("C[C@H](N)C(=O)O", "C[C@@H](N)C(=O)O"), ("C/C=C/C", "C/C=C\\C"), ("CC([2H])O", "CCO")],
)
def test_a_graph_is_blind_to_stereochemistry_and_isotopes(one, other):
    first, second = (molecular_graph(read_molecule(smiles)) for smiles in (one, other))
    assert sorted(map(hot, first.atoms)) == sorted(map(hot, second.atoms))
    assert sorted(first.bonds.sum(axis=(1, 2)).tolist()) == sorted(
        second.bonds.sum(axis=(1, 2)).tolist()
    )


def test_a_compound_s_graph_has_its_heavy_atoms_and_is_made_once(imatinib):
    made = molecular_graph(imatinib)
    assert len(made.atoms) == to_rdkit(imatinib).GetNumHeavyAtoms()
    assert molecular_graph(imatinib) is made
    with pytest.raises(ValueError, match="read-only"):
        made.atoms[0] = 1
