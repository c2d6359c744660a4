"""From a gene's place in a prediction to the chance that it is truly among the most changed.

A table over place and confidence, counted on held-out predictions: of the genes predicted at places
like this, in predictions as confident as this, how many were in the measured top 200. One table per
direction. The genes of a prediction succeed together: n counts predictions, not genes.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from badger_core.errors import SettingError
from badger_core.evaluation.calibration import FOLDS, folds_of
from badger_core.evaluation.ranking import RELEVANT
from badger_core.evaluation.reliability import equal_count, expected_calibration_error
from badger_core.evaluation.rows import Direction, Floats, as_rows, membership
from badger_core.ranks import average_ranks

EDGES = np.array([0, 10, 25, 50, 75, 100, 150, 200, 300, 400, 500, 600, 700, 800, 900, 978])
"""Bounds of the bins of places, counted from the head on 978 genes: finest where people look."""
PER_BIN, MOST_BINS = 100, 8


@dataclass(frozen=True)
class GeneProbability:
    """The table of one direction; the chance never rises from the head of the ranking to its end.

    Attributes:
        positions: mean position of each bin of places, 0 (head) to 1.
        confidences: mean confidence of each bin of predictions.
        chance: for each confidence, the share of genes at each position that were in the truth.
        n: how many held-out predictions are in each bin of confidence.
    """

    positions: tuple[float, ...]
    confidences: tuple[float, ...]
    chance: tuple[tuple[float, ...], ...]
    n: tuple[int, ...]

    @classmethod
    def fit(
        cls,
        truth: ArrayLike,
        predicted: ArrayLike,
        confidence: ArrayLike,
        direction: Direction,
        relevant: int = RELEVANT,
    ) -> "GeneProbability":
        """Count on held-out predictions.

        Args:
            truth: (S, G) measured change; NaN where a gene was not measured.
            predicted: (S, G) predicted change, of which only the order counts.
            confidence: (S,) as it will be given to `probability`; best out-of-cluster.
            direction: "up" or "down".
            relevant: how many genes the true head holds.

        Raises:
            SettingError: shapes do not fit, or a prediction or confidence is not finite.
        """
        position, member = _members(truth, predicted, direction, relevant)
        confidence = np.asarray(confidence, dtype=np.float64)
        if confidence.shape != position.shape[:1] or not np.isfinite(confidence).all():
            raise SettingError(
                f"{len(position)} predictions came with confidences of the shape "
                f"{confidence.shape}. Give one finite confidence per prediction."
            )
        level = equal_count(confidence, int(np.clip(len(confidence) // PER_BIN, 1, MOST_BINS)))
        measured = ~np.isnan(member)
        place = np.searchsorted(EDGES[1:-1] / EDGES[-1], position, side="right")
        place = np.unique(place, return_inverse=True)[1].reshape(position.shape)  # no empty places
        cell = (level[:, None] * (place.max() + 1) + place)[measured]
        shape = (level.max() + 1, place.max() + 1)
        count = np.bincount(cell, minlength=np.prod(shape)).reshape(shape)
        hits = np.bincount(cell, member[measured], minlength=np.prod(shape)).reshape(shape)
        positions = np.bincount(place.ravel(), position.ravel()) / np.bincount(place.ravel())
        share = hits / np.maximum(count, 1)
        from sklearn.isotonic import IsotonicRegression  # only learning needs it: slow to load

        falling = IsotonicRegression(increasing=False)
        chance = [
            falling.fit_transform(positions, one, sample_weight=np.maximum(n, 1e-9))
            for one, n in zip(share, count, strict=True)
        ]
        n = np.bincount(level)
        return cls(
            positions=tuple(positions.tolist()),
            confidences=tuple((np.bincount(level, confidence) / n).tolist()),
            chance=tuple(tuple(row.tolist()) for row in chance),
            n=tuple(n.tolist()),
        )

    def probability(self, position: ArrayLike, confidence: float) -> Floats:
        """(G,) chance of genes at these positions (see `ranked_positions`) in one prediction.

        Between bins in proportion, beyond the outer ones constant.
        """
        lower, share = divmod(self._at(confidence), 1)
        chance = np.array(self.chance)
        row = (1 - share) * chance[int(lower)] + share * chance[
            min(int(lower) + 1, len(chance) - 1)
        ]
        return np.interp(np.asarray(position, dtype=np.float64), self.positions, row)

    def alike(self, confidence: float) -> int:
        """How many held-out predictions are in the nearest bin of confidence."""
        return self.n[round(self._at(confidence))]

    def to_dict(self) -> dict[str, Any]:
        """Fit for JSON; `from_dict` gives an equal table back."""
        record = {name: list(value) for name, value in asdict(self).items()}
        return record | {"chance": [list(row) for row in self.chance]}

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> "GeneProbability":
        """The table that `to_dict` described.

        Raises:
            SettingError: if it is not such a record.
        """
        try:
            given = {name: tuple(value) for name, value in record.items()}
            return cls(**given | {"chance": tuple(tuple(row) for row in record["chance"])})
        except (KeyError, TypeError, AttributeError) as error:
            raise SettingError("This is no record of gene chances. Count them anew.") from error

    def _at(self, confidence: float) -> float:
        """Where a confidence stands among the bins, counted from 0."""
        return float(np.interp(confidence, self.confidences, np.arange(len(self.confidences))))


def ranked_positions(score: ArrayLike, direction: Direction) -> Floats:
    """Share of genes ranked ahead of each gene plus half its own: near 0 at the head, 1 at the end.

    Args:
        score: (G,) or (S, G) predicted change; ties share their position.
        direction: "up" puts the most raised gene first, "down" the most lowered.

    Raises:
        SettingError: for a score that is not finite, or an unknown direction.
    """
    rows = as_rows(score, score, direction).score
    return ((average_ranks(-rows) - 0.5) / rows.shape[1]).reshape(np.shape(score))


def gene_calibration_error(
    truth: ArrayLike,
    predicted: ArrayLike,
    confidence: ArrayLike,
    clusters: ArrayLike,
    direction: Direction,
    first: int | None = None,
    folds: int = FOLDS,
) -> float:
    """Expected calibration error over genes, each judged by a table that never saw its cluster.

    Args:
        truth: (S, G), as the next two, as in `GeneProbability.fit`.
        predicted: (S, G).
        confidence: (S,) out-of-cluster, see `calibration.cross_calibrated`.
        clusters: (S,) labels, such as compounds.
        direction: "up" or "down".
        first: judge only the first so many predicted genes, those that people look at; None: all.
        folds: of clusters.

    Raises:
        SettingError: as `fit`, or if there are fewer clusters than folds.
    """
    place, member = _members(truth, predicted, direction, RELEVANT)
    truth, predicted = np.asarray(truth), np.asarray(predicted)
    confidence = np.asarray(confidence, dtype=np.float64)
    chance = np.empty(place.shape)
    for train, test in folds_of(clusters, len(place), folds):
        table = GeneProbability.fit(truth[train], predicted[train], confidence[train], direction)
        chance[test] = [table.probability(place[s], confidence[s]) for s in test]
    judged = place < (1.0 if first is None else first / place.shape[1])
    return expected_calibration_error(chance[judged], member[judged])


def _members(
    truth: ArrayLike, predicted: ArrayLike, direction: Direction, relevant: int
) -> tuple[Floats, Floats]:
    """(S, G) positions, and whether a gene is in the true head: 1, 0, a share, NaN unmeasured."""
    rows = as_rows(truth, predicted, direction)
    member = np.where(np.isnan(rows.truth), np.nan, membership(rows.truth, relevant))
    return ranked_positions(np.atleast_2d(predicted), direction), member
