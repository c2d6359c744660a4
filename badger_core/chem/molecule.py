"""Reads a pasted structure into a Molecule: a standardised, hashable, picklable value."""

from dataclasses import dataclass

from rdkit import Chem, rdBase

from badger_core.chem.parsing import parse
from badger_core.chem.reasons import in_plain_words, refusal
from badger_core.chem.standardise import Standardised, standardise
from badger_core.chem.unread import lost_sentence


@dataclass(frozen=True)
class Molecule:
    """One organic molecule in standard form; it holds texts only, no RDKit object."""

    source: str
    """How it came: "SMILES", "InChI" or "MOL block"."""
    original_smiles: str
    """The SMILES as pasted; for the other kinds, RDKit's SMILES before standardising."""
    smiles: str
    """RDKit's canonical SMILES after standardising; the models see this one."""
    inchikey: str
    """Standard InChIKey of `smiles`, 27 characters."""
    removed: tuple[str, ...]
    """SMILES of removed salts and solvents, sorted."""
    notes: tuple[str, ...]
    """What was changed on the way, in sentences for the user."""
    lost: tuple[str, ...] = ()
    """Symbols of metals and the like that were drawn and are not in `smiles`."""
    warnings: tuple[str, ...] = ()
    """Those of the notes that bear on what a result means."""

    @property
    def ik14(self) -> str:
        """First block of the InChIKey: the skeleton without stereochemistry or isotopes."""
        return self.inchikey[:14]


def read_molecule(text: str) -> Molecule:
    """Read one SMILES, InChI or MOL block (or the first record of an SD file).

    Raises:
        MoleculeError: the text is not one organic molecule of at most `limits().heavy_atoms`
            heavy atoms; the message says what came, what is wrong and what to do.
    """
    drawn = parse(text)
    try:
        with rdBase.BlockLogs():
            standard = standardise(drawn.mol)
            smiles, inchikey = _identity(standard)
    except (RuntimeError, ValueError) as error:
        reason = in_plain_words(str(error)) or "it finds no valid form of it"
        raise refusal(drawn.smiles, f"cannot be standardised by RDKit: {reason}") from error
    if not any(atom.GetAtomicNum() == 6 for atom in standard.mol.GetAtoms()):
        raise refusal(
            drawn.smiles,
            "holds no carbon atom, salts and solvents aside",
            "Paste an organic compound, such as CC(=O)Oc1ccccc1C(=O)O (aspirin).",
        )
    if not inchikey:
        raise refusal(drawn.smiles, "has no InChIKey, so it cannot be matched with known compounds")
    notes = drawn.notes + standard.notes
    return Molecule(
        drawn.kind,
        drawn.smiles,
        smiles,
        inchikey,
        standard.removed,
        notes,
        standard.lost,
        (*filter(None, [lost_sentence(standard.lost)]), *standard.warnings),
    )


def to_rdkit(molecule: Molecule) -> Chem.Mol:
    """A fresh RDKit molecule of `molecule.smiles`; its atom order is that SMILES' order."""
    return Chem.MolFromSmiles(molecule.smiles)


def _identity(standard: Standardised) -> tuple[str, str]:
    """Canonical SMILES and InChIKey, both of the molecule that the SMILES reads back as."""
    reread = Chem.MolFromSmiles(Chem.MolToSmiles(standard.mol))
    if reread is None:
        raise ValueError("its standard form does not read back")
    return Chem.MolToSmiles(reread), Chem.MolToInchiKey(reread)
