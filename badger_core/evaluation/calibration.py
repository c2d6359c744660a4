"""From held-out predictions to a confidence: of predictions like this, how much came true.

What is known beforehand (predicted strength, likeness to training, ...) makes a raw score by ridge
regression on ranks; held-out raw scores are grouped into bins, and what came true in each bin,
made monotone, is the confidence. No bin ever sees a score from a fit that knew its outcome.

Rows are predictions of things the predicting model never saw, best one per line x compound pair,
or a much repeated control rules. A confidence holds for questions like these and no others.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from badger_core.errors import SettingError
from badger_core.evaluation.raw_score import Feature, fit_features, raw_score
from badger_core.evaluation.reliability import equal_count
from badger_core.evaluation.rows import Floats

FOLDS = 5
PER_BIN, MOST_BINS = 50, 20


@dataclass(frozen=True)
class Bin:
    """Held-out predictions of neighbouring raw scores.

    Attributes:
        score: their mean raw score.
        up_to: the largest raw score that still belongs here; the last bin has no end.
        confidence: what a prediction at `score` is promised.
        n: how many predictions.
    """

    score: float
    up_to: float
    confidence: float
    n: int


@dataclass(frozen=True)
class ConfidenceModel:
    """Turns features of predictions into the share expected to come true, 0 to 1."""

    features: tuple[Feature, ...]
    bins: tuple[Bin, ...]

    @classmethod
    def fit(
        cls, features: pd.DataFrame, outcome: ArrayLike, clusters: ArrayLike, folds: int = FOLDS
    ) -> "ConfidenceModel":
        """Fit to held-out predictions.

        Args:
            features: (S, columns) what is known of each prediction; NaN where it is not, which
                counts as typical.
            outcome: (S,) what came true, from 0 to 1, such as precision@50, mean of up and down.
            clusters: (S,) labels, such as compounds; rows of one never help to judge each other.
            folds: of the raw scores that the bins are made of.

        Raises:
            SettingError: shapes do not fit, a value is out of range, or there are fewer clusters
                than folds.
        """
        outcome = _checked(features, outcome)
        held_out = np.empty(len(outcome))
        for train, test in folds_of(clusters, len(outcome), folds):
            fitted = fit_features(features.iloc[train], outcome[train])
            held_out[test] = raw_score(fitted, features.iloc[test])
        return cls(fit_features(features, outcome), _bins(held_out, outcome))

    def predict(self, features: pd.DataFrame) -> Floats:
        """(S,) expected outcome; between the bins in proportion, beyond the last ones constant.

        Raises:
            SettingError: if a column is missing.
        """
        knots = [b.score for b in self.bins], [b.confidence for b in self.bins]
        return np.interp(raw_score(self.features, features), *knots)

    def alike(self, features: pd.DataFrame) -> NDArray[np.intp]:
        """(S,) how many held-out predictions the confidence of each row rests on: its bin's."""
        ends = [b.up_to for b in self.bins[:-1]]
        at = np.searchsorted(ends, raw_score(self.features, features))
        return np.array([b.n for b in self.bins])[at]

    def table(self) -> pd.DataFrame:
        """The bins, lowest confidence first: score, up_to, confidence, n."""
        return pd.DataFrame([asdict(b) for b in self.bins])

    def to_dict(self) -> dict[str, Any]:
        """Fit for JSON; `from_dict` gives an equal model back."""
        features = [
            asdict(f) | {"values": list(f.values), "levels": list(f.levels)} for f in self.features
        ]
        return {"features": features, "bins": [asdict(b) for b in self.bins]}

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> "ConfidenceModel":
        """The model that `to_dict` described.

        Raises:
            SettingError: if it is not such a record.
        """
        try:
            features = tuple(
                Feature(f["name"], tuple(f["values"]), tuple(f["levels"]), f["weight"])
                for f in record["features"]
            )
            return cls(features, tuple(Bin(**b) for b in record["bins"]))
        except (KeyError, TypeError) as error:
            raise SettingError("This is no record of a confidence model. Fit it anew.") from error


def cross_calibrated(
    features: pd.DataFrame, outcome: ArrayLike, clusters: ArrayLike, folds: int = FOLDS
) -> Floats:
    """(S,) confidence of each row from a model fitted, bins and all, without its cluster.

    For honest calibration errors and rank correlations. Where the features say nothing, the mean of
    the other folds is left, which moves against a fold's own: the rank correlation then falls a
    little below 0, never above. Arguments and errors as in `ConfidenceModel.fit`.
    """
    outcome = _checked(features, outcome)
    clusters = np.asarray(clusters)
    confidence = np.empty(len(outcome))
    for train, test in folds_of(clusters, len(outcome), folds):
        model = ConfidenceModel.fit(features.iloc[train], outcome[train], clusters[train], folds)
        confidence[test] = model.predict(features.iloc[test])
    return confidence


def folds_of(
    clusters: ArrayLike, n_rows: int, folds: int
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Training and test rows of each fold; no cluster stands on both sides.

    Raises:
        SettingError: clusters do not fit the rows, one is missing, or there are too few of them.
    """
    codes = pd.factorize(np.asarray(clusters), sort=True)[0]
    if codes.shape != (n_rows,) or (codes < 0).any():
        raise SettingError(f"Give one cluster label, such as the compound, for each of {n_rows}.")
    n_clusters = codes.max(initial=-1) + 1
    if not 2 <= folds <= n_clusters:
        raise SettingError(
            f"{n_clusters} clusters cannot make {folds} folds. Give at least 2 folds, and at least "
            "as many clusters as folds."
        )
    from sklearn.model_selection import GroupKFold  # only learning needs it: slow to load

    yield from GroupKFold(folds).split(codes, groups=codes)


def _checked(features: pd.DataFrame, outcome: ArrayLike) -> Floats:
    outcome = np.asarray(outcome, dtype=np.float64)
    if outcome.shape != (len(features),) or not features.shape[1]:
        raise SettingError(
            f"Features of the shape {features.shape} came with outcomes of the shape "
            f"{outcome.shape}. Give at least one feature, and one outcome per row."
        )
    if np.isinf(features.to_numpy(np.float64)).any():
        raise SettingError("A feature is infinite. Give NaN for what is not known.")
    if not ((outcome >= 0) & (outcome <= 1)).all():
        raise SettingError("An outcome is not between 0 and 1. Leave out predictions without one.")
    return outcome


def _bins(score: Floats, outcome: Floats) -> tuple[Bin, ...]:
    """Bins of about equal count, neighbours pooled until the outcome rises from one to the next."""
    start = equal_count(score, int(np.clip(len(score) // PER_BIN, 1, MOST_BINS)))
    n = np.bincount(start)
    mean = np.bincount(start, outcome) / n
    from sklearn.isotonic import IsotonicRegression  # only learning needs it: slow to load

    rising = IsotonicRegression().fit_transform(np.arange(len(n)), mean, sample_weight=n)
    pooled = np.unique(rising, return_inverse=True)[1][start]
    ends = pd.Series(score).groupby(pooled).max().to_numpy()
    n = np.bincount(pooled)
    rows = zip(
        np.bincount(pooled, score) / n, ends, np.bincount(pooled, outcome) / n, n, strict=True
    )
    return tuple(Bin(float(s), float(e), float(c), int(k)) for s, e, c, k in rows)
