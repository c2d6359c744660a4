"""A sheet to draw on that becomes an SVG: the same marks give the same bytes on any machine.

White ground and dark ink, so that a page reads alike in light and dark.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from badger_core.legible import visible
from badger_core.plots.theme import DOWN, QUIET, UP

INK, GRID, PAPER = "#1B2430", "#DDE3E9", "#FFFFFF"
OURS, OTHER, PLAIN = DOWN, UP, QUIET
_FONT = "-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"
_LETTER = 0.55  # of the size, mean width


class Scale(NamedTuple):
    """From values to pixels, straight."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


class Sheet:
    """Marks in pixels from the upper left corner; `svg` gives the file."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self._size = (width, height)
        self._title = title
        self._marks: list[str] = []

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, style: str = ""
    ) -> None:
        """A line; `style` is e.g. 'stroke-dasharray="4 3"'."""
        (x1, y1), (x2, y2) = start, end
        ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        self._marks.append(f'<line {ends} stroke="{colour}" {style}/>')

    def path(self, points: list[tuple[float, float]], colour: str, style: str = "") -> None:
        """A line through several points."""
        text = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._marks.append(f'<polyline points="{text}" fill="none" stroke="{colour}" {style}/>')

    def mark(self, x: float, y: float, shape: str, colour: str, size: float = 4.5) -> None:
        """A dot (full), a ring or a diamond (open)."""
        if shape == "diamond":
            r = size + 0.5
            corners = f"{_n(x)},{_n(y - r)} {_n(x + r)},{_n(y)} {_n(x)},{_n(y + r)} {_n(x - r)},"
            corners += _n(y)
            kind = f'<polygon points="{corners}"'
        else:
            kind = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(size)}"'
        fill = colour if shape == "dot" else PAPER
        self._marks.append(f'{kind} fill="{fill}" stroke="{colour}" stroke-width="1.6"/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        anchor: str = "start",
        size: float = 12,
        bold: bool = False,
        colour: str = INK,
    ) -> None:
        """Words whose middle line is at y; anchor is start, middle or end."""
        weight = ' font-weight="600"' if bold else ""
        self._marks.append(
            f'<text x="{_n(x)}" y="{_n(y + 0.35 * size)}" text-anchor="{anchor}" '
            f'font-size="{_n(size)}" fill="{colour}"{weight}>{escape(visible(words))}</text>'
        )

    def svg(self) -> str:
        """The file."""
        width, height = (_n(side) for side in self._size)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img" font-family="{_FONT}">'
        )
        ground = f'<rect width="{width}" height="{height}" rx="6" fill="{PAPER}"/>'
        title = f"<title>{escape(visible(self._title))}</title>"
        return "\n".join([head, title, ground, *self._marks, "</svg>", ""])


def key(sheet: Sheet, right: float, entries: Sequence[tuple[str, str, str]]) -> None:
    """What the marks mean, in the title's line up to `right`: words, shape, colour of each."""
    x = right - sum(wide(words, 11) + 26 for words, *_ in entries)
    for words, shape, colour in entries:
        sheet.mark(x + 18, 18, shape, colour)
        sheet.text(x + 27, 18, words, size=11)
        x += wide(words, 11) + 26


def wide(words: str, size: float = 12) -> float:
    """About how many pixels words take."""
    return _LETTER * size * len(words)


def steps(low: float, high: float, most: int) -> list[float]:
    """Round values from `low` to `high`, at most `most` of them, 1, 2 or 5 apart."""
    raw = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * f for f in (1, 2, 5, 10, 20) if power * f >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def across(sheet: Sheet, scale: Scale, top: float, bottom: float, most: int = 6) -> None:
    """Grid lines of a horizontal axis with their figures underneath."""
    ticks = steps(scale.low, scale.high, most)
    digits = 2 if len(ticks) > 1 and ticks[1] - ticks[0] < 0.0999 else 1
    for value in ticks:
        x = scale.at(value)
        sheet.line((x, top), (x, bottom), GRID)
        words = f"{value:.{digits}f}".replace("-", "−")
        sheet.text(x, bottom + 10, "0" if abs(value) < 1e-12 else words, "middle", 11)


def _n(value: float) -> str:
    """At most one decimal, without a zero behind it and without a negative zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
