"""Kernel regression with a kernel of structures times a kernel of expression."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from badger_core.data.response import Drugs, Lines
from badger_core.response.baselines.inputs import Standard, distances, labelled, tanimoto
from badger_core.response.baselines.masked import STEPS, ridge
from badger_core.response.contract import Train
from badger_core.response.platt import Platt


@dataclass(frozen=True)
class KernelSettings:
    """Kd = 1 + structure T^power + own_drug [same], Kc = 1 + expression exp(-width d) + own_line.

    T is the Tanimoto coefficient, d the squared distance of standardised expression in units of
    the median over training lines.
    """

    power: float = 1.5
    structure: float = 3.0
    own_drug: float = 0.0
    width: float = 0.5
    expression: float = 1.0
    own_line: float = 0.0
    penalty: float = 0.1


class KernelFit(NamedTuple):
    """Dual weights over the training grid, and what they were learned from.

    Attributes:
        settings: of the kernels.
        kind: of the labels.
        bits, drug_keys: of D training drugs; lines likewise: (L, E) standardised and keys.
        scale: median squared distance of two training lines.
        offset: added to every prediction.
        weights: (D, L).
        platt: from raw prediction to probability; None for AUC.
    """

    settings: KernelSettings
    kind: str
    bits: np.ndarray
    drug_keys: np.ndarray
    standard: Standard
    expression: np.ndarray
    line_keys: np.ndarray
    scale: float
    offset: float
    weights: np.ndarray
    platt: Platt | None

    def raw(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """(D', L') on the scale of the labels."""
        s = self.settings
        same = drugs.keys[:, None] == self.drug_keys[None]
        left = drug_kernel(tanimoto(drugs.bits, self.bits), same, s)
        same = self.line_keys[:, None] == lines.keys[None]
        apart = distances(self.expression, self.standard.apply(lines.expression)) / self.scale
        return self.offset + left @ self.weights @ line_kernel(apart, same, s)

    def predict(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """(D', L') probability of sensitive, or AUC."""
        found = self.raw(drugs, lines)
        return found if self.platt is None else self.platt.apply(found)


def drug_kernel(alike: np.ndarray, same: np.ndarray, s: KernelSettings) -> np.ndarray:
    """(D', D) from Tanimoto coefficients and from whether the keys are the same."""
    return (1 + s.structure * alike**s.power + s.own_drug * same).astype(np.float32)


def line_kernel(apart: np.ndarray, same: np.ndarray, s: KernelSettings) -> np.ndarray:
    """(L', L) from squared distances in units of the scale, and from whether keys are the same."""
    found = 1 + s.expression * np.exp(-s.width * apart) + s.own_line * same
    return found.astype(np.float32)


class Grid(NamedTuple):
    """Likenesses on the training grid, computed once for all settings; fields as in KernelFit."""

    rows: np.ndarray
    columns: np.ndarray
    labels: np.ndarray
    standard: Standard
    expression: np.ndarray
    scale: float
    alike: np.ndarray
    apart: np.ndarray
    same_drug: np.ndarray
    same_line: np.ndarray

    @classmethod
    def of(cls, train: Train) -> "Grid":
        """Of the drugs and lines that have a label; likenesses are from all (D, L) to those."""
        known = labelled(train)
        rows, columns = np.flatnonzero(known.any(axis=1)), np.flatnonzero(known.any(axis=0))
        standard = Standard.of(train.lines.expression[columns])
        everyone = standard.apply(train.lines.expression)
        own = everyone[columns]
        apart = distances(own, everyone)
        among = apart[:, columns][np.triu_indices(len(columns), 1)]
        scale = float(np.median(among)) if len(among) and np.median(among) > 0 else 1.0
        return cls(
            rows,
            columns,
            train.labels[np.ix_(rows, columns)],
            standard,
            own,
            scale,
            tanimoto(train.drugs.bits, train.drugs.bits[rows]),
            apart / scale,
            train.drugs.keys[:, None] == train.drugs.keys[None, rows],
            train.lines.keys[columns, None] == train.lines.keys[None],
        )

    def solved(self, s: KernelSettings, steps: int = STEPS) -> tuple[float, np.ndarray, np.ndarray]:
        """Offset, weights (D, L) of labelled rows and columns, and raw predictions of the grid."""
        left = drug_kernel(self.alike, self.same_drug, s)
        right = line_kernel(self.apart, self.same_line, s)
        among = left[self.rows], right[:, self.columns]
        offset, weights = ridge(*among, self.labels, s.penalty, steps)
        return offset, weights, offset + left @ weights @ right


def fit_kernel(train: Train, s: KernelSettings) -> KernelFit:
    """The machine with given settings, from all labels of `train`."""
    grid = Grid.of(train)
    offset, weights, _ = grid.solved(s)
    return KernelFit(
        s,
        train.kind,
        train.drugs.bits[grid.rows],
        train.drugs.keys[grid.rows],
        grid.standard,
        grid.expression,
        train.lines.keys[grid.columns],
        grid.scale,
        offset,
        weights,
        None,
    )
