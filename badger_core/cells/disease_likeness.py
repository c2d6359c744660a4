"""Lines alike one line, gathered by their disease, beside what chance would give."""

from math import comb

import pandas as pd

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
UNKNOWN = "disease not recorded"


def diseases_alike(neighbours: pd.DataFrame) -> pd.DataFrame:
    """One row per disease, by falling best likeness.

    Lines that depend on the one asked about are counted but take no part: that a line resembles
    itself says nothing of a disease.

    Args:
        neighbours: of `similar_lines`.

    Returns:
        Columns COLUMNS. `best` and `median` are over the independent lines. `chance` is how often
        as many lines, drawn at random from all independent ones, would hold one at least as alike
        as the best (exact, hypergeometric); diseases without an independent line are left out.
        `n_measured` and `n_signatures`: independent lines with signatures, and how many.
    """
    table = neighbours.assign(disease=neighbours["disease"].replace("", UNKNOWN))
    free = table[table["dependent"] == ""]
    dependent = table.loc[table["dependent"] != "", "disease"].value_counts()
    rows = []
    for disease, lines in free.groupby("disease"):
        best = lines.loc[lines["likeness"].idxmax()]
        as_alike = int((free["likeness"] >= best["likeness"]).sum())
        rows.append(
            {
                "disease": disease,
                "n_lines": len(lines),
                "best": best["likeness"],
                "best_line": best["display_name"],
                "median": round(float(lines["likeness"].median()), 4),
                "chance": round(chance_of_best(len(free), as_alike, len(lines)), 4),
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
