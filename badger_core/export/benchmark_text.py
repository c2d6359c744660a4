"""Figures as short texts, and Markdown tables."""

import math
from collections.abc import Sequence

from badger_core.export.benchmark_findings import Score

NONE = "–"


def figure(value: float, signed: bool = False, digits: int = 3) -> str:
    """Three digits without a leading zero, such as .125 or −.012; a dash where there is none.

    What rounds to nothing keeps its sign where signs are asked for; exactly nothing is 0.
    """
    if math.isnan(value):
        return NONE
    if value == 0:
        return "0"
    text = f"{abs(value):.{digits}f}"
    text = text[1:] if text.startswith("0.") else text
    zero = not signed and not any(sign in text for sign in "123456789")
    before = "" if zero else "−" if value < 0 else "+" if signed else ""
    return before + text


def interval(score: Score, signed: bool = False) -> str:
    """The bounds, such as .101 to .149; a dash where there are none."""
    if math.isnan(score.low) or math.isnan(score.high):
        return NONE
    return f"{figure(score.low, signed)} to {figure(score.high, signed)}"


def with_interval(score: Score, signed: bool = False) -> str:
    """The mean and its bounds in brackets."""
    bounds = interval(score, signed)
    mean = figure(score.mean, signed)
    return mean if bounds == NONE else f"{mean} [{bounds}]"


def stacked(score: Score, signed: bool = False) -> str:
    """The mean above its bounds in small letters, for a narrow cell of a Markdown table."""
    bounds = interval(score, signed)
    mean = figure(score.mean, signed)
    return mean if bounds == NONE else f"{mean}<br><sub>{bounds}</sub>"


def bold(text: str) -> str:
    """The text in bold; small letters stay outside."""
    head, mark, rest = text.partition("<br>")
    return f"**{head}**{mark}{rest}" if head else text


def table(names: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """A Markdown table, the first `words` columns to the left and all others to the right."""
    align = [":--" if i < words else "--:" for i in range(len(names))]
    lines = [names, align, *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def listed(items: Sequence[str]) -> str:
    """'a', 'a and b' or 'a, b and c'."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def folded(title: str, body: str) -> str:
    """A body that is opened by a click."""
    return f"<details>\n<summary>{title}</summary>\n\n{body}\n\n</details>"


def anchor(heading: str) -> str:
    """The address that GitHub gives to a heading."""
    kept = (c for c in heading.lower() if c.isalnum() or c in " -_")
    return "".join(kept).replace(" ", "-")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
