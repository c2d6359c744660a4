"""Gene symbols that a spreadsheet turned into dates, and which genes they can have been.

Ziemann, Eren and El-Osta, Genome Biology 17:177 (2016) describe the error; the human symbols were
renamed by HGNC for it in 2020 (Bruford et al., Nature Genetics 52:754).
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from badger_core.genes.names import GeneNames

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_MONTH = re.compile(r"(\d{1,2})[-. /]([A-Za-z]{3})[a-z]*(?:[-. /]\d{2,4})?")
_MONTH_DAY = re.compile(r"([A-Za-z]{3})[-. /](\d{1,2})")
_ISO = re.compile(r"\d{4}-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
_FIRST_SERIAL, _LAST_SERIAL = "36526", "49674"
_OLD_STEMS = {"mar": ("MARCH", "MARC"), "sep": ("SEPT", "SEP")}
_NOW = {
    **{f"MARCH{n}": f"MARCHF{n}" for n in range(1, 12)},
    **{f"MARC{n}": f"MTARC{n}" for n in range(1, 3)},
    **{f"SEPT{n}": f"SEPTIN{n}" for n in range(1, 15)},
    "SEP15": "SELENOF",
    "DEC1": "DELEC1",
}
"""Symbol that a spreadsheet takes for a date to the symbol of today."""


def is_date(text: str) -> bool:
    """Whether a text is a date such as '1-Mar', 'Sep-02' or '2024-03-01'."""
    return _month_and_number(text) is not None


def serial_as_date(text: str) -> str | None:
    """The date of a whole number that counts its days as Excel does; None outside 2000 to 2035.

    '44256', or '44256.0', is what is left of '1-Mar' where a date lost its format.
    """
    text = text.strip().removesuffix(".0")
    if not (len(text) == len(_FIRST_SERIAL) and text.isascii() and text.isdigit()):
        return None
    if not _FIRST_SERIAL <= text <= _LAST_SERIAL:
        return None
    found = date(1899, 12, 30) + timedelta(days=int(text))
    return f"{found.day}-{_MONTHS[found.month - 1].capitalize()}"


def possible_genes(text: str, names: GeneNames) -> dict[str, int | None]:
    """Symbols that a date can stand for, each with its Entrez id among `names`, else None.

    Args:
        text: a date.
        names: the genes at hand; their own aliases that look like the date count too.
    """
    found = _month_and_number(text)
    if found is None:
        return {}
    month, number = found
    possible: dict[str, int | None] = {}
    for stem in _OLD_STEMS.get(month, (month.upper(),)):
        old = f"{stem}{number}"
        if old in _NOW:
            possible[_NOW[old]] = names.symbol.get(_NOW[old])
        entrez = names.find(old)
        if entrez is not None and entrez not in possible.values():
            possible[_symbol(names, entrez) or old] = entrez
    return possible


def told(dates: Mapping[str, tuple[str, ...]]) -> str:
    """A sentence on dates among gene names.

    Args:
        dates: date to the symbols it can stand for; one at least.
    """
    shown = ", ".join(
        f"{text} ({' or '.join(genes) or 'no known gene'})"
        for text, genes in list(dates.items())[:6]
    )
    return (
        f"{len(dates)} gene names were turned into dates by a spreadsheet: {shown}. Import that "
        "column as text to keep them."
    )


def _symbol(names: GeneNames, entrez: int) -> str | None:
    return next((symbol for symbol, known in names.symbol.items() if known == entrez), None)


def _month_and_number(text: str) -> tuple[str, int] | None:
    text = text.strip()
    if match := _DAY_MONTH.fullmatch(text):
        number, month = int(match[1]), match[2].lower()
    elif match := _MONTH_DAY.fullmatch(text):
        number, month = int(match[2]), match[1].lower()
    elif match := _ISO.fullmatch(text):
        at = int(match[1])
        month, number = (_MONTHS[at - 1] if 1 <= at <= 12 else ""), int(match[2])
    else:
        return None
    return (month, number) if month in _MONTHS and 1 <= number <= 31 else None
