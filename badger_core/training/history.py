"""The course of a training run as a CSV file, and the time that is left."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path


def write_history(path: Path, rows: Sequence[Mapping[str, float]]) -> None:
    """One row per finished epoch, written whole each time."""
    temporary = path.with_name(path.name + ".part")
    with temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    temporary.replace(path)


def in_words(seconds: float) -> str:
    """'1 h 05 min', '3 min 20 s' or '12 s'."""
    seconds = round(max(seconds, 0))
    if seconds >= 3600:
        return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
    if seconds >= 60:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds} s"
