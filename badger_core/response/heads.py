"""The parts of a machine that predicts sensitivity: a head for each question, and an answer."""

from typing import NamedTuple

import numpy as np

from badger_core.response.baselines.kernel import KernelSettings
from badger_core.response.confidence import Bins
from badger_core.response.platt import Platt

QUESTIONS = {
    (True, True): "random",
    (False, True): "unseen-drug",
    (True, False): "unseen-line",
    (False, False): "unseen-both",
}
"""Whether the drug and the line are known to the split whose settings and errors apply."""


class Head(NamedTuple):
    """What answers one kind of question.

    Attributes:
        settings: of the kernels.
        offset: added to every prediction.
        weights: (D, L) dual weights.
        platt: from raw prediction to probability; None for AUC.
        bins: held-out errors.
    """

    settings: KernelSettings
    offset: float
    weights: np.ndarray
    platt: Platt | None
    bins: Bins


class Asked(NamedTuple):
    """Pairs of D' drugs and L' lines, each (D', L') but the names of what is nearest.

    Attributes:
        predicted: probability of sensitive, or AUC.
        low, high: interval of 80%.
        sure: assurance, see `confidence.MEANING`.
        measured: label, NaN where there is none.
        drug_known, line_known: (D',), (L',) whether training has the key.
        alike: (D',) Tanimoto of the nearest drug of training; nearest_drug its position.
        line_alike: (L',) correlation with the nearest line of training, 1 for a known one;
            nearest_line its position.
    """

    predicted: np.ndarray
    low: np.ndarray
    high: np.ndarray
    sure: np.ndarray
    measured: np.ndarray
    drug_known: np.ndarray
    line_known: np.ndarray
    alike: np.ndarray
    nearest_drug: np.ndarray
    line_alike: np.ndarray
    nearest_line: np.ndarray
