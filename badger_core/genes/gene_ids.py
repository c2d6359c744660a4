"""Gene identifiers as files hold them, recognised one by one among the landmark genes."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from badger_core.genes.excel_dates import is_date, possible_genes, serial_as_date
from badger_core.genes.names import GeneNames

OWN, ALIAS, DATE = "own name or id", "alias", "mended date"
AMBIGUOUS, UNKNOWN = "ambiguous", ""
FOUND = (OWN, ALIAS, DATE)
"""How an identifier was recognised."""
_BLANK = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff"
"""Signs around an identifier that nobody sees."""
_WHOLE_NUMBER = re.compile(r"(\d+)(?:\.0+)?")
_PROBE = re.compile(r"(\d+|ENSG\d+(?:\.\d+)?)_at", re.IGNORECASE)
_PREFIXED = re.compile(
    r"(?:entrez|entrezid|geneid|ncbigene|ensembl|symbol)[:_ ](.+)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")
_JOINED = re.compile(r"[|;,/]|_(?=ENSG\d)|(?<=\d)_(?=[A-Za-z])")
_KINDS = (
    ("Entrez ids", re.compile(r"\d+(?:\.0+)?")),
    ("Ensembl gene ids", re.compile(r"ENSG\d+(?:\.\d+)?.*", re.IGNORECASE)),
    ("Ensembl transcript or protein ids", re.compile(r"ENS[TP]\d+.*", re.IGNORECASE)),
    ("Ensembl ids of another species", re.compile(r"ENS[A-Z]{3,4}[GTP]\d+.*", re.IGNORECASE)),
    ("probe ids", re.compile(r"(?:\d+(?:_[a-z])?_at|\d+_[sxaf]_at|ILMN_\d+|AFFX.*)")),
)
SYMBOLS = "symbols"
_ENOUGH = 50_000
_MOST_NUMBERS = 0.5
"""Share of numbers from which a list holds Entrez ids, not names."""
_LIKE_MOUSE = re.compile(r"[A-Z][a-z0-9]*[a-z][a-z0-9]*")


class Recognised(NamedTuple):
    """What became of a list of N identifiers.

    Attributes:
        entrez: (N,) Entrez id, 0 where none was found.
        how: (N,) one of OWN, ALIAS, DATE, AMBIGUOUS or UNKNOWN.
        dates: date to the symbols it can stand for.
    """

    entrez: np.ndarray
    how: np.ndarray
    dates: dict[str, tuple[str, ...]]

    @property
    def n_genes(self) -> int:
        """Distinct genes found."""
        return len(set(self.entrez[self.entrez > 0].tolist()))


def recognise(texts: Sequence[str], names: GeneNames) -> Recognised:
    """Each identifier by itself, then by its parts ('TP53 (7157)', 'TP53|7157', '780_at').

    Args:
        texts: N identifiers.
        names: the genes to recognise.
    """
    distinct = list(dict.fromkeys(texts))
    serials = _serials(distinct, names)
    spellings = {
        text: [text] if plain else _spellings(text)
        for text in distinct
        if not (plain := text.isascii() and text.isalnum())
        or text in serials
        or names.knows(text.upper())
    }
    resolved = names.resolve(s for several in spellings.values() for s in several)
    aliases, ambiguous = set(resolved.by_alias), set(resolved.ambiguous)
    answer: dict[str, tuple[int, str]] = {}
    dates: dict[str, tuple[str, ...]] = {}
    for text, several in spellings.items():
        hits = [s for s in several if s in resolved.entrez]
        hits.sort(key=aliases.__contains__)  # an own name among the parts beats an alias
        date = serials.get(text, text)
        if not date.isalnum() and is_date(date):
            possible = possible_genes(date, names)
            dates[text] = tuple(possible)
            here = [entrez for entrez in possible.values() if entrez is not None]
            sure = len(possible) == 1 and here
            answer[text] = (here[0], DATE) if sure else (0, AMBIGUOUS if here else UNKNOWN)
        elif len({resolved.entrez[hit] for hit in hits if hit not in aliases}) > 1:
            answer[text] = (0, AMBIGUOUS)  # a probe of two genes
        elif hits:
            answer[text] = (resolved.entrez[hits[0]], ALIAS if hits[0] in aliases else OWN)
        else:
            answer[text] = (0, AMBIGUOUS if ambiguous & set(several) else UNKNOWN)
    none = (0, UNKNOWN)  # most ids of a whole genome
    found = [answer.get(text, none) for text in texts]
    entrez = np.array([gene for gene, _ in found], np.int64)
    return Recognised(entrez, np.array([how for _, how in found], object), dates)


def kind_of(texts: Sequence[str]) -> str:
    """The commonest kind of identifier, in words; 'symbols' where nothing else is."""
    counts = Counter(_kind(text) for text in map(str.strip, _some(texts)) if text)
    return counts.most_common(1)[0][0] if counts else SYMBOLS


def looks_like_mouse(texts: Sequence[str]) -> bool:
    """Whether most symbols are written 'Trp53', as those of mouse and rat are."""
    letters = [text for text in map(str.strip, _some(texts)) if text[:1].isalpha()]
    return bool(letters) and sum(map(bool, map(_LIKE_MOUSE.fullmatch, letters))) > len(letters) / 2


def _some(texts: Sequence[str]) -> Sequence[str]:
    """All texts, or of very many as many as tell what they are."""
    return texts[:: len(texts) // _ENOUGH + 1]


def _serials(texts: Sequence[str], names: GeneNames) -> dict[str, str]:
    """Whole numbers among names, which are dates that lost their format, to these dates."""
    found = {text: date for text in texts if (date := serial_as_date(text)) is not None}
    numbers = sum(text[:1].isdigit() for text in texts) if found else 0
    if numbers > _MOST_NUMBERS * len(texts):  # Entrez ids
        return {}
    return {text: date for text, date in found.items() if possible_genes(date, names)}


def _kind(text: str) -> str:
    if not text[0].isdigit() and text[:3].upper() not in ("ENS", "ILM", "AFF"):
        return SYMBOLS
    return next((kind for kind, form in _KINDS if form.fullmatch(text)), SYMBOLS)


def _spellings(text: str) -> list[str]:
    """The text without decoration, then its parts where it is made of several."""
    clean = text.strip(_BLANK).strip("\"'").strip(_BLANK)
    if match := _PREFIXED.fullmatch(clean):
        clean = match[1].strip()
    if match := _WHOLE_NUMBER.fullmatch(clean) or _PROBE.fullmatch(clean):
        return [match[1]]
    parts = [clean]
    if match := _IN_BRACKETS.fullmatch(clean):
        parts += [match[2].strip(), match[1].strip()]
    elif _JOINED.search(clean):
        parts += [part.strip() for part in _JOINED.split(clean) if part.strip()]
    return [part for part in dict.fromkeys(parts) if part]
