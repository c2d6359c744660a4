"""The answers of a machine as a table: what is predicted, how surely, and what it rests on."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.response.confidence import word
from badger_core.response.heads import Asked
from badger_core.response.machine import Machine


def answer_table(
    machine: Machine,
    asked: Asked,
    lines: "Sequence[str | np.ndarray]",
    about: pd.DataFrame,
) -> pd.DataFrame:
    """The pairs as rows, drug by drug, beside what is known about them (as many rows)."""
    screen, (n_drugs, n_lines) = machine.screen, asked.predicted.shape
    drug, line = (grid.ravel() for grid in np.indices((n_drugs, n_lines)))
    known = asked.drug_known[drug]
    measured = asked.measured.ravel()
    basis = np.where(known, "known drug", "new drug").astype(object)
    basis[np.isfinite(measured)] = "measured pair"
    near, near_line = asked.nearest_drug[drug], asked.nearest_line[line]
    mean = machine.line_means(list(lines))[line]
    columns = {
        "predicted": asked.predicted.ravel(),
        "low": asked.low.ravel(),
        "high": asked.high.ravel(),
        "drug_specific": asked.predicted.ravel() - mean,
        "sure": asked.sure.ravel(),
        "confidence": [word(screen.kind, sure) for sure in asked.sure.ravel()],
        "measured": measured,
        "basis": basis,
        "nearest_drug": screen.about_drugs["name"].to_numpy(object)[near],
        "likeness": asked.alike[drug],
        "nearest_line": screen.about_lines["display_name"].to_numpy(object)[near_line],
        "line_likeness": asked.line_alike[line],
    }
    return about.assign(screen=screen.name, **columns)


def with_percent(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the share of its other rows of the screen that are killed less, 0 to 100."""
    killing = np.where(table["screen"] == "nci60", table["predicted"], -table["predicted"])
    rank = pd.Series(killing).groupby(table["screen"].to_numpy()).rank(method="average")
    size = table.groupby("screen")["screen"].transform("size").to_numpy()
    share = np.divide(rank - 1, size - 1, out=np.full(len(table), 0.5), where=size > 1)
    return table.assign(percent=100 * share)
