"""Texts from outside without signs that nobody sees."""

import re

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
"""Control signs, which neither XML nor a workbook may hold, and marks that turn the direction of
the text behind them."""


def visible(text: str) -> str:
    """`text` with a mark for each sign that is not seen and could hide what the others say."""
    return _INVISIBLE.sub("\ufffd", text)
