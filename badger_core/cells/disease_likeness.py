"""Lines similar to one line, gathered by their disease, beside what chance would give."""

from math import comb

import numpy as np
import pandas as pd

from badger_core.cells.disease_names import APART, grouped_disease

COLUMNS = (
    "disease",
    "n_lines",
    "best",
    "best_line",
    "median",
    "chance",
    "n_dependent",
    "n_measured",
    "n_signatures",
)
APART_COLUMNS = tuple(name for name in COLUMNS if name != "chance")
FEWEST = 2
"""Lines from which it is told what chance would give."""


def diseases_alike(neighbours: pd.DataFrame) -> pd.DataFrame:
    """One row per disease, by falling best similarity; `apart` has what is no disease.

    Lines that depend on the one asked about are counted but take no part: that a line resembles
    itself says nothing of a disease. Diseases are grouped by `grouped_disease`.

    Args:
        neighbours: of `similar_lines`.

    Returns:
        Columns COLUMNS. `best` and `median` are over the independent lines. `chance` is how often
        as many lines, drawn at random from all independent ones, would hold one at least as similar
        as the best (exact, hypergeometric), NaN for a disease of one line; diseases without an
        independent line are left out. `n_measured` and `n_signatures`: independent lines with
        signatures, and how many.
    """
    found = _gathered(neighbours)
    return found[~found["disease"].isin(APART)].reset_index(drop=True)


def apart(neighbours: pd.DataFrame) -> pd.DataFrame:
    """The same of normal tissue and of lines without a recorded disease; `APART_COLUMNS`."""
    found = _gathered(neighbours)
    return found.loc[found["disease"].isin(APART), list(APART_COLUMNS)].reset_index(drop=True)


def _gathered(neighbours: pd.DataFrame) -> pd.DataFrame:
    table = neighbours.assign(disease=grouped_disease(neighbours))
    free = table[table["dependent"] == ""]
    dependent = table.loc[table["dependent"] != "", "disease"].value_counts()
    rows = []
    for disease, lines in free.groupby("disease"):
        best = lines.loc[lines["likeness"].idxmax()]
        as_alike = int((free["likeness"] >= best["likeness"]).sum())
        chance = chance_of_best(len(free), as_alike, len(lines))
        rows.append(
            {
                "disease": disease,
                "n_lines": len(lines),
                "best": best["likeness"],
                "best_line": best["display_name"],
                "median": round(float(lines["likeness"].median()), 4),
                "chance": round(chance, 4) if len(lines) >= FEWEST else np.nan,
                "n_dependent": int(dependent.get(disease, 0)),
                "n_measured": int((lines["n_signatures"] > 0).sum()),
                "n_signatures": int(lines["n_signatures"].sum()),
            }
        )
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    return found.sort_values(["best", "disease"], ascending=[False, True], ignore_index=True)


def chance_of_best(n_all: int, n_as_alike: int, n_drawn: int) -> float:
    """Probability that `n_drawn` of `n_all` lines hold one of the `n_as_alike` most alike."""
    return 1.0 - comb(n_all - n_as_alike, n_drawn) / comb(n_all, n_drawn)
