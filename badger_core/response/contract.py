"""What a model of drug sensitivity takes and gives: labels in, a predictor of any pair out.

D drugs, L lines: of training without a mark, of a question with one (D', L').
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np

    from badger_core.data.response import Drugs, Lines

Report = Callable[[str], None]
"""Takes a sentence on the progress."""
CLASS, AUC = "class", "auc"
"""Kinds of label: 1 sensitive and 0 resistant; or area under the curve, lower is more sensitive."""


class Train(NamedTuple):
    """What a model may learn from; no label of a test pair is in it.

    Attributes:
        kind: CLASS or AUC.
        drugs: D drugs, as they stand in the screen; those of the test side may be among them
            without a label, and a model must not learn from a drug or line that has none.
        lines: L lines, likewise.
        labels: (D, L) float, NaN where nothing is known; the pairs of `valid` are among them.
        valid: (D, L) bool, the pairs that choose hyper-parameters or decide when to stop. Whether a
            model is fitted anew with them afterwards is its own choice.
        aside: (D, L) float or None, labels that share a drug or a line with `valid` where both
            shall be unseen: not for learning while settings are chosen, free for a last fit.
    """

    kind: str
    drugs: Drugs
    lines: Lines
    labels: np.ndarray
    valid: np.ndarray
    aside: np.ndarray | None = None


class Fitted(Protocol):
    """A trained model.

    It may have `inner`, (D, L) predictions of the training grid by a fit that did not learn from
    the pairs of `valid`; without it, `predict` is taken to be such a fit.
    """

    def predict(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """(D', L') float: probability of sensitive, or AUC.

        Any drug with bits and any line with expression on the panel of training may be asked for;
        keys that training had labels of are recognised.
        """
        ...


class Contender(Protocol):
    """A model with its settings, ready to be trained on any split.

    Attributes:
        name: short, as it stands in tables and on the command line.
    """

    name: str

    def fit(self, train: Train, seed: int, report: Report) -> Fitted:
        """Learn from `train` alone; the same arguments give the same model."""
        ...
