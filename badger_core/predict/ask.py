"""What a person typed to a compound and a line, or an error that says what to do."""

import re
from dataclasses import dataclass, replace

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.chem.library import Compound, CompoundLibrary, molecule_of
from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.chem.parsing import is_smiles_of_letters
from badger_core.chem.salts import salt_sentences, without_salt
from badger_core.errors import CellNotFoundError, CompoundNotFoundError, MoleculeError

_STRUCTURE_MARKS = set("()[]=#@/\\+*\n")
_ONLY_ATOMS_AND_RINGS = re.compile(r"(Cl|Br|[BCNOPSFIHbcnops]|[0-9%.-])+")
_ID = re.compile(r"(?i)\d{2,7}-\d\d-\d|chembl\W?\d+|[a-z]{2,}[- ]?\d{3,}[a-z]?|[a-z]+-\d{2,}")
"""CAS numbers, ChEMBL ids and company codes: no structure, though some have only its signs."""
_SEQUENCE = re.compile(r"[ACDEFGHIKLMNPQRSTVWY]{6,}")


@dataclass(frozen=True)
class Asked:
    """The compound to predict for: its structure and, where the library knows it, its entry."""

    text: str
    molecule: Molecule
    compound: Compound | None

    @property
    def name(self) -> str:
        """The library's name, else the first block of the InChIKey."""
        return self.compound.name if self.compound else self.molecule.ik14


def read_compound(library: CompoundLibrary, text: str) -> Asked:
    """A name, synonym, id, SMILES, InChI or MOL block to a compound; names are tried first.

    Raises:
        CompoundNotFoundError: for a text that is neither a known name nor written like a structure;
            carries the nearest names.
        MoleculeError: for a text written like a structure that cannot be read as one.
    """
    text = text.strip()
    if library.knows(text):
        compound = library.find(text)
        molecule = molecule_of(compound)
        if source := library.name_source(text):
            said = f"'{text}' stands for {compound.name} in {source}."
            molecule = replace(molecule, notes=(said, *molecule.notes))
        return Asked(text, molecule, compound)
    if salt := without_salt(text, library.knows):
        compound = library.find(salt[0])
        molecule = molecule_of(compound)
        notes = (salt_sentences(compound.name, salt[1]), *molecule.notes)
        return Asked(text, replace(molecule, notes=notes), compound)
    try:
        molecule = read_molecule(text)
    except MoleculeError:
        if not text or _is_written_like_a_structure(text):
            raise
        _refuse_a_sequence(library, text)
        library.find(text)
        raise CompoundNotFoundError(f"No compound is called '{text[:60]}'.") from None
    return Asked(text, molecule, library.by_structure(molecule.ik14))


def _refuse_a_sequence(library: CompoundLibrary, text: str) -> None:
    if _SEQUENCE.fullmatch(text) and not library.spelt_alike(text):
        raise MoleculeError(
            f"'{text[:60]}' is no known name and looks like a peptide in one-letter code, and "
            "sequences are not read. Paste the peptide's SMILES."
        )


def _is_written_like_a_structure(text: str) -> bool:
    """Whether the writer meant a structure: SMILES signs, or atoms with ring numbers."""
    if _ID.fullmatch(text):
        return False
    if is_smiles_of_letters(text) or text.startswith("InChI") or _STRUCTURE_MARKS & set(text):
        return True
    return _ONLY_ATOMS_AND_RINGS.fullmatch(text) is not None and any(c.isdigit() for c in text)


def read_cell(catalogue: CellCatalogue, text: str) -> CellLine:
    """A line by any of its names, with basal expression at hand.

    Raises:
        CellNotFoundError: for an unknown name, or for a known line without bundled expression;
            carries the nearest names, or usable lines of the same disease.
    """
    line = catalogue.find(text)
    if line.basal is None:
        usable = catalogue.usable
        alike = usable.loc[usable["disease"] == line.disease, "display_name"].head(5).tolist()
        hint = f" Lines of the same disease that work: {', '.join(alike)}." if alike else ""
        raise CellNotFoundError(
            f"{line.display_name} is a known line"
            f"{f' ({line.disease.lower()})' if line.disease else ''}, but its basal expression is "
            f"not in the bundle, so nothing can be predicted for it.{hint}",
            tuple(alike),
        )
    return line
