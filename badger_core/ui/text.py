"""Texts that came from outside, made safe for Markdown and HTML."""

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the frame of every page needs these texts before anything heavy is loaded
    from badger_core.predict.ask import Asked

__all__ = ["asked_name", "html", "plain", "shortened"]

_NUMBER_AND_PERCENT = re.compile(r"(?<=\d) (?=%)")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$:^])")


def html(text: str) -> str:
    """`text` escaped for HTML; a number and its percent sign stay on one line."""
    return _NUMBER_AND_PERCENT.sub("\u00a0", escape(text))


def plain(text: str) -> str:
    """`text` so that Markdown shows it as it is: a SMILES is full of its signs."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)


def shortened(items: tuple[str, ...], most: int) -> str:
    """Up to `most` of the items, and how many more there are."""
    rest = len(items) - most
    return ", ".join(items[:most]) + (f" and {rest} more" if rest > 0 else "")


def asked_name(asked: "Asked") -> str:
    """The library's name, or 'Structure' and the first block of the InChIKey."""
    return asked.name if asked.compound else f"Structure {asked.molecule.ik14}"
