"""The column 'predicted sensitive': does a compound of the list also kill the lines asked about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from badger_core.cells.catalogue import CellCatalogue, CellLine
from badger_core.errors import ResponseError
from badger_core.repurpose.hypotheses import Hypotheses
from badger_core.repurpose.hypotheses_columns import with_columns
from badger_core.repurpose.library_file import Candidate
from badger_core.repurpose.reversal import percentile
from badger_core.repurpose.sensitive_words import NO, UNKNOWN, YES
from badger_core.response.answer import pairs
from badger_core.response.answer_words import UNLIKE

if TYPE_CHECKING:
    from badger_core.response.predictor import Sensitivity

COLUMNS = ("sensitive", "sensitive_percentile", "sensitive_auc")
LEAST = 80.0
"""Percentile, among compounds that can be judged, from which one is called predicted sensitive."""
MEANING = (
    "sensitive: whether the compound is predicted to kill the lines asked about, learnt from "
    "CTRP v2. sensitive_auc is the predicted area under the dose-response curve, mean over the "
    "lines, lower kills more. sensitive_percentile is the share, in percent, of the compounds "
    "that can be judged whose drug-specific part (predicted less the line's mean over the tested "
    "drugs) is weaker. "
    f"'{YES}' from percentile {LEAST:.0f} on, '{NO}' below it, '{UNKNOWN}' where the structure is "
    f"unlike every tested drug (Tanimoto below {UNLIKE}). A compound that kills every line is "
    f"called '{YES}' too: see the page Sensitivity for how it fares in others. How good such "
    "predictions are stands in docs/RESPONSE.md."
)


def sensitive(
    model: "Sensitivity",
    candidates: Sequence[Candidate],
    lines: Sequence[CellLine],
    catalogue: CellCatalogue,
) -> pd.DataFrame:
    """Whether compounds are predicted to kill lines, mean over those that can be predicted for.

    Args:
        model: of drug sensitivity.
        candidates: S compounds.
        lines: asked about.
        catalogue: of lines.

    Returns:
        (S rows) ik14 and `COLUMNS`.
    """
    smiles = [one.smiles for one in candidates]
    each = [pairs(model, smiles, line, catalogue) for line in lines if line.basal is not None]
    table = pd.DataFrame({"ik14": [one.ik14 for one in candidates]})
    if not each:
        return table.assign(sensitive=UNKNOWN, sensitive_percentile=np.nan, sensitive_auc=np.nan)
    auc = np.stack([one["predicted"].to_numpy(float) for one in each])  # (L, S)
    own = np.stack([one["drug_specific"].to_numpy(float) for one in each]).mean(axis=0)
    known = (each[0]["likeness"] >= UNLIKE).to_numpy() & np.isfinite(own)
    place = np.full(len(own), np.nan)
    place[known] = percentile(own[known], own[known])
    word = np.where(place >= LEAST, YES, NO)
    return table.assign(
        sensitive=np.where(known, word, UNKNOWN),
        sensitive_percentile=place,
        sensitive_auc=np.where(known, auc.mean(axis=0), np.nan),
    )


def beside(found: Hypotheses, told: pd.DataFrame | None) -> Hypotheses:
    """A list with the column, and what it means in the manifest; the list as it is without one.

    Args:
        found: the list.
        told: of `sensitive`, or None where the predictor is not at hand.
    """
    return with_columns(found, told, COLUMNS, MEANING)


def told_or_why(
    candidates: Sequence[Candidate], lines: Sequence[CellLine], catalogue: CellCatalogue
) -> tuple[pd.DataFrame | None, str]:
    """`sensitive` by the shipped predictor; None, and why, where it is not at hand."""
    from badger_core.response.predictor import Sensitivity  # only a list needs it

    try:
        return sensitive(Sensitivity.load(), candidates, lines, catalogue), ""
    except ResponseError as error:
        return None, str(error)
