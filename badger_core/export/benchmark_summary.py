"""The benchmark in a few lines: chance, best baseline, ours, what is possible, and the verdict.

Shared by docs/BENCHMARK.md and the page About, so that both say the same.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from badger_core.evaluation.replicates import bound
from badger_core.export.benchmark_findings import (
    NO_DIFFERENCE,
    NOTHING,
    Difference,
    Findings,
    Score,
)
from badger_core.export.benchmark_names import MAIN, MEASURES, STRATA, Measure, model_name
from badger_core.export.benchmark_text import figure, interval

COLUMNS = (
    "split",
    "conditions",
    "metric",
    "chance",
    "best baseline",
    "BADGER",
    "reference",
    "difference",
    "95% interval",
    "verdict",
)


class Line(NamedTuple):
    """One line of the summary.

    Attributes:
        split, stratum, measure: what was measured.
        best: of the best baseline, whose name the difference holds.
        ours: of the hybrid.
        bound: most that is possible; NaN for every metric but Spearman.
        replicates: agreement of two measurements of the same; NaN where it is not known.
        difference: ours less the best baseline.
    """

    split: str
    stratum: str
    measure: Measure
    baseline: str
    best: Score
    ours: Score
    bound: float
    replicates: float
    difference: Difference


def summary_lines(
    found: Findings, strata: Sequence[str], measures: Sequence[Measure] = MEASURES
) -> list[Line]:
    """One line per split, stratum and metric."""
    lines = []
    for split in found.splits:
        for stratum in strata:
            for measure in measures:
                at = (stratum, measure.column)
                best = found.best(split, *at)
                line = Line(
                    split,
                    stratum,
                    measure,
                    best,
                    found.scores.get((split, best, *at), NOTHING),
                    found.scores.get((split, MAIN, *at), NOTHING),
                    spearman_bound(found, stratum).mean if measure is MEASURES[0] else math.nan,
                    found.agreement.get(at, NOTHING).mean,
                    found.differences.get((split, MAIN, *at), NO_DIFFERENCE),
                )
                lines.append(line)
    return lines


def spearman_bound(found: Findings, stratum: str) -> Score:
    """Root of the agreement of two replicates, with that of its interval."""
    agreed = found.agreement.get((stratum, MEASURES[0].column), NOTHING)
    return Score(*(math.nan if pd.isna(r) else float(bound(r, 1)) for r in agreed))


def as_table(lines: Sequence[Line]) -> pd.DataFrame:
    """The lines as texts, columns COLUMNS."""
    rows = []
    for line in lines:
        score = line.difference.score
        values = (
            line.split,
            STRATA[line.stratum],
            line.measure.label,
            figure(line.measure.chance),
            f"{figure(line.best.mean)} ({model_name(line.baseline)})" if line.baseline else "–",
            figure(line.ours.mean),
            reference(line),
            figure(score.mean, signed=True),
            interval(score, signed=True),
            line.difference.verdict,
        )
        rows.append(values)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def as_records(lines: Sequence[Line]) -> list[dict[str, object]]:
    """The lines as figures for JSON; None where there is no figure."""
    return [
        {
            "split": line.split,
            "conditions": line.stratum,
            "metric": line.measure.column,
            "chance": round(line.measure.chance, 5),
            "best_baseline": line.baseline,
            "baseline": _or_none(line.best.mean),
            "badger": _or_none(line.ours.mean),
            "bound": _or_none(line.bound),
            "replicates": _or_none(line.replicates),
            "difference": _or_none(line.difference.score.mean),
            "ci_low": _or_none(line.difference.score.low),
            "ci_high": _or_none(line.difference.score.high),
            "verdict": line.difference.verdict,
        }
        for line in lines
    ]


def reference(line: Line) -> str:
    """The bound where there is one, else the agreement of two replicates, which is none."""
    if not math.isnan(line.bound):
        return f"{figure(line.bound)} (bound)"
    return "–" if math.isnan(line.replicates) else f"{figure(line.replicates)} (two replicates)"


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 5)
