"""In how many diseases a compound stands among those of the library that reverse most.

A compound that is near the top for most diseases tells of itself, or of the model, and not of the
disease asked about. By chance a compound stands in the top 5% of 5% of the diseases.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.diseases.signature import DiseaseSignature, catalogue_signature
from badger_core.repurpose.aggregate import MEAN, over_lines
from badger_core.repurpose.connectivity import WTCS
from badger_core.repurpose.line_scores import Progress, line_scores, on_one_scale
from badger_core.repurpose.predictions import Predictions

SHARE = 0.05
"""Part of the library that counts as most reversing."""


def all_signatures(bundle: Bundle) -> list[DiseaseSignature]:
    """Every disease of the bundle, in its order."""
    known = bundle.diseases
    return [catalogue_signature(known, doid, bundle.genes) for doid in known.names["doid"]]


def promiscuity(
    predictions: Predictions,
    signatures: Sequence[DiseaseSignature],
    method: str = WTCS,
    summary: str = MEAN,
    share: float = SHARE,
    progress: Progress | None = None,
    ready: np.ndarray | None = None,
) -> pd.DataFrame:
    """One row per compound of the library, in its order, for the same lines and measure.

    49 diseases cost about ten seconds a line for the whole library, so callers keep the result.

    Args:
        predictions: S compounds in L lines.
        signatures: D diseases.
        method: of `connectivity.METHODS`.
        summary: of `aggregate.SUMMARIES`.
        share: of the library.
        progress: called with how many of D x L are done.
        ready: (D, S, L) `line_scores` of the same question, if at hand.

    Returns:
        Columns ik14, promiscuity (diseases it reverses), of_diseases (D), reverses (their names,
        divided by ' | ').
    """
    if ready is None:
        ready = line_scores(predictions.changes, signatures, method, progress)
    within = np.stack(
        [among_most(over_lines(on_one_scale(each, method), summary).score, share) for each in ready]
    )
    names = np.array([signature.name for signature in signatures], object)
    return pd.DataFrame(
        {
            "ik14": predictions.compounds["ik14"].to_numpy(),
            "promiscuity": within.sum(axis=0),
            "of_diseases": len(signatures),
            "reverses": [" | ".join(names[column]) for column in within.T],
        }
    )


def among_most(score: np.ndarray, share: float = SHARE) -> np.ndarray:
    """(S,) bool: the `share` of lowest scores, below 0 only, with all that tie with the last.

    At least one compound is taken where any is below 0. A tie that would take in more than twice
    the share takes none of those tied.
    """
    known = np.sort(score[~np.isnan(score)])
    if not len(known):
        return np.zeros(len(score), bool)
    count = max(1, int(share * len(known)))
    border = known[count - 1]
    chosen = (score <= border) & (score < 0)
    return chosen if chosen.sum() <= 2 * count else (score < border) & (score < 0)
