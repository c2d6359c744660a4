"""Cuts a molecule at all its BRICS bonds at once: the fragments that the model attends to.

Every cut leaves two open valences. RDKit marks them with dummy atoms whose labels number BRICS
environments; these are rule numbers, not chemistry, so each dummy becomes a hydrogen and a fragment
is an ordinary molecule that can be drawn, fingerprinted and found in other compounds. Fragments
carry no stereochemistry, since their fingerprint does not see it: two that the model could not tell
apart are one.

Source: Degen et al., ChemMedChem 2008, 3, 1503 (BRICS), as in `rdkit.Chem.BRICS`.
"""

from dataclasses import dataclass
from functools import lru_cache

from rdkit import Chem, rdBase
from rdkit.Chem import BRICS

from badger_core.chem.molecule import Molecule, to_rdkit


@dataclass(frozen=True)
class Fragment:
    """One distinct piece of a molecule and where it occurs."""

    smiles: str
    """Canonical SMILES, hydrogens in place of the cut bonds."""
    atoms: tuple[tuple[int, ...], ...]
    """Each occurrence as sorted atom indices into `to_rdkit(molecule)`; all of them together
    name every atom of the molecule once."""


@lru_cache(maxsize=4096)
def brics_fragments(molecule: Molecule) -> tuple[Fragment, ...]:
    """Distinct fragments of `molecule`, the largest first, equals by SMILES.

    A molecule without a BRICS bond is its own single fragment.
    """
    with rdBase.BlockLogs():
        mol = to_rdkit(molecule)
        Chem.RemoveStereochemistry(mol)
        places: dict[str, list[tuple[int, ...]]] = {}
        sizes: dict[str, int] = {}
        for smiles, atoms, size in _pieces(mol):
            places.setdefault(smiles, []).append(atoms)
            sizes[smiles] = size
    order = sorted(places, key=lambda smiles: (-sizes[smiles], smiles))
    return tuple(Fragment(smiles, tuple(sorted(places[smiles]))) for smiles in order)


def _pieces(mol: Chem.Mol) -> list[tuple[str, tuple[int, ...], int]]:
    """(SMILES, atom indices, number of heavy atoms) of every piece, repeats included."""
    cut = _cut(mol)
    atoms_of_piece: list[tuple[int, ...]] = []
    pieces = Chem.GetMolFrags(
        cut, asMols=True, sanitizeFrags=False, fragsMolAtomMapping=atoms_of_piece
    )
    found = []
    for piece, indices in zip(pieces, atoms_of_piece, strict=True):
        smiles = _closed_with_hydrogen(piece)
        atoms = tuple(sorted(i for i in indices if i < mol.GetNumAtoms()))
        heavy = sum(mol.GetAtomWithIdx(i).GetAtomicNum() > 1 for i in atoms)
        found.append((smiles, atoms, heavy))
    return found


def _cut(mol: Chem.Mol) -> Chem.Mol:
    """`mol` with a dummy atom at both ends of every BRICS bond; dummies follow the old atoms."""
    bonds = sorted(
        {mol.GetBondBetweenAtoms(*ends).GetIdx() for ends, _ in BRICS.FindBRICSBonds(mol)}
    )
    if not bonds:
        return mol
    for index in bonds:
        bond = mol.GetBondWithIdx(index)
        if bond.GetBondType() == Chem.BondType.DOUBLE:  # the dummy takes one of two valences
            for atom in (bond.GetBeginAtom(), bond.GetEndAtom()):
                if atom.GetNoImplicit():
                    atom.SetNumExplicitHs(atom.GetNumExplicitHs() + 1)
    single = [Chem.BondType.SINGLE] * len(bonds)
    return Chem.FragmentOnBonds(mol, bonds, addDummies=True, bondTypes=single)


def _closed_with_hydrogen(piece: Chem.Mol) -> str:
    for atom in piece.GetAtoms():
        if atom.GetAtomicNum() == 0:
            atom.SetAtomicNum(1)
            atom.SetIsotope(0)
    plain = Chem.MolToSmiles(Chem.RemoveHs(piece))
    return Chem.MolToSmiles(Chem.MolFromSmiles(plain))
