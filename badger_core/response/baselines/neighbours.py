"""Weighted means of what was measured for drugs alike, for lines alike, and for both."""

from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np

from badger_core.data.response import Drugs, Lines
from badger_core.response.baselines.choose import Chosen, choose
from badger_core.response.baselines.inputs import Standard, distances, labelled, tanimoto
from badger_core.response.contract import Report, Train

POWERS = (2.0, 4.0, 8.0)
WIDTHS = (0.25, 1.0, 2.0, 4.0)
PRIORS = (0.01, 0.1, 1.0)


class Smoothing(NamedTuple):
    """How neighbours are weighed.

    Attributes:
        power: of the Tanimoto coefficient; None: only the drug itself counts.
        width: weight of a line exp(-width * squared distance / median); None: only the line itself.
        prior: weight of the expected label where the neighbours say nothing.
    """

    power: float | None
    width: float | None
    prior: float


@dataclass(frozen=True)
class Neighbours:
    """A smoother over drugs, over lines, or over both."""

    name: str
    settings: tuple[Smoothing, ...]

    def fit(self, train: Train, seed: int, report: Report) -> Chosen:
        """The weighing is chosen by validation."""
        return choose(self.settings, Smoothed.of, train, report)


TANIMOTO = Neighbours(
    "Tanimoto neighbours", tuple(Smoothing(p, None, k) for p, k in product(POWERS, PRIORS))
)
EXPRESSION = Neighbours(
    "expression smoother", tuple(Smoothing(None, w, k) for w, k in product(WIDTHS, PRIORS))
)
BOTH = Neighbours(
    "expression x Tanimoto",
    tuple(Smoothing(p, w, k) for p, w, k in product(POWERS, WIDTHS, (0.01, 1.0))),
)


class Smoothed(NamedTuple):
    """The labels of training with what is needed to weigh them; fields as in `KernelFit`.

    Attributes:
        known: (D, L) 1 where there is a label.
        values: (D, L) labels, 0 where there is none.
        overall: mean of all labels.
    """

    how: Smoothing
    bits: np.ndarray
    drug_keys: np.ndarray
    standard: Standard
    expression: np.ndarray
    line_keys: np.ndarray
    scale: float
    known: np.ndarray
    values: np.ndarray
    overall: float

    @classmethod
    def of(cls, train: Train, how: Smoothing) -> "Smoothed":
        """From all labels of `train`."""
        known = labelled(train)
        rows, columns = np.flatnonzero(known.any(axis=1)), np.flatnonzero(known.any(axis=0))
        labels = train.labels[np.ix_(rows, columns)]
        standard = Standard.of(train.lines.expression[columns])
        expression = standard.apply(train.lines.expression[columns])
        apart = distances(expression, expression)[np.triu_indices(len(columns), 1)]
        return cls(
            how,
            train.drugs.bits[rows],
            train.drugs.keys[rows],
            standard,
            expression,
            train.lines.keys[columns],
            float(np.median(apart)) if len(apart) and np.median(apart) > 0 else 1.0,
            np.isfinite(labels).astype(np.float64),
            np.nan_to_num(labels, nan=0.0).astype(np.float64),
            float(np.nanmean(labels)),
        )

    def predict(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """(D', L') weighted mean of the labels, with the prior as one more."""
        left = self._drug_weights(drugs)
        right = self._line_weights(lines)
        total, weight = left @ self.values @ right, left @ self.known @ right
        return (total + self.how.prior * self._expected(drugs, lines)) / (weight + self.how.prior)

    def _drug_weights(self, drugs: Drugs) -> np.ndarray:
        if self.how.power is None:
            return (drugs.keys[:, None] == self.drug_keys[None]).astype(np.float64)
        return tanimoto(drugs.bits, self.bits).astype(np.float64) ** self.how.power

    def _line_weights(self, lines: Lines) -> np.ndarray:
        if self.how.width is None:
            return (self.line_keys[:, None] == lines.keys[None]).astype(np.float64)
        apart = distances(self.expression, self.standard.apply(lines.expression)) / self.scale
        return np.exp(-self.how.width * apart)

    def _expected(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """(D', L') the mean of the axis that is not smoothed over, where known, else of all."""
        found = np.full((len(drugs.keys), len(lines.keys)), self.overall)
        if self.how.power is None:  # the drug itself is known or nothing is
            same = (drugs.keys[:, None] == self.drug_keys[None]).astype(np.float64)
            total, n = same @ self.values.sum(axis=1), same @ self.known.sum(axis=1)
            return np.where(n[:, None] > 0, (total / np.maximum(n, 1))[:, None], found)
        same = (self.line_keys[:, None] == lines.keys[None]).astype(np.float64)
        total, n = self.values.sum(axis=0) @ same, self.known.sum(axis=0) @ same
        return np.where(n[None] > 0, (total / np.maximum(n, 1))[None], found)
