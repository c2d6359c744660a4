"""The questions of visitors: pairs of compound and line, none of which is asked twice."""

import random
from typing import NamedTuple

from badger_core.data.bundle import Bundle

READY = ("pancreatic cancer", "YAPC,A375"), ("prostate cancer", "PC3"), ("asthma", "A549")
"""Disease and lines that come with the app."""


class Question(NamedTuple):
    """A pair, by the names that the page shows."""

    compound: str
    cell: str


class Questions:
    """Draws pairs from the library and the lines of the bundle.

    Args:
        bundle: the data.
        seed: of the draws.
    """

    def __init__(self, bundle: Bundle, seed: int) -> None:
        find, names = bundle.library.find, sorted(set(bundle.library.hub["name"]))
        self._names = [name for name in names if find(name).name == name]  # two mean another entry
        self._cells = sorted(set(bundle.cells.usable["display_name"]))
        self._random = random.Random(seed)
        self._asked: set[Question] = set()

    def next(self) -> Question:
        """A pair that was not asked before."""
        while True:
            found = Question(self._random.choice(self._names), self._random.choice(self._cells))
            if found not in self._asked:
                self._asked.add(found)
                return found
