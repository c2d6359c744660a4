"""Everything that held-out predictions teach about trusting new ones, as one JSON record.

For each split: a confidence (what share of the 50 genes predicted to move most, up and down, was in
the measured top 200 of predictions like this), the chance of each gene by its place in the ranking,
and the range of likeness within which this was learnt: the domain card.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from badger_core.errors import SettingError
from badger_core.evaluation.calibration import ConfidenceModel, cross_calibrated
from badger_core.evaluation.gene_probability import GeneProbability, ranked_positions
from badger_core.evaluation.rows import Floats

TOP = 50
EDGE, OUTSIDE = 0.25, 0.05
"""Quantiles of the held-out predictions below which a question is at the edge, or outside."""
SURE = 0.99
"""Likeness from which a question is inside whatever the quantiles say (1 up to rounding)."""
DOMAIN = ("structure", "line")


@dataclass(frozen=True)
class Trust:
    """What one split taught.

    Attributes:
        confidence: from signs to the expected precision at TOP, mean of up and down.
        up, down: chance of a gene by its place, one table per direction.
        quantiles: sign to its quantiles (EDGE, OUTSIDE) over held-out predictions.
        n: held-out line x compound pairs it was learnt from.
    """

    confidence: ConfidenceModel
    up: GeneProbability
    down: GeneProbability
    quantiles: dict[str, tuple[float, float]]
    n: int

    @classmethod
    def fit(
        cls,
        signs: pd.DataFrame,
        outcome: np.ndarray,
        truth: np.ndarray,
        predicted: np.ndarray,
        clusters: np.ndarray,
    ) -> "Trust":
        """Learn from S held-out predictions, one row per line x compound pair.

        Args:
            signs: (S, signs) what was known beforehand.
            outcome: (S,) precision at TOP, mean of up and down.
            truth: (S, G) measured change.
            predicted: (S, G) predicted change.
            clusters: (S,) what was held out, such as compounds.
        """
        honest = cross_calibrated(signs, outcome, clusters)
        tables = [GeneProbability.fit(truth, predicted, honest, d) for d in ("up", "down")]
        quantiles = {
            name: tuple(min(float(q), SURE) for q in signs[name].quantile([EDGE, OUTSIDE]))
            for name in DOMAIN
        }
        model = ConfidenceModel.fit(signs, outcome, clusters)
        return cls(model, *tables, quantiles, len(signs))

    def domain(self, signs: pd.DataFrame) -> dict[str, str]:
        """inside, edge or outside for each sign of DOMAIN of the one question in `signs`."""
        found = {}
        for name in DOMAIN:
            value = float(signs[name].iloc[0])
            edge, outside = self.quantiles[name]
            near = "edge" if value < edge else "inside"
            found[name] = near if value >= outside else "outside"  # so is what is unknown
        return found

    def of_genes(self, score: np.ndarray, confidence: float) -> tuple[Floats, Floats]:
        """(G,) chance of being in the measured top 200 going up, and going down."""
        return tuple(
            table.probability(ranked_positions(score, direction), confidence)
            for table, direction in ((self.up, "up"), (self.down, "down"))
        )

    def to_dict(self) -> dict[str, Any]:
        """Fit for JSON."""
        return {
            "confidence": self.confidence.to_dict(),
            "up": self.up.to_dict(),
            "down": self.down.to_dict(),
            "quantiles": {name: list(pair) for name, pair in self.quantiles.items()},
            "n": self.n,
        }

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> "Trust":
        """What `to_dict` described.

        Raises:
            SettingError: if it is not such a record.
        """
        try:
            return cls(
                ConfidenceModel.from_dict(record["confidence"]),
                GeneProbability.from_dict(record["up"]),
                GeneProbability.from_dict(record["down"]),
                {name: tuple(pair) for name, pair in record["quantiles"].items()},
                int(record["n"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise SettingError("This is no record of trust. Learn it anew.") from error
