"""What the benchmark measured of the explanations, to be quoted beside a single one."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from badger_core.paths import benchmark_dir

FILE = "faithfulness.csv"
MEASURES = {  # name here: check and measure in the table
    "deletion": ("deletion", "Spearman of attention share and change of order"),
    "bits": ("deletion", "Spearman of fragment's bits and change of order"),
    "top": ("deletion", "most attended fragment is the most effective"),
    "mass": ("enrichment", "AUROC of mass on fragments, unseen"),
    "use": ("enrichment", "AUROC of use by genes, unseen"),
    "fragments agree": ("agreement", "Spearman of fragment shares, against random order"),
    "mass agrees": ("agreement", "Spearman of mass on fragments, against other compounds"),
    "use agrees": ("agreement", "Spearman of use by genes, against other compounds"),
    "sameness": ("sameness", "Spearman of mass on fragments between compounds"),
}


class Quoted(NamedTuple):
    """One measured figure over the whole ensemble, NaN where something does not exist."""

    value: float
    low: float
    high: float
    chance: float
    n: int


def quoted(folder: Path | None = None) -> Mapping[str, Quoted]:
    """Name to figure for those of MEASURES that were measured; {} where none was.

    Args:
        folder: of the benchmark's tables.
    """
    path = (folder or benchmark_dir()) / FILE
    if not path.exists():
        return {}
    table = pd.read_csv(path)
    table = table[table["member"] == "all"].set_index(["check", "measure"])
    return {
        name: Quoted(
            *(float(table.at[key, c]) for c in ("value", "ci_low", "ci_high", "null")),
            int(table.at[key, "n"]),
        )
        for name, key in MEASURES.items()
        if key in table.index
    }
