"""The compounds of a screen: the Hub's structures or those of a file, each once, sorted by key."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from badger_core.chem.batch import Checked, batch_table, check
from badger_core.chem.fingerprint import fragment_bits
from badger_core.chem.library import CompoundLibrary
from badger_core.chem.molecule import Molecule
from badger_core.chem.table_file import read_file
from badger_core.errors import MoleculeError
from badger_core.limits import limits

HUB = "hub"
"""What stands for the structures of the Drug Repurposing Hub."""


class Candidate(NamedTuple):
    """One compound to predict for."""

    ik14: str
    name: str
    smiles: str  # standardised
    inchikey: str

    @property
    def molecule(self) -> Molecule:
        """The structure; it is not standardised again, which would cost as much as predicting."""
        return Molecule("SMILES", self.smiles, self.smiles, self.inchikey, (), ())


@dataclass(frozen=True, eq=False)
class ScreenLibrary:
    """What is screened, in the order of the InChIKeys whatever the order it came in.

    Attributes:
        source: where it is from, for people.
        candidates: D compounds, each skeleton (ik14) once, sorted by it.
        left_out: rows that are not screened, with columns row, name, verdict ('not read' or
            'duplicate') and remark; empty for the Hub.
    """

    source: str
    candidates: tuple[Candidate, ...]
    left_out: pd.DataFrame

    def limited(self, most: int | None) -> "ScreenLibrary":
        """The first `most` compounds; None for all."""
        return ScreenLibrary(self.source, self.candidates[:most], self.left_out)


def hub_library(library: CompoundLibrary) -> ScreenLibrary:
    """The structures of the Drug Repurposing Hub; they are standardised in the bundle."""
    hub = library.hub.sort_values("ik14")
    rows = zip(hub["ik14"], hub["name"], hub["smiles"], hub["inchikey"], strict=True)
    return ScreenLibrary(HUB, tuple(Candidate(*row) for row in rows), _left_out([]))


def file_library(
    path: Path, library: CompoundLibrary, progress: Callable[[int], object] | None = None
) -> ScreenLibrary:
    """The structures of an SDF, SMI, CSV or TSV file; rows that cannot be used are listed.

    Of rows with one skeleton, the one whose name, InChIKey and SMILES come first is screened, so
    that the order of the rows does not matter.

    Args:
        path: of the file.
        library: what is known; its names are understood, and name the unnamed.
        progress: called with the number of rows done.

    Raises:
        MoleculeError: the file cannot be read, or holds no structure that can be used.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MoleculeError(f"'{path}' cannot be read: {error.strerror}.") from error
    return content_library(data, path.name, library, progress)


def content_library(
    data: bytes,
    name: str,
    library: CompoundLibrary,
    progress: Callable[[int], object] | None = None,
    most: int | None = None,
) -> ScreenLibrary:
    """`file_library` of a file that is at hand.

    Args:
        data: its content.
        name: of the file.
        library: what is known.
        progress: called with the number of rows done.
        most: rows that are read; all of them for None.

    Raises:
        MoleculeError: as `file_library`.
    """
    seconds = None if most is None else limits().structures_s  # a person waits
    entries = read_file(data, name, most).rows
    rows = [_cut(row) for row in check(entries, library, progress, seconds)]
    first: dict[str, Candidate] = {}
    for candidate in sorted(_candidate(row) for row in rows if row.molecule is not None):
        first.setdefault(candidate.ik14, candidate)
    if not first:
        reasons = [row.problem for row in rows if row.problem]
        raise MoleculeError(
            f"'{name}' holds no structure that can be used. {' '.join(reasons[:1])}".rstrip()
        )
    return ScreenLibrary(name, tuple(first.values()), _left_out(rows))


def _cut(row: Checked) -> Checked:
    """The row, refused where its structure cannot be cut into fragments."""
    if row.molecule is None:
        return row
    try:
        fragment_bits(row.molecule)
    except (MoleculeError, RuntimeError, ValueError) as error:
        problem = f"'{row.molecule.smiles}' cannot be cut into fragments: {error}"
        return Checked(row.number, row.name, None, problem, row.known_as, row.duplicate_of)
    return row


def _candidate(row: Checked) -> Candidate:
    molecule = row.molecule
    name = row.name or row.known_as or molecule.ik14
    return Candidate(molecule.ik14, name, molecule.smiles, molecule.inchikey)


def _left_out(rows: list[Checked]) -> pd.DataFrame:
    table = batch_table(rows)
    return table.loc[table["verdict"] != "ok", ["row", "name", "verdict", "remark"]]
