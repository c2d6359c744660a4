"""Writes the result tables of the benchmark as CSV files."""

from pathlib import Path

import pandas as pd

from badger_core.benchmark.tally import (
    against_each,
    breakdown,
    differences,
    results,
    with_strata_of_lines,
)
from badger_core.data.bundle import Bundle
from badger_core.evaluation.replicates import replicate_agreement
from badger_core.files import write_together, write_whole

DIGITS = 5


def write_tables(bundle: Bundle, scores: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Write results, differences, breakdowns and replicate agreement; returns the results."""
    scores = with_strata_of_lines(scores, bundle.splits)
    found = results(scores)
    tables = {
        "differences": differences(scores, found),
        "against_each": against_each(scores),
        "by_line": breakdown(scores, "cell"),
        "by_source": breakdown(scores, "source"),
        "replicates": replicates(bundle),
        "results": found,
    }
    write_together({folder / f"{name}.csv": _csv(table) for name, table in tables.items()})
    return found


def replicates(bundle: Bundle) -> pd.DataFrame:
    """Agreement of repeated measurements in the bundle."""
    table = bundle.signatures.table
    rows = table[table["kind"] == "numeric"].reset_index(drop=True)
    return replicate_agreement(rows, bundle.signatures.values(rows["row"].to_numpy()))


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """The table as CSV, figures rounded, whole or not at all."""
    write_whole(path, _csv(table))


def _csv(table: pd.DataFrame) -> str:
    return table.round(DIGITS).to_csv(index=False, lineterminator="\n")
