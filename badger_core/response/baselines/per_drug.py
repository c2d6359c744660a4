"""One ridge regression per drug on expression components, drawn towards the one of all drugs."""

from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np

from badger_core.data.response import Drugs, Lines
from badger_core.response.baselines.choose import Chosen, choose
from badger_core.response.baselines.inputs import Components, Standard, labelled
from badger_core.response.contract import Report, Train

SETTINGS = tuple(product((5, 20, 50), (0.3, 1.0, 3.0, 10.0, 30.0)))
"""Numbers of components, and penalties in units of the variance of a component."""
POOLED_PENALTY = 1.0


class PerDrug(NamedTuple):
    """The coefficients of every known drug; an unknown one has those of all drugs together.

    Attributes:
        scale: (k,) standard deviation of each component over training lines.
        pooled: (k + 1,) intercept and coefficients of all drugs.
        own: key to (k + 1,).
    """

    standard: Standard
    components: Components
    scale: np.ndarray
    pooled: np.ndarray
    own: dict[str, np.ndarray]

    def predict(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """(D', L') the linear prediction; a probability may lie a little beyond 0 or 1."""
        coefficients = np.stack([self.own.get(key, self.pooled) for key in drugs.keys])
        return coefficients @ _design(self, lines.expression).T


@dataclass(frozen=True)
class PerDrugRidge:
    """The regressions; number of components and penalty are chosen by validation."""

    name: str = "per-drug ridge"

    def fit(self, train: Train, seed: int, report: Report) -> Chosen:
        """Fit every drug."""
        return choose(SETTINGS, fit_per_drug, train, report)


def fit_per_drug(train: Train, setting: tuple[int, float]) -> PerDrug:
    """Ridge of every drug around the pooled ridge.

    Drug d: minimise sum over its lines (y - x w)^2 + penalty |w - pooled|^2, intercept included.
    """
    k, penalty = setting
    known = labelled(train)
    columns = known.any(axis=0)
    standard = Standard.of(train.lines.expression[columns])
    own_rows = standard.apply(train.lines.expression[columns])
    components = Components.of(own_rows, k)
    scale = np.maximum(components.apply(own_rows).std(axis=0), 1e-9)
    empty = PerDrug(standard, components, scale, np.zeros(len(scale) + 1), {})
    x = _design(empty, train.lines.expression)
    keys, row = np.unique(train.drugs.keys, return_inverse=True)
    y = np.where(known, train.labels, 0.0).astype(np.float64)
    gram = np.zeros((len(keys), x.shape[1], x.shape[1]))
    moment = np.zeros((len(keys), x.shape[1]))
    outer = x[:, :, None] * x[:, None]
    np.add.at(gram, row, np.tensordot(known.astype(np.float64), outer, axes=1))
    np.add.at(moment, row, y @ x)
    eye = np.eye(x.shape[1])
    shrink = POOLED_PENALTY * eye
    shrink[0, 0] = 0.0
    pooled = np.linalg.solve(gram.sum(axis=0) + shrink, moment.sum(axis=0))
    right = (moment + penalty * pooled)[:, :, None]
    own = np.linalg.solve(gram + penalty * eye, right)[:, :, 0]
    seen = np.unique(row[known.any(axis=1)])
    return empty._replace(pooled=pooled, own={str(keys[i]): own[i] for i in seen})


def _design(model: PerDrug, expression: np.ndarray) -> np.ndarray:
    """(L', k + 1) ones and components in standard deviations of training."""
    scores = model.components.apply(model.standard.apply(expression)) / model.scale
    return np.concatenate([np.ones((len(scores), 1)), scores], axis=1)
