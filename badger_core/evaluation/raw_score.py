"""What is known of a prediction before it is checked, weighed into one number.

Each feature is placed among its training values by rank, so that its unit, its skew and anything
far outside the training range do not matter; the places are weighed by ridge regression, and each
weight can be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from badger_core.errors import SettingError
from badger_core.evaluation.rows import Floats

RIDGE = 1.0
_GRID = np.linspace(0, 1, 33)


@dataclass(frozen=True)
class Feature:
    """One input, placed between the lowest (0) and highest (1) training value by rank.

    Attributes:
        name: its column.
        values: distinct training quantiles, ascending.
        levels: where each of them stands, 0 to 1; ties share their mean.
        weight: how much the raw score differs between level 1 and level 0.
    """

    name: str
    values: tuple[float, ...]
    levels: tuple[float, ...]
    weight: float


def fit_features(features: pd.DataFrame, outcome: Floats) -> tuple[Feature, ...]:
    """Ridge regression of the outcome (S,) on the levels of the features (S, columns)."""
    placed = [_place(name, features[name].to_numpy(np.float64)) for name in features.columns]
    from sklearn.linear_model import Ridge  # only learning needs it: slow to load

    slopes = Ridge(alpha=RIDGE).fit(_levels(placed, features), outcome).coef_
    return tuple(
        Feature(f.name, f.values, f.levels, float(w)) for f, w in zip(placed, slopes, strict=True)
    )


def raw_score(features: tuple[Feature, ...], table: pd.DataFrame) -> Floats:
    """(S,) weighted sum of the levels, without an intercept: scores of two fits stay comparable.

    Raises:
        SettingError: if a column is missing.
    """
    return _levels(features, table) @ np.array([f.weight for f in features])


def _place(name: str, column: Floats) -> Feature:
    known = column[~np.isnan(column)]
    if not len(known):
        return Feature(name, (0.0,), (0.5,), 0.0)
    values, at = np.unique(np.quantile(known, _GRID, method="inverted_cdf"), return_inverse=True)
    levels = np.bincount(at, _GRID) / np.bincount(at)
    return Feature(name, tuple(values.tolist()), tuple(levels.tolist()), 0.0)


def _levels(features: Sequence[Feature], table: pd.DataFrame) -> Floats:
    """(S, columns) from -1/2 to 1/2, 0 where not known."""
    missing = [f.name for f in features if f.name not in table]
    if missing:
        raise SettingError(f"The confidence needs '{missing[0]}', which was not given. Add it.")
    levels = [np.interp(table[f.name].to_numpy(np.float64), f.values, f.levels) for f in features]
    return np.nan_to_num(np.stack(levels, axis=1) - 0.5, nan=0.0)
