"""The same statistic of a second ranking beside each set: what the drug-free ranking gives."""

import numpy as np
import pandas as pd

STRENGTHS = ("nes", "ratio", "activity")
"""The columns that tell how strongly a set gathers: of GSEA, over-representation, footprints."""
SURE = 0.05
SMALL = 1e-6


def strength_of(found: pd.DataFrame) -> str:
    """The column of `STRENGTHS` that a result has."""
    return next(name for name in STRENGTHS if name in found)


def beside(found: pd.DataFrame, drug_free: pd.DataFrame) -> pd.DataFrame:
    """A result with what the same test says of the drug-free ranking.

    Args:
        found: a result of `enrichment.enrich` or `footprints.activities`.
        drug_free: the result of the same test for the drug-free ranking of the line.

    Returns:
        `found` with `drug_free_` + strength, `drug_free_fdr`, and `whatever`: True where both have
        an FDR below 5% in the same direction.
    """
    strength = strength_of(found)
    keys = ["pathway", "direction"] if strength == "ratio" else ["pathway"]
    other = drug_free.set_index(keys)
    at = pd.MultiIndex.from_frame(found[keys]) if len(keys) > 1 else found[keys[0]]
    other = other.reindex(at)
    same = np.ones(len(found), bool)
    if "direction" in other:
        same = found["direction"].to_numpy() == other["direction"].to_numpy()
    sure = (found["fdr"].to_numpy() < SURE) & (other["fdr"].to_numpy() < SURE)
    return found.assign(
        **{f"drug_free_{strength}": other[strength].to_numpy()},
        drug_free_fdr=other["fdr"].to_numpy(),
        whatever=sure & same,
    )


def whatever_words(found: pd.DataFrame, what: str = "sets") -> str:
    """How many of the sure sets any compound would have given, in a sentence.

    Args:
        found: a result of `beside`.
        what: its rows in the plural.
    """
    sure = int((found["fdr"] < SURE).sum())
    if not sure:
        return f"None of {len(found)} {what} has an FDR below 5%."
    same = int(found["whatever"].sum())
    verb = "points" if same == 1 else "point"
    return (
        f"{same} of the {sure} {what} with FDR below 5% {verb} the same way whatever the drug "
        f"({len(found)} tested)."
    )


def p_words(value: float) -> str:
    """A p value or FDR as it is shown: two digits, '< 1e-6' below that, '–' where unknown."""
    if np.isnan(value):
        return "–"
    return "< 1e-6" if value < SMALL else f"{value:.2g}"
