"""Texts that came from outside, made safe for Markdown and HTML."""

import re
from html import escape
from typing import TYPE_CHECKING

from badger_core.legible import visible

if TYPE_CHECKING:  # the frame of every page needs these texts before anything heavy is loaded
    from badger_core.predict.ask import Asked

__all__ = ["asked_name", "html", "plain", "shortened"]

_NUMBER_AND_PERCENT = re.compile(r"(?<=\d) (?=%)")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$:^&])")
_BREAKS = re.compile(r"\s*[\n\r\u0085\u2028\u2029]\s*")
_NUMBERED = re.compile(r"^(\s*\d+)\.")
_BECOMES_MORE = re.compile(
    r"(?<=http)(?=://)|(?<=https)(?=://)|(?<=www)(?=\.)|(?<=:)(?=material/)|"
    r"(?<=[\w.+-]@)(?=[\w-]+\.\w)",
    re.IGNORECASE,
)
"""Where Streamlit makes a link or an icon of a text, however it is escaped."""


def html(text: str) -> str:
    """`text` escaped for HTML; a number and its percent sign stay on one line."""
    return _NUMBER_AND_PERCENT.sub("\u00a0", escape(visible(text)))


def plain(text: str) -> str:
    """`text` on one line so that Markdown shows it as it is: a SMILES is full of its signs.

    An address does not become a link: a name in a file of somebody else leads nowhere.
    """
    line = _BECOMES_MORE.sub("\u2060", _BREAKS.sub(" ", visible(text)))
    return _NUMBERED.sub(r"\1\\.", _MARKDOWN_SIGNS.sub(r"\\\1", line))


def shortened(items: tuple[str, ...], most: int) -> str:
    """Up to `most` of the items, and how many more there are."""
    rest = len(items) - most
    return ", ".join(items[:most]) + (f" and {rest} more" if rest > 0 else "")


def asked_name(asked: "Asked") -> str:
    """The library's name, or 'Structure' and the first block of the InChIKey."""
    return asked.name if asked.compound else f"Structure {asked.molecule.ik14}"
