"""Refuses what parses but is not one molecule of known atoms: wildcards, polymers, giants."""

from rdkit import Chem

from badger_core.chem.reasons import refusal
from badger_core.errors import MoleculeError

MAX_HEAVY_ATOMS = 200
"""The largest molecule that is read, in atoms other than hydrogen, salts not counted."""

_MAX_ATOMS_WITH_SALTS = 5 * MAX_HEAVY_ATOMS
_MAX_CHARGE = 8
_POLYMER_GROUPS = {"SRU", "MON", "MER", "COP", "CRO", "GRA", "MOD", "ANY"}


def check_drawn(mol: Chem.Mol, text: str) -> None:
    """Pass a molecule of known atoms and bonds within the size limit.

    `mol` may be unsanitised, so that a giant is refused before any slow step.

    Raises:
        MoleculeError: `mol` is empty, has wildcard, R-group or query atoms or bonds, has an
            impossible charge, is a polymer, or has a component of more than `MAX_HEAVY_ATOMS`
            heavy atoms.
    """
    if mol.GetNumAtoms() == 0:
        raise refusal(text, "holds no atoms")
    for atom in mol.GetAtoms():
        if atom.GetAtomicNum() == 0:
            raise refusal(
                text,
                "has an open attachment point: a wildcard, R-group or list of elements at atom "
                f"{atom.GetIdx() + 1}",
                "Replace it by the real group: CC(=O)O, not *C(=O)O.",
            )
        if atom.HasQuery():
            raise refusal(
                text,
                f"is a search pattern: atom {atom.GetIdx() + 1} carries a condition",
                "Draw one definite molecule, such as CC(=O)Oc1ccccc1C(=O)O (aspirin).",
            )
        if abs(atom.GetFormalCharge()) > _MAX_CHARGE:
            raise refusal(
                text,
                f"has a charge beyond {_MAX_CHARGE} at atom {atom.GetIdx() + 1}",
                "Check the charges: sodium acetate is CC(=O)[O-].[Na+].",
            )
    if any(bond.HasQuery() for bond in mol.GetBonds()):
        raise refusal(
            text,
            "is a search pattern: one of its bonds may be of any order",
            "Draw every bond as single, double, triple or aromatic.",
        )
    groups = {group.GetProp("TYPE") for group in Chem.GetMolSubstanceGroups(mol)}
    if groups & _POLYMER_GROUPS:
        raise polymer(text)
    if mol.GetNumHeavyAtoms() > MAX_HEAVY_ATOMS:
        _check_size(mol, text)


def polymer(text: str) -> MoleculeError:
    """The error for a polymer or another structure with a repeating or variable part."""
    return refusal(
        text,
        "is a polymer or has a variable part, so it has no single structure",
        "Paste one definite molecule, for instance the monomer.",
    )


def _check_size(mol: Chem.Mol, text: str) -> None:
    total = mol.GetNumHeavyAtoms()
    largest = max(
        sum(mol.GetAtomWithIdx(i).GetAtomicNum() > 1 for i in component)
        for component in Chem.GetMolFrags(mol)
    )
    if largest > MAX_HEAVY_ATOMS or total > _MAX_ATOMS_WITH_SALTS:
        raise refusal(
            text,
            f"has {max(largest, total)} heavy atoms; at most {MAX_HEAVY_ATOMS} are read",
            "BADGER ranks effects of small molecules; paste one, "
            "such as CC(=O)Oc1ccccc1C(=O)O (aspirin).",
        )
