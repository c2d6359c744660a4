"""Reads many structures at once, so that one bad record does not lose the others."""

from dataclasses import dataclass

from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.chem.parsing import is_mol_block
from badger_core.chem.reasons import shorten
from badger_core.errors import MoleculeError


@dataclass(frozen=True)
class Record:
    """One record of a file: either a molecule or the reason why it is none."""

    index: int
    """Place among the records of the file, from 0."""
    molecule: Molecule | None
    error: str | None
    name: str = ""
    """Title line of the SD record, or what follows the SMILES on its line."""


def read_records(text: str) -> list[Record]:
    """Read an SD file, or a text with one SMILES or InChI per line, record by record.

    Empty lines and an empty last record are passed over; nothing is raised for a bad record.

    Raises:
        MoleculeError: the text holds no record at all.
    """
    parts = sd_records(text) if is_mol_block(text) else text.splitlines()
    parts = [part for part in parts if part.strip()]
    if not parts:
        raise MoleculeError(
            "The file is empty. Give an SD file, or a text file with one SMILES per line."
        )
    return [_read_record(index, part) for index, part in enumerate(parts)]


def sd_records(text: str) -> list[str]:
    """The records of an SD file as MOL blocks, an empty one at the end included."""
    records: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("$$$$"):
            records.append([])
        else:
            records[-1].append(line)
    return ["\n".join(lines) for lines in records]


def _read_record(index: int, text: str) -> Record:
    name = _name(text)
    try:
        return Record(index, read_molecule(text), None, name)
    except MoleculeError as error:
        return Record(index, None, str(error), name)


def _name(text: str) -> str:
    if is_mol_block(text):
        return shorten(text.split("\n", 1)[0])
    _, _, rest = text.strip().replace("\t", " ").partition(" ")
    return "" if rest.startswith("|") else shorten(rest)
