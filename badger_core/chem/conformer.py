"""One likely shape of a molecule in space, for looking at it from all sides."""

import time
from dataclasses import dataclass

from rdkit import Chem, rdBase
from rdkit.Chem import (
    rdDistGeom,
    rdForceFieldHelpers,
    rdMolDescriptors,
    rdMolTransforms,
)

from badger_core.chem.molecule import Molecule, to_rdkit
from badger_core.chem.reasons import shorten
from badger_core.errors import MoleculeError
from badger_core.limits import limits

MAX_HEAVY_ATOMS = 100
"""Beyond this the search for a shape takes longer than a visitor waits."""
_STEPS = 500
_TRIES = 30


@dataclass(frozen=True)
class Conformer:
    """Coordinates of all atoms, hydrogens too, in angstrom."""

    mol_block: str
    """V2000 (V3000 above 999 atoms); atoms of `to_rdkit(molecule)` first, in its order."""
    formula: str
    heavy_atoms: int
    method: str
    """How it was made, in words."""
    energy: float | None
    """Of the force field, in kcal/mol; None where no force field knows all atoms."""
    notes: tuple[str, ...]
    """Sentences for the user."""


def conformer(molecule: Molecule, seed: int = 2026) -> Conformer:
    """A low-energy shape by RDKit's ETKDG, relaxed with MMFF94 or else UFF.

    The same molecule and seed give the same shape. It is one of many that the molecule may take,
    not the bound one. Source: Riniker and Landrum 2015, doi 10.1021/acs.jcim.5b00654 (ETKDG);
    Halgren 1996 (MMFF94).

    Raises:
        MoleculeError: the molecule is too large, or no shape is found for it in
            `limits().structure_s` seconds, as happens for metal complexes and cages.
    """
    mol = to_rdkit(molecule)
    heavy = mol.GetNumHeavyAtoms()
    if heavy > MAX_HEAVY_ATOMS:
        raise MoleculeError(
            f"'{shorten(molecule.smiles)}' has {heavy} heavy atoms; shapes are computed up to "
            f"{MAX_HEAVY_ATOMS}. Use the drawing instead."
        )
    with rdBase.BlockLogs():
        full = Chem.AddHs(mol)
        if not _embedded(full, seed):
            raise MoleculeError(
                f"No shape in space was found for '{shorten(molecule.smiles)}' in "
                f"{limits().structure_s} seconds: its rings, metals or stereocentres leave RDKit "
                "no arrangement. Use the drawing instead."
            )
        method, energy = _relaxed(full)
        rdMolTransforms.CanonicalizeConformer(full.GetConformer())  # the broad side to the front
    return Conformer(
        mol_block=Chem.MolToMolBlock(full),
        formula=rdMolDescriptors.CalcMolFormula(mol),
        heavy_atoms=heavy,
        method=method,
        energy=energy,
        notes=_notes(mol),
    )


def _embedded(mol: Chem.Mol, seed: int) -> bool:
    """Whether coordinates were found; a second try, in half the time, starts from random ones."""
    end = time.monotonic() + limits().structure_s
    for random_start in (False, True):
        left = end - time.monotonic()
        if left <= 0:
            return False
        settings = rdDistGeom.ETKDGv3()
        settings.randomSeed = seed
        settings.maxIterations = _TRIES
        settings.useRandomCoords = random_start
        settings.timeout = max(1, round(left if random_start else left / 2))
        try:
            if rdDistGeom.EmbedMolecule(mol, settings) == 0:
                return True
        except (RuntimeError, ValueError):
            continue
    return False


def _relaxed(mol: Chem.Mol) -> tuple[str, float | None]:
    """How the shape was made, and its energy; `mol` is relaxed in place where that is possible."""
    if rdForceFieldHelpers.MMFFHasAllMoleculeParams(mol):
        rdForceFieldHelpers.MMFFOptimizeMolecule(mol, maxIters=_STEPS)
        properties = rdForceFieldHelpers.MMFFGetMoleculeProperties(mol)
        field = rdForceFieldHelpers.MMFFGetMoleculeForceField(mol, properties)
        return "ETKDG, relaxed with MMFF94", field.CalcEnergy()
    if rdForceFieldHelpers.UFFHasAllMoleculeParams(mol):
        rdForceFieldHelpers.UFFOptimizeMolecule(mol, maxIters=_STEPS)
        field = rdForceFieldHelpers.UFFGetMoleculeForceField(mol)
        return "ETKDG, relaxed with UFF", field.CalcEnergy()
    return "ETKDG, not relaxed: no force field knows all atoms", None


def _notes(mol: Chem.Mol) -> tuple[str, ...]:
    centres = Chem.FindPotentialStereo(mol)
    open_ones = sum(c.specified == Chem.StereoSpecified.Unspecified for c in centres)
    if not open_ones:
        return ()
    plural = "s are" if open_ones > 1 else " is"
    return (f"{open_ones} stereocentre{plural} not given: one of the possible isomers is shown.",)
