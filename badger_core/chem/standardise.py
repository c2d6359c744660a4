"""Brings a drawn molecule to the one form that the models and the library share.

Policy, in this order:

1. RDKit's `Cleanup`: explicit hydrogens folded in, metals disconnected, functional groups (nitro,
   sulfoxide, ...) written one way, acids ionised strongest first.
2. Salts, solvents and other further components are removed; the largest organic one stays.
3. Charges are neutralised where a proton can be added or taken; quaternary nitrogens and the like
   keep theirs.

Isotopes and stereochemistry are kept as drawn. Atom-map numbers are dropped. Tautomers are kept as
drawn too: RDKit's canonical tautomer changes between versions and would change the fragments, while
the mobile-hydrogen layer of the InChIKey already merges most common tautomers.

Standardising a result again changes nothing, except that a carbanion left where a drawn bond from
metal to carbon was opened may settle on another atom.

Source: `rdkit.Chem.MolStandardize.rdMolStandardize`.
"""

from functools import cache
from typing import NamedTuple

from rdkit import Chem, rdBase
from rdkit.Chem.MolStandardize import rdMolStandardize

from badger_core.chem.unread import has_metal, lost_elements, lost_sentence


class Standardised(NamedTuple):
    """The parent molecule and what was done to reach it."""

    mol: Chem.Mol
    removed: tuple[str, ...]
    """SMILES of the removed components, sorted, repeated as often as they came."""
    notes: tuple[str, ...]
    """Sentences for the user."""
    lost: tuple[str, ...]
    """Symbols of metals that were drawn and are left out."""
    warnings: tuple[str, ...]
    """Those of the sentences that bear on what a result means, beside `lost`."""


class _Tools(NamedTuple):
    settings: rdMolStandardize.CleanupParameters
    chooser: rdMolStandardize.LargestFragmentChooser
    uncharger: rdMolStandardize.Uncharger


@cache
def _tools() -> _Tools:
    settings = rdMolStandardize.CleanupParameters()
    settings.preferOrganic = True
    settings.largestFragmentChooserCountHeavyAtomsOnly = True
    chooser = rdMolStandardize.LargestFragmentChooser(settings)
    return _Tools(settings, chooser, rdMolStandardize.Uncharger())


def standardise(mol: Chem.Mol) -> Standardised:
    """Strip, neutralise and tidy a sanitised molecule by the policy above; `mol` is not changed.

    Raises:
        ValueError, RuntimeError: RDKit cannot sanitise an intermediate; `read_molecule` turns
            these into a MoleculeError.
    """
    tools = _tools()
    mol = Chem.Mol(mol)
    for atom in mol.GetAtoms():
        atom.SetAtomMapNum(0)
    with rdBase.BlockLogs():
        clean = rdMolStandardize.Cleanup(mol, tools.settings)
        parent = tools.chooser.choose(clean)
        neutral = tools.uncharger.uncharge(parent)
        lost = lost_elements(mol, neutral)
        removed, notes, warnings = _removed(clean, parent, lost)
    before, after = _charges(parent), _charges(neutral)
    if before != after:
        notes = (*notes, f"Neutralised charges: charged atoms went from {before} to {after}.")
    if open_ones := _unpaired(neutral):
        notes, warnings = (*notes, open_ones), (*warnings, open_ones)
    if lost:
        notes = (lost_sentence(lost), *notes)
    return Standardised(neutral, removed, notes, lost, warnings)


def _removed(
    clean: Chem.Mol, parent: Chem.Mol, lost: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Removed components, sentences on them, and those sentences that must not be missed."""
    components = Chem.GetMolFrags(clean, asMols=True)
    if len(components) == 1:
        return (), (), ()
    sizes = {Chem.MolToSmiles(part): part.GetNumHeavyAtoms() for part in components}
    kept = Chem.MolToSmiles(parent)
    smiles = sorted(Chem.MolToSmiles(part) for part in components)
    if kept in smiles:
        smiles.remove(kept)
    metals = {Chem.MolToSmiles(part) for part in components if has_metal(part, lost)}
    others = [text for text in dict.fromkeys(smiles) if text not in metals]
    told = f"Removed as salt, solvent or second component: {', '.join(others)}."
    notes = [told] if others else []
    warnings = []
    for rival in () if lost else dict.fromkeys(smiles):  # a ligand is no second drug
        if rival != kept and 2 * sizes[rival] >= parent.GetNumHeavyAtoms() and "C" in rival.upper():
            warnings.append(
                f"The removed {rival} is of similar size; if it is the drug, paste it. "
                "Mixtures are not predicted: this is a ranking of one component."
            )
    return tuple(smiles), (*notes, *warnings), tuple(warnings)


def _unpaired(mol: Chem.Mol) -> str:
    """A sentence on a radical, which more often is a forgotten hydrogen; '' for none."""
    atom = next((atom for atom in mol.GetAtoms() if atom.GetNumRadicalElectrons()), None)
    if atom is None:
        return ""
    symbol = atom.GetSymbol()
    return (
        f"Atom {atom.GetIdx() + 1} ({symbol}) of the standard form has unpaired electrons. In "
        f"square brackets hydrogens must be written: [{symbol}H3], not [{symbol}]."
    )


def _charges(mol: Chem.Mol) -> int:
    return sum(atom.GetFormalCharge() != 0 for atom in mol.GetAtoms())
