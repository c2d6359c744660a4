"""Says why a text was refused: RDKit's complaint in plain words, and the remedy."""

import re
import threading
from collections.abc import Callable

from rdkit import Chem, rdBase

from badger_core.errors import MoleculeError
from badger_core.naming import shown

UNREADABLE = "is not a structure RDKit can read"
REMEDY = "Paste a SMILES such as CC(=O)Oc1ccccc1C(=O)O (aspirin)."
SHOWN_CHARACTERS = 60

_LOG_PREFIX = re.compile(r"^(\[[\d:]+\]\s*)?(SMILES Parse Error:\s*|ERROR:\s*)*")
_LOG_LOCK = threading.Lock()  # RDKit has one error log per process, not one per thread


def shorten(text: str, length: int = SHOWN_CHARACTERS) -> str:
    """A structure or name as messages show it; see `naming.shown`."""
    return shown(text, length)


def refusal(text: str, problem: str, remedy: str = REMEDY) -> MoleculeError:
    """The error to raise for `text`: what came, what is wrong, what to do."""
    return MoleculeError(f"'{shorten(text)}' {problem}. {remedy}")


def unreadable(text: str, reason: str, remedy: str = REMEDY) -> MoleculeError:
    """The error for a text that RDKit cannot parse, for `reason` ("" when it gives none)."""
    because = f": {reason}" if reason else ""
    return refusal(text, f"{UNREADABLE}{because}", remedy)


def explain_smiles(smiles: str) -> str:
    """Why RDKit refuses `smiles`, as a phrase; "" when nothing is known."""
    for symbol in re.findall(r"\[\d*([A-Z][a-z]?)[^\[\]]*\]", smiles):
        if not (_is_element(symbol) or _is_element(symbol[0])):
            return f"{symbol} is not a chemical element"
    if smiles.count("(") > smiles.count(")"):
        return "a bracket '(' is never closed"
    if smiles.count("[") != smiles.count("]"):
        return "the square brackets do not pair up"
    return explain_call(Chem.MolFromSmiles, smiles)


def explain_call(parser: Callable[[str], object], text: str) -> str:
    """What RDKit logs while `parser` refuses `text`, as a phrase; "" when it says nothing."""
    capture = getattr(rdBase, "CaptureErrorLog", None)  # absent from older RDKit releases
    if capture is None:
        return ""
    with _LOG_LOCK, rdBase.BlockLogs(), capture() as log:
        try:
            parser(text)
        except (RuntimeError, ValueError) as error:
            return in_plain_words(str(error))
    return in_plain_words(log.messages)


def _is_element(symbol: str) -> bool:
    try:
        with rdBase.BlockLogs():
            return Chem.GetPeriodicTable().GetAtomicNumber(symbol) > 0
    except RuntimeError:
        return False


def in_plain_words(log: str) -> str:
    """A complaint of RDKit as a phrase for a chemist; "" where it is none for one."""
    bare = (_LOG_PREFIX.sub("", line).strip() for line in log.splitlines())
    first = next((line for line in bare if re.search(r"[a-z]", line)), "")
    if valence := re.search(r"valence for atom # (\d+) (\w+), (\d+)", first):
        number, symbol, bonds = valence.groups()
        return f"atom {int(number) + 1} ({symbol}) has {bonds} bonds, more than it can carry"
    if "kekulize" in first:
        return (
            "its aromatic (lower-case) atoms cannot take alternating double bonds; "
            "a ring NH is written [nH]"
        )
    if "non-ring atom" in first:
        return "an aromatic (lower-case) atom lies outside any ring"
    if "Violation" in first:  # a broken contract inside RDKit, no news for a chemist
        return ""
    if "Counts line" in first:
        return "the line with the numbers of atoms and bonds is missing or damaged"
    where = re.search(r"mistakes around position (\d+)", log)
    place = f" (near character {where.group(1)})" if where else ""
    first = re.split(r" for input:| while parsing:", first)[0].rstrip(".: ")
    return shorten(first, 120) + place
