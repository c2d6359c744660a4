"""Structures of a file or a pasted text, whatever its form: SDF, MOL, SMILES lines, CSV or TSV."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple, TypeVar

from badger_core import naming
from badger_core.chem.file_text import decode
from badger_core.chem.molecule import read_molecule
from badger_core.chem.parsing import is_mol_block
from badger_core.chem.reasons import shorten
from badger_core.chem.records import sd_records
from badger_core.chem.table_rows import Row, cells_of, numbered_lines, table_rows
from badger_core.errors import MoleculeError
from badger_core.limits import limits

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
_LOOKED_AT = 50  # cells of a first line, to see whether one is a structure
_Raw = TypeVar("_Raw")


class Entry(NamedTuple):
    """One row of a file, not yet read as a molecule."""

    number: int
    """Line of the file, the heading being 1; of an SD file the record, from 1."""
    name: str
    structure: str
    """SMILES, InChI, MOL block, or a name where the file has no structures; may be ''."""
    problem: str = ""
    """Why the row cannot be used, in a sentence, where that is known already."""


class Entries(NamedTuple):
    """What a file holds."""

    form: str
    """What it was taken for, in words."""
    rows: tuple[Entry, ...]
    left_out: int
    """Rows beyond those that are read."""


def read_file(data: bytes, name: str, most: int | None = 0) -> Entries:
    """The rows of an uploaded file; see `read_text`.

    Raises:
        MoleculeError: the file is empty, too large, no text, or has no structures.
    """
    return read_text(decode(data, name), name, most)


def read_text(text: str, name: str = "the text", most: int | None = 0) -> Entries:
    """The rows of a text: an SD file, a table with a column of structures, or a list of lines.

    The delimiter (tab, semicolon, comma or bar) is found by the heading. A list has one SMILES,
    InChI or name per line, with a name after the structure where there is one.

    Args:
        text: with newlines as line ends.
        name: of the file, for messages.
        most: rows that are read; 0 for `limits().structure_rows`, None for all.

    Raises:
        MoleculeError: nothing to read, or a table without a column of structures or names.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next(numbered_lines(text), (0, ""))[1]
    if not first:
        raise MoleculeError(f"'{name}' is empty. Give an SDF, MOL, SMI, CSV or TSV file.")
    delimiter = _delimiter(first)
    is_table = delimiter is not None and name.lower().endswith((".csv", ".tsv"))
    if not is_table and is_mol_block(text):
        blocks = [block for block in sd_records(text) if block.strip()]
        form = "SD file" if len(blocks) > 1 else "MOL block"
        return _limited(form, enumerate(blocks, 1), _record, most)
    if name.lower().endswith((".sdf", ".sd", ".mol", ".mdl")):
        raise MoleculeError(
            f"'{name}' does not look like a MOL or SD file: it has no line that ends in V2000 or "
            "V3000. Save it again from your drawing program, or upload a table with SMILES."
        )
    if delimiter is not None:
        rows = table_rows(text, delimiter)
        heading = next(rows)
        if heading.problem:
            raise MoleculeError(f"'{name}', line {heading.number}: {heading.problem}")
        return _limited("table", rows, _Columns(heading.cells).entry, most)
    if name.lower().endswith((".csv", ".tsv")) and _is_unknown_heading(first):
        raise MoleculeError(
            f"'{name}' has no column of structures: its first line is "
            f"'{shorten(first)}'. Call the column smiles, structure or InChI, and the "
            "column of names name."
        )
    return _limited("list", numbered_lines(text), _line, most)


def _limited(
    form: str, rows: Iterable[_Raw], entry: Callable[[_Raw], Entry], most: int | None
) -> Entries:
    """The first rows as entries; the rest is counted, and takes no memory."""
    rows = iter(rows)
    read = tuple(map(entry, islice(rows, limits().structure_rows if most == 0 else most)))
    return Entries(form, read, sum(1 for _ in rows))


def _delimiter(heading: str) -> str | None:
    """What divides the heading so that a column of structures or names appears; None for none."""
    if len(heading) > limits().structure_characters:
        return None
    for delimiter in _DELIMITERS:
        cells = [naming.fold(cell) for cell in cells_of(heading, delimiter)]
        if any(cell in STRUCTURE_COLUMNS for cell in cells):
            return delimiter
        if len(cells) > 1 and any(cell in NAME_COLUMNS for cell in cells):
            return delimiter
    if any(naming.fold(cell) in STRUCTURE_COLUMNS for cell in heading.split()):
        return " "
    alone = naming.fold(heading)
    return "\t" if alone in NAME_COLUMNS else None


class _Columns:
    """Where a table has its structures and names; a row without structure has its InChI or name."""

    def __init__(self, heading: list[str]) -> None:
        folded = [naming.fold(cell) for cell in heading]
        self.structures = [folded.index(name) for name in STRUCTURE_COLUMNS if name in folded]
        self.names = [folded.index(name) for name in NAME_COLUMNS if name in folded]

    def entry(self, row: Row) -> Entry:
        if row.problem:
            return Entry(row.number, "", "", row.problem)
        name = _first(row.cells, self.names)
        structure = _first(row.cells, self.structures) or ("" if self.structures else name)
        return Entry(row.number, shorten(name), structure)


def _first(cells: list[str], places: list[int]) -> str:
    """The first of the cells that holds a text."""
    texts = (cells[place].strip() for place in places if place < len(cells))
    return next((text for text in texts if text), "")


def _is_unknown_heading(line: str) -> bool:
    """Whether a line is several cells, none of which is a structure."""
    cells = cells_of(line, max(_DELIMITERS, key=line.count))
    return len(cells) > 1 and not any(map(_is_structure, cells[:_LOOKED_AT]))


def _is_structure(text: str) -> bool:
    try:
        read_molecule(text)
    except MoleculeError:
        return False
    return True


def _record(numbered: tuple[int, str]) -> Entry:
    """A record of an SD file, called by its first line."""
    number, block = numbered
    return Entry(number, shorten(block.split("\n", 1)[0]), block)


def _line(numbered: tuple[int, str]) -> Entry:
    """A line of a list: a structure with a name behind it, divided by a space, tab or comma."""
    number, line = numbered
    text = line.strip().replace("\t", " ")
    for delimiter in (";", ","):
        head, found, tail = (part.strip() for part in text.partition(delimiter))
        inside = " " in head or head.count("[") > head.count("]") or head.lower()[:6] == "inchi="
        if found and any(map(str.isalpha, head)) and not inside:
            return Entry(number, shorten(tail), head)
    _, _, tail = text.partition(" ")
    return Entry(number, "" if tail.startswith("|") else shorten(tail), text)
