"""Negative controls that stand in the list of hypotheses, so that it shows what it cannot tell.

Three kinds. What is judged to be no indication (NOT of PharmacotherapyDB): drugs near the disease
that should not come first. Compounds predicted to do least of their own: the model sees little in
them but what every compound does in the line, so a place near the top is that shared part. And one
row that is no compound: the mean prediction of each line over the library, the drug-free part
itself. A true hypothesis should stand above all three; a control with a high percentile shows how
easily the list makes a false lead.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.diseases.signature import DiseaseSignature
from badger_core.repurpose.aggregate import MEAN, over_lines
from badger_core.repurpose.connectivity import WTCS
from badger_core.repurpose.indications import NOT
from badger_core.repurpose.line_scores import line_scores, on_one_scale
from badger_core.repurpose.predictions import Predictions

N_INERT = 20
"""Least specific compounds that are marked."""
INERT, NOT_INDICATED, DRUG_FREE = (
    "negative control: predicted nearly inert",
    "negative control: judged no indication (NOT)",
    "negative control: no drug (the lines' mean prediction)",
)
NO_DRUG = "(no drug)"


class DrugFreeControl(NamedTuple):
    """The lines' mean prediction, scored like a compound: an effect of no drug in particular."""

    score: float
    lines: np.ndarray  # (L,)


def own_effect(predictions: Predictions) -> np.ndarray:
    """(S,) how much of a compound's prediction is its own, mean over lines.

    The root mean square, over genes, of the prediction less the library's mean in the line.
    """
    size = np.zeros(predictions.changes.shape[1])
    for values in predictions.changes:
        off = values - values.mean(axis=0, dtype=np.float64).astype(values.dtype)
        size += np.sqrt(np.mean(off**2, axis=1, dtype=np.float64))
    return size / len(predictions.changes)


def drug_specific(predictions: Predictions) -> Predictions:
    """The same library with the mean of each line taken off: what is not common to all compounds.

    Reversal by this part asks what a compound adds to what every compound does in the line.
    """
    centre = predictions.changes.mean(axis=1, keepdims=True, dtype=np.float64)
    return predictions._replace(changes=(predictions.changes - centre).astype(np.float32))


def mark(known: pd.DataFrame, effect: np.ndarray, count: int = N_INERT) -> np.ndarray:
    """(S,) the kind of control that each compound is, '' for none.

    Of the least specific compounds those with a known use take no part, as they are no controls.

    Args:
        known: S rows of `indications.known_uses`.
        effect: (S,) of `own_effect`.
        count: compounds predicted nearly inert.
    """
    out = np.full(len(known), "", object)
    judged = known["known"].to_numpy()
    free = np.flatnonzero(~np.char.startswith(judged.astype(str), "known") & (judged != NOT))
    out[free[np.argsort(effect[free], kind="stable")[: min(count, len(known) // 4)]]] = INERT
    out[judged == NOT] = NOT_INDICATED
    return out


def drug_free(
    predictions: Predictions,
    library: np.ndarray,
    signature: DiseaseSignature,
    method: str = WTCS,
    summary: str = MEAN,
) -> DrugFreeControl:
    """The score of the mean prediction of each line.

    Args:
        predictions: S compounds in L lines.
        library: (S, L) scores of the library against the signature, which set the scale.
        signature: of the disease.
        method: of `connectivity.METHODS`.
        summary: of `aggregate.SUMMARIES`.
    """
    mean = predictions.changes.mean(axis=1, keepdims=True, dtype=np.float64)
    lines = line_scores(mean, [signature], method)[0]
    return DrugFreeControl(
        float(over_lines(on_one_scale(lines, method, library), summary).score[0]), lines[0]
    )
