"""Every figure of the benchmark by split, model, stratum and metric, and what it is set against."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from badger_core.export.benchmark_names import (
    BASELINES,
    HELD_OUT,
    MEASURES,
    OURS,
    REPEATS,
    UNLISTED,
    measure_named,
)
from badger_core.export.benchmark_tables import Tables

SAME_SOURCE = "same"


class Score(NamedTuple):
    """A mean with its 95% interval; NaN where there is none."""

    mean: float
    low: float
    high: float


class Count(NamedTuple):
    """What a score is the mean of."""

    conditions: int
    pairs: int
    folds: int


class Difference(NamedTuple):
    """One of our models less the best baseline."""

    baseline: str
    score: Score
    verdict: str


Key = tuple[str, str, str, str]  # split, model, stratum, column
NOTHING = Score(math.nan, math.nan, math.nan)
NO_DIFFERENCE = Difference("", NOTHING, "not measured")


@dataclass(frozen=True, eq=False)
class Findings:
    """All figures by (split, model, stratum, column), and replicate agreement by the last two.

    `each` is our model less the model of the key.
    """

    scores: dict[Key, Score]
    counts: dict[Key, Count]
    differences: dict[Key, Difference]
    agreement: dict[tuple[str, str], Score]
    each: dict[Key, Score]

    @property
    def splits(self) -> list[str]:
        """The splits that were run, known ones first and in the order of the page."""
        found = dict.fromkeys(split for split, *_ in self.scores)
        return [s for s in HELD_OUT if s in found] + [s for s in found if s not in HELD_OUT]

    def models(self, split: str) -> list[str]:
        """The baselines worth a row in this split, then ours; unknown ones count as baselines."""
        found = dict.fromkeys(model for s, model, *_ in self.scores if s == split)
        known = [m for m in BASELINES if m in found]
        baselines = known + [m for m in found if m not in known and m not in OURS]
        best = {self.best(split, *at) for at in {key[2:] for key in self.scores}}
        shown = [m for m in baselines if m in best or not self._said_already(split, m)]
        return shown + [m for m in OURS if m in found]

    def best(self, split: str, stratum: str, column: str) -> str:
        """The baseline that ours are compared with, '' where there is none.

        Without a comparison, the best of those with most folds.
        """
        for model in OURS:
            found = self.differences.get((split, model, stratum, column))
            if found:
                return found.baseline
        baselines = {
            key[1]: (self.counts[key].folds, score.mean)
            for key, score in self.scores.items()
            if (key[0], *key[2:]) == (split, stratum, column)
            and key[1] not in OURS
            and not math.isnan(score.mean)
        }
        return max(baselines, key=baselines.__getitem__, default="")

    def folds(self, split: str, model: str = "") -> int:
        """Tested folds of a model, or the most that any model of the split has."""
        named = {k[1]: c.folds for k, c in self.counts.items() if k[0] == split}
        return named[model] if model else max(named.values())

    def _said_already(self, split: str, model: str) -> bool:
        other = REPEATS.get(model)
        keys = [k for k in self.scores if k[:2] == (split, model)]
        return model in UNLISTED or (
            other is not None
            and all(_alike(self.scores[k], self.scores.get((k[0], other, *k[2:]))) for k in keys)
        )


def findings(tables: Tables) -> Findings:
    """The figures of the metrics that are shown."""
    shown = {measure.column for measure in MEASURES}
    scores: dict[Key, Score] = {}
    counts: dict[Key, Count] = {}
    for row in tables.results.itertuples():
        key = (row.split, row.model, row.stratum, measure_named(row.metric, row.direction, row.k))
        if key[3] in shown:
            scores[key] = Score(row.mean, row.ci_low, row.ci_high)
            counts[key] = Count(row.n_signatures, row.n_pairs, row.folds)
    differences = {
        (row.split, row.model, row.stratum, column): Difference(
            row.baseline,
            Score(row.difference, row.ci_low, row.ci_high),
            verdict(row.ci_low, row.ci_high),
        )
        for row in tables.differences.itertuples()
        for column in [measure_named(row.metric, row.direction, row.k)]
        if column in shown
    }
    same = tables.replicates[tables.replicates["sources"] == SAME_SOURCE]
    agreement = {
        (row.stratum, row.metric): Score(row.agreement, row.low, row.high)
        for row in same.itertuples()
    }
    each = {}
    if tables.against_each is not None:
        each = {
            (row.split, row.baseline, row.stratum, column): Score(
                row.difference, row.ci_low, row.ci_high
            )
            for row in tables.against_each.itertuples()
            for column in [measure_named(row.metric, row.direction, row.k)]
            if column in shown
        }
    return Findings(scores, counts, differences, agreement, each)


def verdict(low: float, high: float) -> str:
    """What an interval of a difference says: ahead, level (zero lies in it) or behind."""
    if math.isnan(low) or math.isnan(high):
        return "no interval"
    return "ahead" if low > 0 else "behind" if high < 0 else "level"


def _alike(one: Score, other: Score | None) -> bool:
    return other is not None and (one.mean == other.mean or math.isnan(one.mean + other.mean))
