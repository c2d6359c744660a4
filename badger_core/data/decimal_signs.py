"""Decimal commas, thousands separators and the numbers they stand for, told by all of a table."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_BLANKS = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007")) | {ord("\u2212"): "-"}
"""Blanks that stand between thousands, and the typographic minus."""
_LIKE = re.compile(r"[-+]?[\d.,]*\d[\d.,]*(?:[eE][-+]?\d+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d*(?:[eE][-+]?\d+)?")
_COMMAS = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?")
"""Commas between thousands, with or without a decimal point."""
_POINTS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?")
"""Points between thousands, with or without a decimal comma."""
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:['\u2019 ]\d{3})+(?:[.,]\d*)?")


class Signs(NamedTuple):
    """How the numbers of a table are written.

    Attributes:
        comma: what a comma is: '.' for the decimal sign, '' between thousands, None for neither.
        points: whether a point stands between thousands.
        details: as of `ExpressionTable`.
        doubts: sentences, where it could be otherwise.
    """

    comma: str | None = None
    points: bool = False
    details: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def plain(text: str) -> str:
    """The text without blanks and apostrophes between thousands."""
    text = text.translate(_BLANKS)
    return re.sub(r"['\u2019 ]", "", text) if _GROUPED.fullmatch(text) else text


def read_signs(odd: Iterable[str], columns: Iterable[Sequence[str]]) -> Signs:
    """What commas and points are, judged by all cells.

    Args:
        odd: cells that are no number with a decimal point, after `plain`.
        columns: all cells of the columns that these are from.
    """
    like = [text for text in odd if _LIKE.fullmatch(text)]
    commas = [text for text in like if "," in text]
    several = [text for text in like if "," not in text and _POINTS.fullmatch(text)]
    if not commas and not several:
        return Signs()
    english = [t for t in commas if _COMMAS.fullmatch(t) and ("." in t or t.count(",") > 1)]
    german = [t for t in commas if "." in t and _POINTS.fullmatch(t)]
    decimal = [t for t in commas if _DECIMAL_COMMA.fullmatch(t) and not _COMMAS.fullmatch(t)]
    pointed = [text for column in columns for text in column if "." in text and "," not in text]
    pointed = [text for text in pointed if _LIKE.fullmatch(text)]
    if english and (german or decimal):
        return Signs(doubts=(_both(english[0], (german or decimal)[0]),))
    if german or decimal or not commas:
        return _with_decimal_comma(german, several, pointed, (decimal or german or [""])[0])
    if english or pointed:
        return Signs("", details=("commas between thousands",))
    return _only_threes(commas, columns)


def dotted(text: str, signs: Signs) -> str:
    """The number with a decimal point and nothing between thousands; any other text as it is."""
    if signs.comma == "." and _POINTS.fullmatch(text) and (signs.points or "," in text):
        return text.replace(".", "").replace(",", ".")
    if signs.comma == "." and _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    if signs.comma == "" and _COMMAS.fullmatch(text):
        return text.replace(",", "")
    return text


def _with_decimal_comma(
    german: list[str], several: list[str], pointed: list[str], example: str
) -> Signs:
    """A comma is the decimal sign; points stand between thousands where some cell shows it."""
    details = ("decimal commas",) if example else ()
    if (german or several) and all(map(_POINTS.fullmatch, pointed)):
        return Signs(".", True, (*details, "points between thousands"))
    other = next((text for text in pointed if text not in several), "")
    said = (_both(other, (several or german or [example])[0]),) if other else ()
    return Signs(".", False, details, said)


def _only_threes(commas: list[str], columns: Iterable[Sequence[str]]) -> Signs:
    """Each comma has three digits on its right: '5,125' is 5.125 or 5125."""
    held = [column for column in columns if any("," in text for text in column)]
    whole = [t for column in held for t in column if t.isascii() and t.isdigit() and int(t) > 0]
    between = bool(whole) and all(len(text) < 4 for text in whole)
    value = commas[0].replace(",", "" if between else ".")
    doubt = (
        f"'{commas[0][:20]}' was read as {value[:20]}: with three digits behind each comma it "
        "could be otherwise. Export with decimal points and nothing between thousands to be sure."
    )
    if between:
        return Signs("", details=("commas between thousands",), doubts=(doubt,))
    return Signs(".", details=("decimal commas",), doubts=(doubt,))


def _both(first: str, second: str) -> str:
    return (
        f"Numbers are written in two ways ('{first[:20]}' and '{second[:20]}'). Export the table "
        "with one decimal sign and nothing between thousands."
    )
