"""Structures of a file or a pasted text, whatever its form: SDF, MOL, SMILES lines, CSV or TSV."""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from badger_core import naming
from badger_core.chem.file_text import decode
from badger_core.chem.molecule import read_molecule
from badger_core.chem.parsing import is_mol_block
from badger_core.chem.reasons import shorten
from badger_core.chem.records import sd_records
from badger_core.errors import MoleculeError

MAX_ROWS = 2000
"""Rows that are read of one file."""
STRUCTURE_COLUMNS = (
    *("smiles", "canonicalsmiles", "isomericsmiles", "smilesstandardised", "standardisedsmiles"),
    *("smi", "structure", "molecule", "inchi", "standardinchi"),
)
"""Folded headings of columns that hold structures, the preferred ones first."""
NAME_COLUMNS = (
    *("name", "compound", "compoundname", "drug", "drugname", "molname", "moleculename"),
    *("pertiname", "preferredname", "title", "id", "compoundid", "broadid", "chemblid"),
)
"""Folded headings of columns that hold names, the preferred ones first."""
_DELIMITERS = ("\t", ";", ",", "|")


class Entry(NamedTuple):
    """One row of a file, not yet read as a molecule."""

    number: int
    """Line of the file, the heading being 1; of an SD file the record, from 1."""
    name: str
    structure: str
    """SMILES, InChI, MOL block, or a name where the file has no structures; may be ''."""


class Entries(NamedTuple):
    """What a file holds."""

    form: str
    """What it was taken for, in words."""
    rows: tuple[Entry, ...]
    left_out: int
    """Rows beyond those that are read."""


def read_file(data: bytes, name: str, most: int | None = MAX_ROWS) -> Entries:
    """The rows of an uploaded file; see `read_text`.

    Raises:
        MoleculeError: the file is empty, too large, no text, or has no structures.
    """
    return read_text(decode(data, name), name, most)


def read_text(text: str, name: str = "the text", most: int | None = MAX_ROWS) -> Entries:
    """The rows of a text: an SD file, a table with a column of structures, or a list of lines.

    The delimiter (tab, semicolon, comma or bar) is found by the heading. A list has one SMILES,
    InChI or name per line, with a name after the structure where there is one.

    Args:
        text: with newlines as line ends.
        name: of the file, for messages.
        most: rows that are read; None for all.

    Raises:
        MoleculeError: nothing to read, or a table without a column of structures or names.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise MoleculeError(f"'{name}' is empty. Give an SDF, MOL, SMI, CSV or TSV file.")
    if is_mol_block(text):
        blocks = [block for block in sd_records(text) if block.strip()]
        rows = [Entry(i, shorten(b.split("\n", 1)[0]), b) for i, b in enumerate(blocks, 1)]
        return _limited("SD file" if len(blocks) > 1 else "MOL block", rows, most)
    if name.lower().endswith((".sdf", ".sd", ".mol", ".mdl")):
        raise MoleculeError(
            f"'{name}' does not look like a MOL or SD file: it has no line that ends in V2000 or "
            "V3000. Save it again from your drawing program, or upload a table with SMILES."
        )
    delimiter = _delimiter(lines[0][1])
    if delimiter is not None:
        return _limited("table", list(_table(text, delimiter)), most)
    if name.lower().endswith((".csv", ".tsv")) and _is_unknown_heading(lines[0][1]):
        raise MoleculeError(
            f"'{name}' has no column of structures: its first line is "
            f"'{shorten(lines[0][1])}'. Call the column smiles, structure or InChI, and the "
            "column of names name."
        )
    return _limited("list", [_line(number, line) for number, line in lines], most)


def _limited(form: str, rows: list[Entry], most: int | None) -> Entries:
    read = tuple(rows[:most])
    return Entries(form, read, len(rows) - len(read))


def _delimiter(heading: str) -> str | None:
    """What divides the heading so that a column of structures or names appears; None for none."""
    for delimiter in _DELIMITERS:
        cells = [naming.fold(cell) for cell in next(csv.reader([heading], delimiter=delimiter))]
        if any(cell in STRUCTURE_COLUMNS for cell in cells):
            return delimiter
        if len(cells) > 1 and any(cell in NAME_COLUMNS for cell in cells):
            return delimiter
    if any(naming.fold(cell) in STRUCTURE_COLUMNS for cell in heading.split()):
        return " "
    alone = naming.fold(heading)
    return "\t" if alone in NAME_COLUMNS else None


def _table(text: str, delimiter: str) -> Iterator[Entry]:
    """Rows of a table; a row without structure has its InChI, else its name."""
    reader = csv.reader(io.StringIO(text.lstrip("\n")), delimiter=delimiter)
    heading = [naming.fold(cell) for cell in next(reader)]
    structures = [heading.index(name) for name in STRUCTURE_COLUMNS if name in heading]
    names = [heading.index(name) for name in NAME_COLUMNS if name in heading]
    for cells in reader:
        if any(cell.strip() for cell in cells):
            name = _first(cells, names)
            structure = _first(cells, structures) or ("" if structures else name)
            yield Entry(reader.line_num, shorten(name), structure)


def _first(cells: list[str], places: list[int]) -> str:
    """The first of the cells that holds a text."""
    texts = (cells[place].strip() for place in places if place < len(cells))
    return next((text for text in texts if text), "")


def _is_unknown_heading(line: str) -> bool:
    """Whether a line is several cells, none of which is a structure."""
    cells = next(csv.reader([line], delimiter=max(_DELIMITERS, key=line.count)))
    return len(cells) > 1 and not any(map(_is_structure, cells))


def _is_structure(text: str) -> bool:
    try:
        read_molecule(text)
    except MoleculeError:
        return False
    return True


def _line(number: int, line: str) -> Entry:
    """A line of a list: a structure with a name behind it, divided by a space, tab or comma."""
    text = line.strip().replace("\t", " ")
    for delimiter in (";", ","):
        head, found, tail = (part.strip() for part in text.partition(delimiter))
        inside = " " in head or head.count("[") > head.count("]") or head.lower()[:6] == "inchi="
        if found and any(map(str.isalpha, head)) and not inside:
            return Entry(number, shorten(tail), head)
    _, _, tail = text.partition(" ")
    return Entry(number, "" if tail.startswith("|") else shorten(tail), text)
