"""Reads an InChI, after its formula has told that it is small, and only if it is whole.

IUPAC's library reads an InChI of disconnected atoms in minutes, writes beyond its memory at some
9,000 components, and makes another molecule of an InChI that was cut off: without its hydrogens,
without some of its bonds. So the formula is looked at first, and what was read must give the same
InChI again; all compounds of the library do.
"""

import re

from rdkit import Chem, rdBase

from badger_core.chem.checks import check_numbers
from badger_core.chem.reasons import unreadable

DAMAGED = "the InChI is damaged or cut short"
_FORMULA = re.compile(r"\d{0,6}([A-Z][a-z]?\d{0,6})+(\.\d{0,6}([A-Z][a-z]?\d{0,6})+)*")
_STANDARD = "InChI=1S/"
_STEREO = ("b", "t", "m", "s")


def check_inchi(inchi: str, text: str) -> None:
    """Pass an InChI whose formula is that of a molecule that is read.

    Args:
        inchi: beginning with 'InChI='.
        text: as it came, for the message.

    Raises:
        MoleculeError: it has no formula, or one that is too large.
    """
    layers = inchi.split("/")
    formula = layers[1] if len(layers) > 1 else ""
    if not _FORMULA.fullmatch(formula):
        raise unreadable(text, DAMAGED)
    largest = total = count = 0
    for part in formula.split("."):
        times = part[: len(part) - len(part.lstrip("0123456789"))]
        elements = part[len(times) :]
        numbers: dict[str, int] = {}
        for symbol, number in re.findall(r"([A-Z][a-z]?)(\d*)", elements):
            numbers[symbol] = numbers.get(symbol, 0) + int(number or 1)
        heavy = sum(numbers.values()) - numbers.get("H", 0)
        largest = max(largest, heavy)
        total += int(times or 1) * sum(numbers.values())
        count += int(times or 1)
    check_numbers(text, largest, total, count)


def note_if_cut(inchi: str, mol: Chem.Mol, text: str) -> tuple[str, ...]:
    """A sentence for the user where the stereochemistry of a standard InChI was not all read.

    Raises:
        MoleculeError: the InChI of `mol` has other atoms, bonds or charges.
    """
    if not inchi.startswith(_STANDARD):
        return ()
    with rdBase.BlockLogs():
        again = Chem.MolToInchi(mol)
    if _layers(again) != _layers(inchi):
        raise unreadable(text, DAMAGED)
    if _layers(again, _STEREO) != _layers(inchi, _STEREO):
        return ("The stereochemistry of the InChI was not all read: it may be cut short.",)
    return ()


def _layers(inchi: str, kinds: tuple[str, ...] = ()) -> list[str]:
    """The layers of these kinds; the others for none."""
    layers = [layer for layer in inchi.split("/")[1:] if layer]
    return [part for part in layers if (part[0] in (kinds or _STEREO)) == bool(kinds)]
