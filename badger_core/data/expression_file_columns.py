"""The columns of a table as numbers, and what is told of the cells that are none."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.decimal_signs import Signs, dotted, plain, read_signs
from badger_core.naming import shown

_GAPS = frozenset(("", "na", "n/a", "nan", "null", "none", "-", "--", ".", "?"))
_ERRORS = frozenset(
    ("#n/a", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!", "#spill!", "#calc!")
)
"""What a spreadsheet writes where a formula failed."""
_EXAMPLES = 3


class Column(NamedTuple):
    """One column of R cells.

    Attributes:
        texts: (R,) the cells.
        numbers: (R,) float64, NaN for what is none.
        filled: (R,) whether a cell holds anything but a sign for a gap.
        odd: rows that are filled with something that is no number.
    """

    texts: Sequence[str]
    numbers: np.ndarray
    filled: np.ndarray
    odd: np.ndarray

    @property
    def odd_share(self) -> float:
        """Share of the filled cells that are no numbers; 0 for an empty column."""
        return len(self.odd) / max(int(self.filled.sum()), 1)


def read_columns(columns: Sequence[Sequence[str]]) -> tuple[list[Column], Signs]:
    """The columns, and how their numbers are written.

    Args:
        columns: K of R texts. Those of the first one say nothing about decimal signs.
    """
    found = [_column(texts) for texts in columns]
    cells = {
        at: [plain(column.texts[row]) for row in column.odd]
        for at, column in enumerate(found)
        if len(column.odd)
    }
    beside = {at: texts for at, texts in cells.items() if at > 0}
    signs = read_signs(
        (text for texts in beside.values() for text in texts), [columns[at] for at in beside]
    )
    for at, odd_texts in cells.items():
        column = found[at]
        numbers, odd = column.numbers, column.odd
        again = _parsed([dotted(text, signs) for text in odd_texts])
        numbers[odd] = again
        found[at] = column._replace(odd=odd[np.isnan(again)])
    if signs.points:  # '1.234' was read as 1.234, and means 1234
        for at, texts in enumerate(columns[1:], start=1):
            rows = [row for row, text in enumerate(texts) if "." in text and "," not in text]
            found[at].numbers[rows] = _parsed([dotted(texts[row], signs) for row in rows])
    return found, signs


def warnings_of(
    places: Sequence[int],
    place: str,
    columns: Sequence[Column],
    titles: Sequence[str],
    short: Sequence[int],
    partly: Sequence[str],
) -> Iterator[str]:
    """Sentences on cells that are no numbers, each with the first place.

    Args:
        places: (R,) number of each row in the file.
        place: what it counts: 'line' or 'row'.
        columns: those of numbers.
        titles: theirs.
        short: places of rows that end too early.
        partly: titles of columns that are left out, though a part of their cells are numbers.
    """
    if short:
        yield (
            f"Rows that end before the last column ({len(short):,}, the first: {place} "
            f"{short[0]}): what they lack counts as gaps."
        )
    odd = [
        (places[row], title, column.texts[row])
        for column, title in zip(columns, titles, strict=True)
        for row in column.odd.tolist()
    ]
    errors = [cell for cell in odd if cell[2].casefold() in _ERRORS]
    odd = [cell for cell in odd if cell[2].casefold() not in _ERRORS]
    for cells, words in (
        (odd, "Cells that are no numbers count as gaps"),
        (errors, "Cells with an error of a spreadsheet count as gaps"),
        (_infinite(places, columns, titles), "Cells hold infinite values"),
    ):
        if cells:
            yield f"{words} ({len(cells):,}): {_listed(cells, place)}."
    if partly:
        listed = ", ".join(f"'{shown(title, 30)}'" for title in partly[:_EXAMPLES])
        more = f" and {len(partly) - _EXAMPLES} more" if len(partly) > _EXAMPLES else ""
        yield f"Left out, as most of their cells are no numbers: the columns {listed}{more}."


def _infinite(
    places: Sequence[int], columns: Sequence[Column], titles: Sequence[str]
) -> list[tuple[int, str, str]]:
    return [
        (places[row], title, column.texts[row])
        for column, title in zip(columns, titles, strict=True)
        for row in np.flatnonzero(np.isinf(column.numbers)).tolist()
    ]


def _column(texts: Sequence[str]) -> Column:
    numbers = _parsed(texts)
    filled = np.ones(len(texts), bool)
    unread = np.flatnonzero(np.isnan(numbers))
    filled[unread] = [texts[row].casefold() not in _GAPS for row in unread.tolist()]
    return Column(texts, numbers, filled, unread[filled[unread]])


def _parsed(texts: Sequence[str]) -> np.ndarray:
    """(R,) float64, NaN for what is no number with a decimal point."""
    cells = np.empty(len(texts), object)
    cells[:] = texts
    return np.array(pd.to_numeric(cells, errors="coerce"), np.float64)


def _listed(cells: Sequence[tuple[int, str, str]], place: str) -> str:
    """Some cells, no text twice, each with its place and column."""
    first: dict[str, tuple[int, str]] = {}
    for at, title, text in cells:
        if len(first) < _EXAMPLES:
            first.setdefault(shown(text, 20), (at, shown(title, 20)))
    return ", ".join(
        f"'{text}' ({place} {at}{f', {title}' if title else ''})"
        for text, (at, title) in first.items()
    )
