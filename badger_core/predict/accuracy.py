"""What was counted on held-out predictions about as confident as this one."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

_COLUMNS = {"split", "kind", "mean_confidence", "mean_outcome", "n"}


class Counted(NamedTuple):
    """A plain count, without a model in between."""

    share: float  # of the 50 strongest genes each way, in the measured top 200
    n: int  # held-out predictions, each a line x compound pair


def counted(path: Path, split: str, confidence: float) -> Counted | None:
    """The tenth of a split's held-out predictions whose confidence is nearest.

    Args:
        path: `reliability.csv` of the benchmark.
        split: whose held-out predictions.
        confidence: of the prediction in question.

    Returns:
        None where the table is not at hand, has another shape or lacks the split.
    """
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError):
        return None
    if not _COLUMNS.issubset(table):
        return None
    rows = table[(table["split"] == split) & (table["kind"] == "held-out")]
    if rows.empty:
        return None
    row = rows.loc[(rows["mean_confidence"] - confidence).abs().idxmin()]
    return Counted(float(row["mean_outcome"]), int(row["n"]))
