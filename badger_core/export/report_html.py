"""The little HTML that a report is written in; every text is escaped here and nowhere else."""

import re
from collections.abc import Iterable, Sequence
from html import escape as _escape
from typing import NamedTuple

import pandas as pd

from badger_core.legible import visible
from badger_core.pathways.enrichment_beside import p_words

_LONG = 24
"""Signs of a word that a line may break within, as of a SMILES."""
_NUMBER_AND_PERCENT = re.compile(r"(?<=\d) (?=%)")

P = "p"
"""Form of a p value: two digits, '< 1e-6' below that."""


class Column(NamedTuple):
    """A column of a table: its name, what stands above it, and how a number is written."""

    name: str
    heading: str
    form: str = ""  # of a number, such as '+.3f' or P; '' for a text
    missing: str = "not known"


def escape(text: str) -> str:
    """`text` for HTML; a number and its percent sign stay on one line."""
    return _NUMBER_AND_PERCENT.sub("\u00a0", _escape(visible(text)))


def table(caption: str, content: pd.DataFrame, columns: Sequence[Column]) -> str:
    """A table; numbers carry their full value in `<data value>`, beside what is printed."""
    heads = "".join(
        f"<th scope='col'{' class=n' if c.form else ''}>{escape(c.heading)}</th>" for c in columns
    )
    rows = []
    for values in content[[c.name for c in columns]].itertuples(index=False, name=None):
        cells = "".join(_cell(v, c) for v, c in zip(values, columns, strict=True))
        rows.append(f"<tr>{cells}</tr>")
    return (
        f"<div class='scroll'><table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def section(anchor: str, title: str, *parts: str) -> str:
    """A part of the report with its heading; empty parts are left out."""
    body = "\n".join(filter(None, parts))
    return f"<section id='{anchor}'>\n<h2>{escape(title)}</h2>\n{body}\n</section>"


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of plain text; '' for no text."""
    return f"<p{f' class={kind}' if kind else ''}>{escape(text)}</p>" if text else ""


def bullets(texts: Iterable[str]) -> str:
    """A list of plain texts."""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and what is said of them."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in pairs)
    return f"<dl>{rows}</dl>"


def figure(svg: str, caption: str) -> str:
    """A drawing with its caption; '' where there is no drawing.

    Args:
        svg: an `<svg>` element of our own making, which has a title or label.
        caption: plain text.
    """
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>" if svg else ""


def link(text: str, address: str) -> str:
    """A link to another place; nothing is loaded from there."""
    return f"<a href='{escape(address)}' rel='noreferrer'>{escape(text)}</a>"


def _cell(value: object, column: Column) -> str:
    if not column.form:
        text = str(value)
        long = any(len(word) > _LONG for word in text.split())
        return f"<td{' class=long' if long else ''}>{escape(text)}</td>"
    if value is None or value != value:
        return f"<td class='n missing'>{escape(column.missing)}</td>"
    number = value.item() if hasattr(value, "item") else value
    text = p_words(number) if column.form == P else format(number, column.form)
    return f"<td class=n><data value='{number!r}'>{escape(text)}</data></td>"
