"""A compound as a graph of its heavy atoms: features per atom, neighbours, and features per bond.

The feature set is the one of DeepCE and CIGER (62 numbers per atom, 6 per bond), which goes back to
Duvenaud et al. 2015, 'Convolutional Networks on Graphs for Learning Molecular Fingerprints'. Like
the fingerprints, a graph is blind to stereochemistry and isotopes.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rdkit import Chem, rdBase

from badger_core.chem.molecule import Molecule
from badger_core.chem.reasons import explain_smiles, unreadable

# One element for each of 43 places; any other element takes the 44th.
_ELEMENTS = (
    *("H", "Li", "B", "C", "N", "O", "F", "Na", "Mg", "Al", "Si", "P", "S", "Cl", "K", "Ca", "Ti"),
    *("V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ge", "As", "Se", "Br", "Zr", "Pd", "Ag"),
    *("Cd", "In", "Sn", "Sb", "I", "Yb", "Pt", "Au", "Hg", "Tl", "Pb"),
)
_BONDS = (
    Chem.BondType.SINGLE,
    Chem.BondType.DOUBLE,
    Chem.BondType.TRIPLE,
    Chem.BondType.AROMATIC,
)
_MOST_HYDROGENS, _MOST_IMPLICIT = 4, 5
MOST_DEGREE = 5
"""Degrees above 5 count as 5, both as a feature and in the choice of a convolution's weights."""
MOST_NEIGHBOURS = 6
"""A seventh neighbour (a metal may have one) is left out, by canonical rank."""
ATOM_FEATURES = (len(_ELEMENTS) + 1) + (MOST_DEGREE + 1) + (_MOST_HYDROGENS + 1) + 6 + 1
"""T = 62: element 44, degree 6, hydrogens 5, implicit hydrogens 6, aromatic 1."""
BOND_FEATURES = len(_BONDS) + 2
"""6: single, double, triple, aromatic, conjugated, in a ring."""


class Graph(NamedTuple):
    """M heavy atoms; the arrays are shared between callers and therefore read-only."""

    atoms: np.ndarray  # (M, T) uint8
    neighbours: np.ndarray  # (M, 6) int16, positions of the neighbouring atoms, -1 = none
    bonds: np.ndarray  # (M, 6, 6) uint8, features of the bond to each neighbour


def molecular_graph(molecule: Molecule) -> Graph:
    """The graph of a standardised molecule."""
    return _graph_of_smiles(molecule.smiles)


def graph_of(mol: Chem.Mol) -> Graph:
    """The graph of an RDKit molecule, atoms in its order, neighbours by canonical rank."""
    size = mol.GetNumAtoms()
    atoms = np.stack([_atom(atom) for atom in mol.GetAtoms()])
    neighbours = np.full((size, MOST_NEIGHBOURS), -1, np.int16)
    bonds = np.zeros((size, MOST_NEIGHBOURS, BOND_FEATURES), np.uint8)
    rank = list(Chem.CanonicalRankAtoms(mol))
    for atom in mol.GetAtoms():
        here = atom.GetIdx()
        around = sorted(atom.GetBonds(), key=lambda bond: rank[bond.GetOtherAtomIdx(here)])
        for slot, bond in enumerate(around[:MOST_NEIGHBOURS]):
            neighbours[here, slot] = bond.GetOtherAtomIdx(here)
            bonds[here, slot] = _bond(bond)
    for array in (atoms, neighbours, bonds):
        array.flags.writeable = False
    return Graph(atoms, neighbours, bonds)


@lru_cache(maxsize=20_000)  # about 4 kB each: 80 MB at most
def _graph_of_smiles(smiles: str) -> Graph:
    with rdBase.BlockLogs():
        mol = Chem.MolFromSmiles(smiles)
        flat = None if mol is None else Chem.MolFromSmiles(_flat(mol))
    if flat is None:
        raise unreadable(smiles, explain_smiles(smiles))
    return graph_of(flat)


def _flat(mol: Chem.Mol) -> str:
    """SMILES without stereochemistry or isotopes: read back, no atom writes hydrogens for them."""
    for atom in mol.GetAtoms():
        atom.SetIsotope(0)
    return Chem.MolToSmiles(Chem.RemoveHs(mol), isomericSmiles=False)


def _atom(atom: Chem.Atom) -> np.ndarray:
    """(T,) features."""
    symbol = atom.GetSymbol()
    element = _ELEMENTS.index(symbol) if symbol in _ELEMENTS else len(_ELEMENTS)
    return np.concatenate(
        [
            _one_of(element, len(_ELEMENTS)),
            _one_of(atom.GetDegree(), MOST_DEGREE),
            _one_of(atom.GetTotalNumHs(), _MOST_HYDROGENS),
            _one_of(atom.GetNumImplicitHs(), _MOST_IMPLICIT),
            np.array([atom.GetIsAromatic()], np.uint8),
        ]
    )


def _bond(bond: Chem.Bond) -> np.ndarray:
    """(6,) features; a dative bond, say, is none of the four types."""
    types = [bond.GetBondType() == kind for kind in _BONDS]
    return np.array([*types, bond.GetIsConjugated(), bond.IsInRing()], np.uint8)


def _one_of(value: int, most: int) -> np.ndarray:
    """(most + 1,) one-hot; larger values count as the largest."""
    hot = np.zeros(most + 1, np.uint8)
    hot[min(value, most)] = 1
    return hot
