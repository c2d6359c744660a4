"""Gradient boosting on components of structure and expression and on training main effects."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from badger_core.data.response import Drugs, Lines
from badger_core.response.baselines.choose import Chosen, choose
from badger_core.response.baselines.inputs import (
    Components,
    Standard,
    key_means,
    labelled,
)
from badger_core.response.contract import CLASS, Report, Train

DRUG_COMPONENTS, LINE_COMPONENTS = 50, 20
EFFECTS = ((True, True), (False, True), (True, False), (False, False))
"""Whether the mean of the drug, and that of the line, is a feature: validation chooses."""
LEAVES, LEAST = 31, 10
PARTS = 5
"""Parts for means of the training pairs: no pair sees a mean with its own label."""


class Boosted(NamedTuple):
    """The trees and how their features are made.

    Attributes:
        uses: whether the mean of the drug and that of the line are features.
        trees: a fitted histogram gradient boosting of scikit-learn.
        drug_means, line_means: key to mean label.
    """

    kind: str
    uses: tuple[bool, bool]
    standard: Standard
    of_drugs: Components
    of_lines: Components
    trees: object
    drug_means: dict[str, float]
    line_means: dict[str, float]

    def predict(self, drugs: Drugs, lines: Lines) -> np.ndarray:
        """(D', L') probability of sensitive, or AUC."""
        shape = len(drugs.keys), len(lines.keys)
        rows, columns = (grid.ravel() for grid in np.indices(shape))
        x = self.features(drugs, lines, rows, columns)
        effects = [
            np.array([means.get(key, np.nan) for key in keys])[at]
            for means, keys, at in (
                (self.drug_means, drugs.keys, rows),
                (self.line_means, lines.keys, columns),
            )
        ]
        x = _with_effects(x, effects, self.uses)
        if self.kind == CLASS:
            return self.trees.predict_proba(x)[:, 1].reshape(shape)
        return self.trees.predict(x).reshape(shape)

    def features(
        self, drugs: Drugs, lines: Lines, rows: np.ndarray, columns: np.ndarray
    ) -> np.ndarray:
        """(N, 70) components of the drug and of the line of N pairs."""
        structure = self.of_drugs.apply(drugs.bits.astype(np.float64)).astype(np.float32)
        expression = self.of_lines.apply(self.standard.apply(lines.expression)).astype(np.float32)
        return np.concatenate([structure[rows], expression[columns]], axis=1)


@dataclass(frozen=True)
class Boosting:
    """The trees; which main effects they see is chosen by validation.

    Attributes:
        rounds: trees.
        rate: of learning.
    """

    name: str = "gradient boosting"
    rounds: int = 120
    rate: float = 0.12

    def fit(self, train: Train, seed: int, report: Report) -> Chosen:
        """Fit the trees."""

        def fitted(known: Train, uses: tuple[bool, bool]) -> Boosted:
            return fit_trees(known, uses, seed, self.rounds, self.rate)

        return choose(EFFECTS, fitted, train, report)


def fit_trees(
    train: Train, uses: tuple[bool, bool], seed: int, rounds: int, rate: float
) -> Boosted:
    """Trees on all labelled pairs; their main effects come from other parts of the pairs."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    known = labelled(train)
    drug_rows, line_rows = known.any(axis=1), known.any(axis=0)
    standard = Standard.of(train.lines.expression[line_rows])
    lines = standard.apply(train.lines.expression[line_rows])
    sort = HistGradientBoostingClassifier if train.kind == CLASS else HistGradientBoostingRegressor
    trees = sort(
        max_iter=rounds,
        learning_rate=rate,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=LEAST,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )
    model = Boosted(
        train.kind,
        uses,
        standard,
        Components.of(train.drugs.bits[drug_rows].astype(np.float64), DRUG_COMPONENTS),
        Components.of(lines, LINE_COMPONENTS),
        trees,
        key_means(train.drugs.keys, train.labels),
        key_means(train.lines.keys, train.labels.T),
    )
    rows, columns = np.nonzero(known)
    part = np.random.default_rng(seed).integers(0, PARTS, len(rows))
    effects = [np.full(len(rows), np.nan), np.full(len(rows), np.nan)]
    for i in range(PARTS):
        others, here = train.labels.copy(), part == i
        others[rows[here], columns[here]] = np.nan
        for found, keys, labels, at in (
            (effects[0], train.drugs.keys, others, rows),
            (effects[1], train.lines.keys, others.T, columns),
        ):
            means = key_means(keys, labels)
            found[here] = [means.get(key, np.nan) for key in keys[at[here]]]
    x = model.features(train.drugs, train.lines, rows, columns)
    trees.fit(_with_effects(x, effects, uses), train.labels[rows, columns])
    return model


def _with_effects(x: np.ndarray, effects: list[np.ndarray], uses: tuple[bool, bool]) -> np.ndarray:
    chosen = [effect[:, None] for effect, used in zip(effects, uses, strict=True) if used]
    return np.concatenate([x, *chosen], axis=1).astype(np.float32)
