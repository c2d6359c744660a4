"""What the models predict for a library in one line, as arrays."""

from typing import NamedTuple

import numpy as np

from badger_core.repurpose.screen_file import ScreenRows


class LinePredictions(NamedTuple):
    """S compounds in one line; the fields are those of `Predictions`, without the lines."""

    ik14: np.ndarray  # (S,) str, sorted
    changes: np.ndarray  # (S, G) float32
    confidence: np.ndarray  # (S,) float32
    spread: np.ndarray  # (S,) float32
    badge: np.ndarray  # (S,) str
    domain_structure: np.ndarray  # (S,) str
    domain_line: np.ndarray  # (S,) str

    def take(self, rows: np.ndarray) -> "LinePredictions":
        """Some compounds, by their positions."""
        return LinePredictions(*(field[rows] for field in self))


NUMBERS = ("confidence", "spread")
WORDS = ("badge", "domain_structure", "domain_line")


def of_screen(rows: ScreenRows) -> LinePredictions:
    """The rows of one line of a screen, which are in the order of the library."""
    table = rows.table
    return LinePredictions(
        table["ik14"].to_numpy(str),
        rows.scores.astype(np.float32, copy=False),
        *(table[name].to_numpy(np.float32) for name in NUMBERS),
        *(table[name].fillna("").to_numpy(str) for name in WORDS),
    )
