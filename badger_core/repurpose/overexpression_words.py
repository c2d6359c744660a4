"""What a match to an over-expression is worth, in words, from the committed test on known drugs."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from badger_core.repurpose.overexpression_recovery import INHIBITOR, MEASURED, PREDICTED

FILE = "overexpression_recovery.csv"
"""In `data/benchmark`; made by `badger perturbation match --validate`."""
_SURE = 0.05


def read_recovery(folder: Path) -> pd.DataFrame | None:
    """The table of the test; None where it is missing or damaged."""
    try:
        table = pd.read_csv(folder / FILE)
        return table if {"source", "action", "percentile", "chance", "p"} <= set(table) else None
    except (OSError, ValueError):
        return None


def recovery_words(table: pd.DataFrame | None) -> str:
    """What came out, in three sentences; '' without the rows of inhibitors."""
    if table is None:
        return ""
    rows = {(row.source, row.action): row for row in table.itertuples(index=False)}
    told = [rows.get((source, INHIBITOR)) for source in (PREDICTED, MEASURED)]
    if None in told:
        return ""
    said = [
        f"by {row.source} signatures the targets of {row.drugs} inhibitors stand at percentile "
        f"{row.percentile:.0f} of the over-expressed genes on average, where {row.chance:.0f} is "
        f"chance ({row.pairs} pairs, p {row.p:.2g})"
        for row in told
    ]
    holds = [row.p < _SURE and row.percentile < row.chance for row in told]
    end = {
        (True, True): "Both lean the right way: take a match as a hint.",
        (True, False): (
            "Measured signatures do not show it, and the models have read the drugs' annotation: "
            "take a match as a hint to look further, not as a drug's target."
        ),
        (False, True): "Predicted signatures do not show it: a match does not name a target.",
        (False, False): "Neither shows it: a match does not name a drug's target.",
    }[holds[0], holds[1]]
    return f"An inhibitor should act against the gain of its target: {'; '.join(said)}. {end}"


def acts_fact(row: Mapping[str, object]) -> list[tuple[str, str]]:
    """Name and words for the card of a compound of a list; none where nothing matches it.

    Args:
        row: of a list of hypotheses.
    """
    acts = str(row.get("acts") or "")
    return [("Acts", f"{acts.removeprefix('acts ')}, FDR {row['acts_fdr']:.3f}")] if acts else []
