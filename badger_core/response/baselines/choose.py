"""Chooses the settings of a model by the validation pairs, then fits it to all labels."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from badger_core.response.baselines.inputs import everything, without_valid
from badger_core.response.contract import Fitted, Report, Train
from badger_core.response.judge import goodness

Setting = TypeVar("Setting")


class Chosen(NamedTuple):
    """A model fitted to all labels with the settings that validation chose.

    Attributes:
        model: the fit to all labels.
        setting: the chosen one, in words.
        inner: (D, L) predictions of the fit that did not know the validation pairs; all NaN where
            there were none.
    """

    model: Fitted
    setting: str
    inner: np.ndarray

    def predict(self, drugs, lines) -> np.ndarray:  # noqa: ANN001 - as in `Fitted`
        """As the model."""
        return self.model.predict(drugs, lines)


def choose(
    settings: Sequence[Setting],
    fit: Callable[[Train, Setting], Fitted],
    train: Train,
    report: Report,
) -> Chosen:
    """Fit each setting without the validation pairs, judge it on them, fit the best to all labels.

    Of equals the first is taken, as it is where there are no validation pairs.
    """
    best, best_score, inner = settings[0], -np.inf, np.full(train.labels.shape, np.nan)
    if train.valid.any():
        known = without_valid(train)
        for i, setting in enumerate(settings, 1):
            found = fit(known, setting).predict(train.drugs, train.lines)
            score = goodness(train.kind, train.labels, found, train.valid)
            report(f"setting {i} of {len(settings)}: {score:.4f}")
            if score > best_score or i == 1:
                best, best_score, inner = setting, score, found
    return Chosen(fit(everything(train), best), str(best), inner)
