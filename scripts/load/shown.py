"""What a page shows, read from its elements: the heading, the genes with their numbers, errors."""

import html
import io
import re
from typing import NamedTuple

import pyarrow as pa
from streamlit.proto.Alert_pb2 import Alert

from scripts.load.wire import Wire

_HEADING = re.compile(r"<h[12][^>]*>(.*?)</h[12]>", re.S)
_RESULT = re.compile(r"<h2 class='result'>(.*?): <span class='count'>", re.S)
_BAR = re.compile(
    r"title='(\S+) \(Entrez (\d+)\), rank (\d+), score ([+-][\d.]+) ± ([\d.]+)'", re.S
)
_TAG = re.compile(r"<[^>]+>")
_UP = "Top 25 up"


class Gene(NamedTuple):
    """A gene on the page."""

    symbol: str
    entrez: int
    rank: int
    score: float


class Shown(NamedTuple):
    """The answer of the page Predict.

    Attributes:
        named: the compound and the line of its heading, as 'X in Y'.
        table: the strongest genes up, from the table.
        bars: the strongest genes both ways, from the figure.
    """

    named: str
    table: tuple[Gene, ...]
    bars: tuple[Gene, ...]


def answer(wire: Wire) -> Shown | None:
    """What the page Predict answers; None where it shows no ranking."""
    texts = [found.body for found in wire.elements("html")]
    named = [_text(part) for text in texts for part in _RESULT.findall(text)]
    bars = [found for text in texts if "genebars" in text for found in _BAR.findall(text)]
    tables = [found for found in wire.elements("dataframe") if found.alt == _UP]
    if not named or not bars or not tables:
        return None
    table = pa.ipc.open_stream(io.BytesIO(tables[0].arrow_data.data)).read_pandas()
    rows = zip(table["symbol"], table["entrez"], table["rank"], table["score"], strict=True)
    return Shown(
        named[0],
        tuple(Gene(str(s), int(e), int(r), float(score)) for s, e, r, score in rows),
        tuple(Gene(html.unescape(s), int(e), int(r), float(x)) for s, e, r, x, _ in bars),
    )


def headings(wire: Wire) -> list[str]:
    """All headings of the page."""
    texts = (found.body for found in wire.elements("html"))
    return [_text(part) for text in texts for part in _HEADING.findall(text)]


def errors(wire: Wire) -> list[str]:
    """What the page says of errors, and exceptions that nobody caught."""
    said = [found.body for found in wire.elements("alert") if found.format == Alert.ERROR]
    return said + [f"{found.type}: {found.message}" for found in wire.elements("exception")]


def said(wire: Wire) -> list[str]:
    """What bars and notes say of work in the background."""
    return [found.text for found in wire.elements("progress")]


def _text(part: str) -> str:
    return html.unescape(_TAG.sub("", part)).replace("\xa0", " ").strip()
