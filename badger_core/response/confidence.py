"""How far a predicted sensitivity can be off: held-out errors of predictions like it.

Predictions are put into bins by novelty (how unlike the nearest tested drug or line is) and, within
those, by what was predicted. Intervals of AUC are split conformal (Vovk, Gammerman and Shafer 2005)
within a bin; of a class the interval is Wilson's (1927) of the share that was sensitive.
"""

from typing import NamedTuple

import numpy as np

from badger_core.response.contract import CLASS

LEVEL = 0.8
NOVELTY_BINS, VALUE_BINS = 4, 5
_Z = 1.2816  # normal quantile of the 80% interval
WORDS = {CLASS: ((0.85, "high"), (0.7, "medium")), "auc": ((0.6, "high"), (0.35, "medium"))}
"""Kind to least assurance and its word, the best first; what is below all of them is "low"."""
MEANING = {
    CLASS: "share of held-out calls (sensitive or not) of this kind that were right",
    "auc": "1 less the width of the 80% interval over that of all labels, not below 0",
}
"""Kind to what assurance is."""


class Range(NamedTuple):
    """Interval and assurance of predictions, each of the shape of the predictions."""

    low: np.ndarray
    high: np.ndarray
    sure: np.ndarray


class Bins(NamedTuple):
    """What held-out predictions were worth, by B bins of likeness and C of predicted value.

    Attributes:
        kind: of the labels.
        likeness: (B - 1,) inner edges.
        value: (B, C - 1) inner edges within each bin of likeness.
        low, high: (B, C); for AUC to be added to the prediction, for a class the share itself.
        sure: (B, C) assurance, see MEANING.
        n: (B, C) held-out pairs.
    """

    kind: str
    likeness: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    sure: np.ndarray
    n: np.ndarray

    @classmethod
    def fit(
        cls,
        kind: str,
        likeness: np.ndarray,
        predicted: np.ndarray,
        truth: np.ndarray,
        cluster: np.ndarray,
    ) -> "Bins":
        """From N held-out pairs.

        Args:
            kind: of the labels.
            likeness: (N,) to the nearest training drug or line; all equal where both were known.
            predicted: (N,) by a model that did not see the pair.
            truth: (N,) labels.
            cluster: (N,) what pairs depend on each other by, the held-out drug or line: a share is
                as sure as the number of those.
        """
        edges = np.unique(np.quantile(likeness, np.arange(1, NOVELTY_BINS) / NOVELTY_BINS))
        edges = edges[(edges > likeness.min()) & (edges <= likeness.max())]
        part = np.searchsorted(edges, likeness, side="right")
        inner = np.arange(1, VALUE_BINS) / VALUE_BINS
        value = np.stack([np.quantile(predicted[part == b], inner) for b in range(len(edges) + 1)])
        shape = len(edges) + 1, VALUE_BINS
        low, high, sure, n = (np.zeros(shape) for _ in range(4))
        spread = np.diff(np.quantile(truth, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))[0]
        for b in range(shape[0]):
            place = np.searchsorted(value[b], predicted, side="right")
            for c in range(VALUE_BINS):
                here = (part == b) & (place == c)
                n[b, c] = here.sum()
                if not here.any():
                    low[b, c], high[b, c] = (0.0, 1.0) if kind == CLASS else (-spread, spread)
                elif kind == CLASS:
                    share = truth[here].mean()
                    low[b, c], high[b, c] = _wilson(share, len(np.unique(cluster[here])))
                    sure[b, c] = ((predicted[here] >= 0.5) == (truth[here] > 0.5)).mean()
                else:
                    low[b, c], high[b, c] = _conformal(truth[here] - predicted[here])
                    sure[b, c] = max(0.0, 1 - (high[b, c] - low[b, c]) / spread)
        return cls(kind, edges, value, low, high, sure, n)

    def at(self, likeness: np.ndarray, predicted: np.ndarray) -> Range:
        """Interval and assurance of predictions of any shape, with likeness of the same shape."""
        part = np.searchsorted(self.likeness, likeness, side="right")
        place = (predicted[..., None] >= self.value[part]).sum(axis=-1)
        low, high = self.low[part, place], self.high[part, place]
        if self.kind == CLASS:
            return Range(
                np.minimum(low, predicted), np.maximum(high, predicted), self.sure[part, place]
            )
        return Range(predicted + low, predicted + high, self.sure[part, place])

    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays by name, for a file; `kind` is not among them."""
        return {name: getattr(self, name) for name in self._fields[1:]}


def word(kind: str, sure: float) -> str:
    """'high', 'medium' or 'low'."""
    return next((name for least, name in WORDS[kind] if sure >= least), "low")


def calibration_error(chance: np.ndarray, truth: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean gap of promised and observed share over equal-count bins."""
    order = np.argsort(chance, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [len(part) * abs(chance[part].mean() - truth[part].mean()) for part in parts]
    return float(sum(gaps) / len(chance))


def _conformal(residual: np.ndarray) -> tuple[float, float]:
    """The quantiles of (N,) residuals that hold a new one with a chance of LEVEL at least."""
    n = len(residual)
    ends = np.array([(1 - LEVEL) / 2 * (n + 1) / n - 1 / n, (1 + LEVEL) / 2 * (n + 1) / n])
    low, high = np.quantile(residual, np.clip(ends, 0, 1))
    return float(low), float(high)


def _wilson(share: float, n: int) -> tuple[float, float]:
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return float(centre - half), float(centre + half)
