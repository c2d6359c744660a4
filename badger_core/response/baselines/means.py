"""Main effects alone: the mean of the line, the mean of the drug, and both added up."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from badger_core.data.response import Drugs, Lines
from badger_core.response.baselines.choose import Chosen, choose
from badger_core.response.baselines.inputs import everything, key_means, labelled
from badger_core.response.contract import CLASS, Report, Train

RIDGES = tuple((drug, line) for drug in (0.3, 1.0, 3.0, 10.0, 100.0) for line in (0.1, 1.0, 10.0))
"""Penalties on drug and line effects among which validation chooses."""
STEPS = 25


class Effects(NamedTuple):
    """An intercept, an effect of each known drug and of each known line; unknown ones add 0.

    Attributes:
        kind: of the labels; the effects of CLASS are on the scale of log odds if `logistic`.
        of_drug, of_line: key to effect.
    """

    logistic: bool
    intercept: float
    of_drug: dict[str, float]
    of_line: dict[str, float]

    def predict(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """(D', L') probability or AUC."""
        rows = np.array([self.of_drug.get(key, 0.0) for key in drugs.keys])
        columns = np.array([self.of_line.get(key, 0.0) for key in lines.keys])
        total = self.intercept + rows[:, None] + columns[None]
        return 1 / (1 + np.exp(-total)) if self.logistic else total


@dataclass(frozen=True)
class LineMean:
    """The mean label of the line; of an unknown line the mean of all."""

    name: str = "line mean"

    def fit(self, train: Train, seed: int, report: Report) -> Effects:
        """Means of all labels of a line less the mean of all."""
        train = everything(train)
        overall = float(np.nanmean(train.labels))
        return Effects(False, overall, {}, _deviations(train.lines.keys, train.labels.T, overall))


@dataclass(frozen=True)
class DrugMean:
    """The mean label of the drug; of an unknown drug the mean of all."""

    name: str = "drug mean"

    def fit(self, train: Train, seed: int, report: Report) -> Effects:
        """Means of all labels of a drug less the mean of all."""
        train = everything(train)
        overall = float(np.nanmean(train.labels))
        return Effects(False, overall, _deviations(train.drugs.keys, train.labels, overall), {})


@dataclass(frozen=True)
class Additive:
    """Drug and line effects with ridge penalties: logistic for classes, linear for AUC."""

    name: str = "additive"

    def fit(self, train: Train, seed: int, report: Report) -> Chosen:
        """The penalties are chosen by validation."""
        return choose(RIDGES, fit_effects, train, report)


def fit_effects(train: Train, ridge: tuple[float, float]) -> Effects:
    """Penalised maximum likelihood by Newton's method; the intercept bears no penalty."""
    rows, columns = np.nonzero(labelled(train))
    y = train.labels[rows, columns].astype(np.float64)
    drugs, d = np.unique(train.drugs.keys[rows], return_inverse=True)
    lines, c = np.unique(train.lines.keys[columns], return_inverse=True)
    n_d, n = len(drugs), 1 + len(drugs) + len(lines)
    penalty = np.concatenate([[0.0], np.full(n_d, ridge[0]), np.full(len(lines), ridge[1])])
    beta = np.zeros(n)
    logistic = train.kind == CLASS
    for _ in range(STEPS if logistic else 1):
        at = beta[0] + beta[1 + d] + beta[1 + n_d + c]
        mean = 1 / (1 + np.exp(-at)) if logistic else at
        weight = np.maximum(mean * (1 - mean), 1e-6) if logistic else np.ones_like(y)
        gradient = _gathered(y - mean, d, c, n_d, n) - penalty * beta
        step = np.linalg.solve(_normal(weight, d, c, n_d, n) + np.diag(penalty), gradient)
        beta = beta + step
        if np.abs(step).max() < 1e-6:
            break
    return Effects(
        logistic,
        float(beta[0]),
        dict(zip(drugs.tolist(), beta[1 : 1 + n_d].tolist(), strict=True)),
        dict(zip(lines.tolist(), beta[1 + n_d :].tolist(), strict=True)),
    )


def _gathered(values: np.ndarray, d: np.ndarray, c: np.ndarray, n_d: int, n: int) -> np.ndarray:
    by_drug = np.bincount(d, values, minlength=n_d)
    by_line = np.bincount(c, values, minlength=n - 1 - n_d)
    return np.concatenate([[values.sum()], by_drug, by_line])


def _normal(weight: np.ndarray, d: np.ndarray, c: np.ndarray, n_d: int, n: int) -> np.ndarray:
    """(1 + D + L) square weighted normal matrix of intercept, drug and line indicators."""
    matrix = np.zeros((n, n))
    sums = _gathered(weight, d, c, n_d, n)
    matrix[0], matrix[:, 0] = sums, sums
    matrix[np.arange(1, n), np.arange(1, n)] = sums[1:]
    np.add.at(matrix, (1 + d, 1 + n_d + c), weight)
    matrix[1 + n_d :, 1 : 1 + n_d] = matrix[1 : 1 + n_d, 1 + n_d :].T
    return matrix


def _deviations(keys: np.ndarray, labels: np.ndarray, overall: float) -> dict[str, float]:
    return {key: mean - overall for key, mean in key_means(keys, labels).items()}
