"""Many structures checked row by row, so that a bad one is told and the others go on."""

import re
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from badger_core.chem.library import CompoundLibrary, molecule_of
from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.chem.table_file import Entry
from badger_core.errors import BadgerError, CompoundNotFoundError, MoleculeError

_LIKE_A_STRUCTURE = re.compile(r"[()\[\]=#@/\\+\n*>|]|^[BCNOPSFIHbcnopslr0-9%.-]+( |$)")
_TOO_LATE = (
    "Not read: the rows before took more than {seconds:g} seconds. Give this row in another file."
)


@dataclass(frozen=True)
class Checked:
    """One row: a molecule, or the reason why there is none."""

    number: int
    name: str
    molecule: Molecule | None
    problem: str
    """Why there is no molecule; '' where there is one."""
    known_as: str
    """Name in the library; '' for a structure that it does not hold."""
    duplicate_of: int | None
    """Number of the first row with the same skeleton; None for that row itself."""


def check(
    entries: Iterable[Entry],
    library: CompoundLibrary,
    progress: Callable[[int], object] | None = None,
    seconds: float | None = None,
) -> list[Checked]:
    """Read every row; nothing is raised for a bad one.

    A text that the library knows as a name counts as that compound. Rows of one skeleton (first
    block of the InChIKey, which the library goes by) are duplicates.

    Args:
        entries: rows of a file.
        library: what is known.
        progress: called with the number of rows done.
        seconds: after which the rest of the rows is told instead of read; None for no limit.
    """
    begun = time.monotonic()
    rows: list[Checked] = []
    seen: dict[str, int] = {}
    for done, entry in enumerate(entries, 1):
        if seconds is not None and time.monotonic() - begun > seconds:
            entry = entry._replace(problem=_TOO_LATE.format(seconds=seconds))
        row = _check(entry, library)
        if row.molecule is not None:
            first = seen.setdefault(row.molecule.ik14, row.number)
            if first != row.number:
                row = replace(row, duplicate_of=first)
        rows.append(row)
        if progress is not None:
            progress(done)
    return rows


def batch_table(rows: Iterable[Checked], trained: Collection[str] | None = None) -> pd.DataFrame:
    """One line per row, for the screen, a file or the command line.

    Args:
        rows: as checked.
        trained: ik14 of every compound the model was trained on; None where that is not known,
            and the column is left out.

    Returns:
        Columns row, name, verdict ('ok', 'duplicate' or 'not read'), remark (why not, or what was
        changed), smiles, inchikey, removed, in library ('' or the name there), in training (bool
        or None), duplicate of.
    """
    table = pd.DataFrame([_line(row, trained) for row in rows], columns=list(_COLUMNS))
    table["duplicate of"] = table["duplicate of"].astype("Int64")
    return table if trained is not None else table.drop(columns="in training")


_COLUMNS = (
    *("row", "name", "verdict", "remark", "smiles", "inchikey", "removed"),
    *("in library", "in training", "duplicate of"),
)


def _check(entry: Entry, library: CompoundLibrary) -> Checked:
    try:
        molecule = _molecule(entry, library)
    except BadgerError as error:
        name = "" if _is_a_name(entry, error) else entry.name
        return Checked(entry.number, name, None, str(error), "", None)
    known = library.by_structure(molecule.ik14)
    own = "" if library.knows(entry.structure) and _ends_with_name(entry) else entry.name
    name = own or (known.name if known else "")
    return Checked(entry.number, name, molecule, "", known.name if known else "", None)


def _is_a_name(entry: Entry, error: BadgerError) -> bool:
    """Whether the whole row was taken for one name, so that its end is no name of its own."""
    return isinstance(error, CompoundNotFoundError) and _ends_with_name(entry)


def _ends_with_name(entry: Entry) -> bool:
    return bool(entry.name) and entry.structure.replace("\t", " ").endswith(f" {entry.name}")


def _molecule(entry: Entry, library: CompoundLibrary) -> Molecule:
    if entry.problem:
        raise MoleculeError(entry.problem)
    if not entry.structure.strip():
        raise MoleculeError("The structure is missing in this row. Fill it in, or leave it out.")
    if library.knows(entry.structure):
        return molecule_of(library.find(entry.structure))
    try:
        return read_molecule(entry.structure)
    except MoleculeError:
        if not _LIKE_A_STRUCTURE.search(entry.structure):
            library.find(entry.structure)  # says that there is no such name, and which are near
        raise


def _line(row: Checked, trained: Collection[str] | None) -> tuple:
    molecule = row.molecule
    if molecule is None:
        return (row.number, row.name, "not read", row.problem, "", "", "", "", None, None)
    same = [] if row.duplicate_of is None else [f"Same structure as row {row.duplicate_of}."]
    return (
        row.number,
        row.name,
        "ok" if row.duplicate_of is None else "duplicate",
        " ".join((*same, *molecule.notes)),
        molecule.smiles,
        molecule.inchikey,
        ", ".join(molecule.removed),
        row.known_as,
        None if trained is None else molecule.ik14 in trained,
        row.duplicate_of,
    )
