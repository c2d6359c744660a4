"""The course of a training run as a CSV file, and the time that is left."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from badger_core.files import write_whole


def write_history(path: Path, rows: Sequence[Mapping[str, float]]) -> None:
    """One row per finished epoch, written whole each time."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    write_whole(path, text.getvalue())


def in_words(seconds: float) -> str:
    """'1 h 05 min', '3 min 20 s' or '12 s'."""
    seconds = round(max(seconds, 0))
    if seconds >= 3600:
        return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
    if seconds >= 60:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds} s"
