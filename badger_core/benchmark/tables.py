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
from badger_core.files import write_whole

DIGITS = 5


def write_tables(bundle: Bundle, scores: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Write results, differences, breakdowns and replicate agreement; returns the results."""
    scores = with_strata_of_lines(scores, bundle.splits)
    found = results(scores)
    write_csv(folder / "results.csv", found)
    write_csv(folder / "differences.csv", differences(scores, found))
    write_csv(folder / "against_each.csv", against_each(scores))
    write_csv(folder / "by_line.csv", breakdown(scores, "cell"))
    write_csv(folder / "by_source.csv", breakdown(scores, "source"))
    write_csv(folder / "replicates.csv", replicates(bundle))
    return found


def replicates(bundle: Bundle) -> pd.DataFrame:
    """Agreement of repeated measurements in the bundle."""
    table = bundle.signatures.table
    rows = table[table["kind"] == "numeric"].reset_index(drop=True)
    return replicate_agreement(rows, bundle.signatures.values(rows["row"].to_numpy()))


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """The table as CSV, figures rounded, whole or not at all."""
    write_whole(path, table.round(DIGITS).to_csv(index=False, lineterminator="\n"))
