"""Turns a pasted text (SMILES, InChI or MOL block) into an RDKit molecule exactly as drawn."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from rdkit import Chem, rdBase

from badger_core.chem.checks import check_drawn, check_numbers, polymer
from badger_core.chem.inchi import DAMAGED, check_inchi, note_if_cut
from badger_core.chem.reasons import (
    REMEDY,
    explain_call,
    explain_smiles,
    refusal,
    shorten,
    unreadable,
)
from badger_core.errors import MoleculeError
from badger_core.limits import limits

_KEY = re.compile(r"(InChIKey=)?[A-Z]{14}-[A-Z]{10}-[A-Z]", re.IGNORECASE)
_COUNTS_LINE = re.compile(r"V[23]000\s*$")
_LETTERS = re.compile(r"(Cl|Br|[BCNOPSFI])+")
_NOT_ASCII = re.compile(r"[^!-~]")
_ATOM = re.compile(r"\[[^\[\]]*\]|Cl|Br|[BCNOPSFIbcnops*]")
_AROUND = " \t\r\n\f\v\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""What copying leaves at the ends of a text: spaces, marks of direction and of the byte order."""
_PER_ATOM = 100
"""Characters of a SMILES or InChI for each heavy atom that is read; RDKit's time grows with the
square of the length."""
_MOL_BLOCK = re.compile(r"^(M  END|[ \d]*V[23]000\s*$)|\dV[23]000\s*$", re.MULTILINE)
_REACTION_FILE = re.compile(r"^\$(RXN|RDFILE|MOL\b|RFMT)", re.MULTILINE)
_END = re.compile(r"^M  END", re.MULTILINE)
_VARIABLE_PART = re.compile(r"Sg:|LN:|RG:|LOG:|(^|[,|])m:|_R\d|_AP\d")


class Drawn(NamedTuple):
    """One molecule as its author drew it, sanitised but not standardised."""

    kind: str
    """"SMILES", "InChI" or "MOL block"."""
    smiles: str
    """The SMILES as given; for the other kinds, RDKit's SMILES of what was given."""
    mol: Chem.Mol
    notes: tuple[str, ...]


def parse(text: str) -> Drawn:
    """Read `text` as InChI, MOL block or SMILES, whichever it looks like.

    Raises:
        MoleculeError: the text is empty, too long, a key, a reaction, a pattern or not readable.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip(_AROUND):
        raise MoleculeError(f"The structure is empty. {REMEDY}")
    _check_length(text, text, limits().structure_characters)
    if _REACTION_FILE.search(text):
        raise refusal(text, "is a reaction file, not one molecule", "Save one compound of it.")
    if is_mol_block(text):
        return _parse_mol_block(text)
    text = text.strip(_AROUND)
    lines = text.splitlines()
    if len(lines) > 1:
        raise refusal(text, f"has {len(lines)} lines", f"Give one molecule at a time. {REMEDY}")
    structure, _, rest = re.sub(r"\s+", " ", lines[0].strip()).partition(" ")
    if _KEY.fullmatch(structure):
        raise refusal(
            text,
            "is an InChIKey, a hash from which no structure can be computed",
            "Look the key up in PubChem and paste the SMILES or the InChI found there.",
        )
    if stranger := _NOT_ASCII.search(structure):  # RDKit would stop there and read the rest away
        raise unreadable(text, f"no structure holds the character {_called(stranger.group())}")
    _check_length(structure, text, _PER_ATOM * limits().heavy_atoms)
    if structure.lower().startswith("inchi="):
        drawn = _parse_inchi("InChI=" + structure[6:], text)
    else:
        drawn = _parse_smiles(structure, rest, text)
    if rest and not rest.startswith("|"):
        note = f"Read the structure and took the rest, '{shorten(rest)}', for a name."
        return drawn._replace(notes=(*drawn.notes, note))
    return drawn


def is_smiles_of_letters(text: str) -> bool:
    """Whether a text of element letters alone, such as CCO, is a SMILES that RDKit reads."""
    if not _LETTERS.fullmatch(text):
        return False
    if len(text) > limits().heavy_atoms:  # no name is that long
        return True
    with rdBase.BlockLogs():
        return Chem.MolFromSmiles(text) is not None


def is_mol_block(text: str) -> bool:
    """True when `text` looks like a MOL block or an SD file rather than a line notation."""
    return _MOL_BLOCK.search(text) is not None


def _check_length(part: str, text: str, most: int) -> None:
    if len(part) > most:
        raise refusal(text, f"has {len(part):,} characters; at most {most:,} are read at once")


def _called(sign: str) -> str:
    """A character and its name: a Cyrillic letter looks like a Latin one."""
    name = unicodedata.name(sign, "")
    return f"{sign!r} ({name.lower()})" if name else repr(sign)


def _parse_smiles(smiles: str, rest: str, text: str) -> Drawn:
    arrowless = re.sub(r"->|<-", "", smiles)  # the arrows of dative bonds are no reaction
    if ">" in arrowless or rest.startswith(">"):
        raise refusal(text, "is a reaction, not one molecule", f"Take one compound of it. {REMEDY}")
    if re.search(r"R(?![a-z])|(?<![a-z])X(?![a-z])", re.sub(r"\[[^\[\]]*:\w+\]", "", smiles)):
        raise refusal(
            text,
            "has an R-group or wildcard",
            "Replace it by the real group: CC(=O)O, not RC(=O)O.",
        )
    if re.search(r"[;&!$]|,", "".join(re.findall(r"\[[^\[\]]*\]", smiles))):
        raise refusal(text, "is a SMARTS search pattern, not one molecule")
    if rest.startswith("|") and _VARIABLE_PART.search(rest):
        raise polymer(text)
    if smiles.count("(") == smiles.count(")"):  # else that is what to say
        check_numbers(text, 0, len(_ATOM.findall(smiles)), 1)
    mol = _sanitised(Chem.MolFromSmiles, smiles, text, explain_smiles)
    notes: tuple[str, ...] = ()
    if rest.startswith("|"):
        notes = (f"Left out the extension {shorten(rest)} after the SMILES.",)
    if any(atom.GetAtomMapNum() for atom in mol.GetAtoms()):
        notes = (*notes, "Left out the atom-map numbers.")
    return Drawn("SMILES", smiles, mol, notes)


def _parse_inchi(inchi: str, text: str) -> Drawn:
    check_inchi(inchi, text)
    mol = _sanitised(Chem.MolFromInchi, inchi, text, lambda _: DAMAGED)
    return Drawn("InChI", Chem.MolToSmiles(mol), mol, note_if_cut(inchi, mol, text))


def _parse_mol_block(text: str) -> Drawn:
    records = [part for part in re.split(r"(?m)^\$\$\$\$.*$", text) if part.strip()]
    notes = (f"Read the first of {len(records)} records.",) if len(records) > 1 else ()
    block = _with_three_header_lines(records[0])
    shown = f"MOL block {block.split(chr(10), 1)[0]}".strip()
    if (count := len(_END.findall(block))) > 1:
        raise refusal(
            shown, f"holds {count} molecules", "Divide them by a line of four dollar signs: $$$$."
        )
    mol = _sanitised(Chem.MolFromMolBlock, block, shown, _explain_mol_block)
    return Drawn("MOL block", Chem.MolToSmiles(mol), mol, notes)


def why_refused(block: str) -> str:
    """What is wrong with a MOL block that is no molecule, as a phrase."""
    return _explain_mol_block(_with_three_header_lines(block))


def _explain_mol_block(block: str) -> str:
    return explain_call(Chem.MolFromMolBlock, block) or "the MOL block is damaged or incomplete"


def _with_three_header_lines(block: str) -> str:
    """The block with its counts line on line 4, where copying may have lost empty lines."""
    lines = block.split("\n")
    at = next((i for i, line in enumerate(lines) if _COUNTS_LINE.search(line)), None)
    if at is not None:
        lines = [*lines[:at], "", "", ""][:3] + lines[at:]
    return "\n".join(lines) + "\n"


def _sanitised(
    parser: Callable[..., Chem.Mol | None], source: str, text: str, explain: Callable[[str], str]
) -> Chem.Mol:
    """The molecule that `parser` makes of `source`, checked before and after sanitising."""
    try:
        with rdBase.BlockLogs():
            loose = parser(source, sanitize=False)
            if loose is not None:
                check_drawn(loose, text)
            mol = parser(source)
            if mol is not None:
                return mol
    except (RuntimeError, ValueError) as error:
        if isinstance(error, MoleculeError):
            raise
    raise unreadable(text, explain(source))
