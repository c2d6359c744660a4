"""Which compound to try in which line next, by a rule that can be read, and why in words."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellCatalogue
from badger_core.cells.dependence import why_dependent
from badger_core.repurpose.indications import NEW, NOT, UNASKED
from badger_core.repurpose.predictions import Predictions
from badger_core.repurpose.reversal import percentile

LEAST_PERCENTILE = 95.0
MOST_PROMISCUOUS = 0.2
"""Share of the diseases in whose most reversing 5% a compound may stand, four times chance."""
MOST_PER_COMPOUND, MOST_PER_MECHANISM = 2, 2
"""Lines of one compound, and compounds of one mechanism: one class shall not fill the list."""
TELLING = 0.9
"""Share of the library below 0 from which on the sign of a score says nothing."""
COLUMNS = (
    "ik14",
    "name",
    "cell",
    "priority",
    "line_score",
    "line_percentile",
    "percentile",
    "agreement",
    "confidence",
    "domain_structure",
    "domain_line",
    "badge",
    "known",
    "reason",
)


def next_experiments(
    table: pd.DataFrame, predictions: Predictions, cells: CellCatalogue, most: int = 20
) -> pd.DataFrame:
    """Pairs of a compound and a line, the most worth trying first.

    A pair is taken where: the compound stands above 95% of the library over the lines and in this
    line, and reverses in this line (score below 0); structure and line lie inside the domain of the
    models; the line is in the catalogue with measured expression and does not depend on a line
    named before it; the compound is new or unasked, no control, and reverses at most 20% of the
    diseases. Priority is the mean of both percentiles / 100 x agreement over lines x confidence:
    an order of trying, not a probability. At most two lines a
    compound and two compounds of the same known mechanism.

    Args:
        table: of the hypotheses, in the order of `predictions.compounds`, with columns of
            `reversal_test`, promiscuity, of_diseases, moa, known and control.
        predictions: S compounds in L lines.
        cells: the catalogue.
        most: rows.

    Returns:
        Columns COLUMNS; empty where nothing passes.
    """
    allowed = (
        (table["percentile"] >= LEAST_PERCENTILE)
        & table["known"].isin((NEW, UNASKED))
        & (table["known"] != NOT)
        & (table["control"] == "")
        & (table["promiscuity"] <= MOST_PROMISCUOUS * table["of_diseases"])
    ).to_numpy()
    tells = sign_tells(table["score"])
    rows = []
    for line in independent_lines(predictions.lines, cells):
        at = predictions.lines.index(line)
        score = table[f"score_{line}"].to_numpy(float)
        here = percentile(score, score)
        inside = (predictions.domain_structure[at] == "inside") & (
            predictions.domain_line[at] == "inside"
        )
        for row in np.flatnonzero(allowed & inside & (here >= LEAST_PERCENTILE) & (score < 0)):
            each = (table.iloc[row], line, at, score[row], here[row], predictions, row)
            rows.append(_row(*each, tells))
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    found = found[found["priority"] > 0]
    found = found.sort_values(["priority", "ik14", "cell"], ascending=[False, True, True])
    found = found[found.groupby("ik14").cumcount() < MOST_PER_COMPOUND]
    mechanism = dict(zip(table["ik14"], table["moa"], strict=True))
    return found[_spread(found["ik14"], mechanism)].head(most).reset_index(drop=True)


def sign_tells(scores: pd.Series) -> bool:
    """Whether agreement in sign says anything: not where nearly the whole library is below 0.

    Args:
        scores: of the library over the lines; missing ones take no part.
    """
    known = scores.dropna()
    return not len(known) or float((known < 0).mean()) < TELLING


def independent_lines(lines: Sequence[str], cells: CellCatalogue) -> list[str]:
    """Lines of the catalogue with expression, each without those that depend on one before it."""
    known = set(cells.usable["cell"])
    kept: list[str] = []
    for line in lines:
        if line in known and not set(why_dependent(cells.table, line)) & set(kept):
            kept.append(line)
    return kept


def _spread(keys: pd.Series, mechanism: dict[str, str]) -> list[bool]:
    """Which rows to keep, so that a known mechanism has MOST_PER_MECHANISM compounds at most."""
    taken: dict[str, set[str]] = {}
    kept = []
    for key in keys:
        own = taken.setdefault(mechanism[key], set())
        kept.append(not mechanism[key] or key in own or len(own) < MOST_PER_MECHANISM)
        if kept[-1]:
            own.add(key)
    return kept


def _shown(share: float) -> str:
    """A percentile with one digit; never 100: nothing reverses more than all."""
    return f"{min(share, 99.9):.1f}%"


def _row(
    row: pd.Series,
    line: str,
    at: int,
    score: float,
    here: float,
    predictions: Predictions,
    place: int,
    tells: bool,
) -> tuple:
    confidence = float(predictions.confidence[at, place])
    agreement = float(row["agreement"])
    badge = str(predictions.badge[at, place])
    n_lines = int(row["n_lines"])
    priority = (row["percentile"] + here) / 200 * agreement * confidence
    priority = 0.0 if np.isnan(priority) else float(priority)
    place_over, agree = "", "one line only, so agreement over lines is untested"
    if n_lines > 1:
        place_over = f" and {_shown(row['percentile'])} over the lines"
        agree = f"{round(agreement * n_lines)} of {n_lines} lines agree in sign"
        agree += "" if tells else ", as nearly all of the library does"
    reason = (
        f"Reverses more than {_shown(here)} of the library in {line}{place_over}; "
        f"{agree}; confidence "
        f"{confidence:.2f} ({badge}); inside the domain by structure and line; among "
        f"the most reversing 5% for {int(row['promiscuity'])} of "
        f"{int(row['of_diseases'])} diseases."
    )
    return (
        row["ik14"],
        row["name"],
        line,
        priority,
        float(score),
        float(here),
        float(row["percentile"]),
        agreement,
        confidence,
        str(predictions.domain_structure[at, place]),
        str(predictions.domain_line[at, place]),
        badge,
        row["known"],
        reason,
    )
