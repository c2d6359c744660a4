"""Refuses what parses but is not one molecule of known atoms: wildcards, polymers, giants."""

from rdkit import Chem

from badger_core.chem.reasons import refusal
from badger_core.chem.rings import equal_rings, independent_rings, small_rings
from badger_core.errors import MoleculeError
from badger_core.limits import limits

MAX_RINGS = 40
"""See `rings` for why. No compound of the library has more than 14; C60 has 32."""
_MAX_EQUAL = 2000  # gamma-cyclodextrin has 264
_WITH_SALTS = 5  # times as many atoms as one molecule may have, hydrogens drawn out among them
_MAX_PARTS = 100
_MAX_BONDS = 16
_MAX_CHARGE = 8
_NO_CAGES = (
    "BADGER ranks effects of small molecules, not of cages and sheets of carbon; paste one, such "
    "as CC(=O)Oc1ccccc1C(=O)O (aspirin)."
)
_POLYMER_GROUPS = {"SRU", "MON", "MER", "COP", "CRO", "GRA", "MOD", "ANY"}


def check_drawn(mol: Chem.Mol, text: str) -> None:
    """Pass a molecule of known atoms and bonds within the size limit.

    `mol` may be unsanitised, so that a giant is refused before any slow step.

    Raises:
        MoleculeError: `mol` is empty, has wildcard, R-group or query atoms or bonds, has an
            impossible charge, is a polymer, or is larger than what is read: `limits().heavy_atoms`
            heavy atoms in one component, 5 times as many atoms in all, 100 components, `MAX_RINGS`
            rings.
    """
    if mol.GetNumAtoms() == 0:
        raise refusal(text, "holds no atoms")
    _check_size(mol, text)
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
    _check_rings(mol, text)


def polymer(text: str) -> MoleculeError:
    """The error for a polymer or another structure with a repeating or variable part."""
    return refusal(
        text,
        "is a polymer or has a variable part, so it has no single structure",
        "Paste one definite molecule, for instance the monomer.",
    )


def check_numbers(text: str, largest: int, total: int, parts: int) -> None:
    """Pass a structure that is not too large.

    Args:
        text: of the structure.
        largest: heavy atoms of its largest component.
        total: all its atoms, hydrogens that were drawn among them.
        parts: number of components.

    Raises:
        MoleculeError: it is too large.
    """
    most = limits().heavy_atoms
    remedy = (
        "BADGER ranks effects of small molecules; paste one, "
        "such as CC(=O)Oc1ccccc1C(=O)O (aspirin)."
    )
    if largest > most:
        raise refusal(text, f"has {largest} heavy atoms; at most {most} are read", remedy)
    if total > _WITH_SALTS * most:
        problem = (
            f"has {total} atoms with its salts and hydrogens; at most {_WITH_SALTS * most} are "
            f"read, and at most {most} heavy atoms in one component"
        )
        raise refusal(text, problem, remedy)
    if parts > _MAX_PARTS:
        problem = f"has {parts} components; at most {_MAX_PARTS} are read"
        raise refusal(text, problem, "Leave the salts and solvents out.")


def _check_size(mol: Chem.Mol, text: str) -> None:
    if mol.GetNumAtoms() <= min(limits().heavy_atoms, _MAX_PARTS):
        return
    if mol.GetNumAtoms() > _WITH_SALTS * limits().heavy_atoms:  # counting parts would take long
        check_numbers(text, 0, mol.GetNumAtoms(), 1)
    parts = Chem.GetMolFrags(mol)
    heavy = [sum(mol.GetAtomWithIdx(i).GetAtomicNum() > 1 for i in part) for part in parts]
    check_numbers(text, max(heavy), mol.GetNumAtoms(), len(parts))


def _check_rings(mol: Chem.Mol, text: str) -> None:
    """Pass rings that RDKit gets through in bounded time, and atoms with possible neighbours."""
    crowded = next((a for a in mol.GetAtoms() if a.GetDegree() > _MAX_BONDS), None)
    if crowded is not None:
        raise refusal(
            text,
            f"has {crowded.GetDegree()} bonds at atom {crowded.GetIdx() + 1} "
            f"({crowded.GetSymbol()}), more than it can carry",
        )
    rings = independent_rings(mol)
    if 0 < rings <= MAX_RINGS:
        if equal_rings(mol, _MAX_EQUAL) > _MAX_EQUAL:
            raise refusal(text, f"has more than {_MAX_EQUAL} rings of equal size", _NO_CAGES)
        rings = small_rings(mol)
    if rings > MAX_RINGS:
        raise refusal(text, f"has {rings} rings; at most {MAX_RINGS} are read", _NO_CAGES)
