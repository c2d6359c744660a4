"""How well two measurements of the same thing agree, and what that leaves for a predictor.

Same thing: one line, compound, dose and time. The agreement is no ceiling: a predictor without
noise of its own agrees with a measurement better than a second noisy measurement does, see `bound`.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from badger_core.errors import SettingError
from badger_core.evaluation.compare import cluster_interval
from badger_core.evaluation.metrics import METRICS
from badger_core.evaluation.rows import Floats
from badger_core.ranks import average_ranks

SAME_FILED_TWICE = 0.98
"""Spearman above which two rows are one measurement, processed twice.

In the bundle eight pairs from two files lie at .988 to .994, none above; of the repeats within a
source, MG-132 and bortezomib included, none passes .966.
"""
SEED, MOST = 88, 20
REPORTED = (
    "spearman",
    "ndcg_corrected_up_100",
    "ndcg_corrected_down_100",
    "precision_up_50",
    "precision_down_50",
)
SOURCES = ("any", "same", "different")
_CONDITION = ["cell", "ik14", "dose_um", "time_h"]


def replicate_agreement(
    table: pd.DataFrame, values: np.ndarray, most: int = MOST, seed: int = SEED
) -> pd.DataFrame:
    """Agreement of replicates in each reported metric, one of them in the place of a prediction.

    Each of two replicates is scored against the other, and both scores are averaged; then over the
    pairs of a condition, the conditions of a line x compound pair, and the pairs, so that no plate
    control rules. Intervals are bootstrapped by compound.

    Args:
        table: numeric rows with the columns cell, ik14, dose_um, time_h, source and active.
        values: (N, G) their change, NaN where not measured; of each row only ranks and ratios of
            changes count, so sources of different units may meet.
        most: random pairs of replicates per condition.
        seed: of the choice of pairs and of the bootstrap.

    Returns:
        Columns sources (any; same; different: both replicates from one source, or not), stratum
        (all; active: both are), metric, agreement, low, high, n_replicates (pairs of rows),
        n_conditions and n_pairs (line x compound). NaN where there is too little. Take "same" for
        the noise of a measurement: files of different sources hold partly the same wells, processed
        in other ways, and agree for that reason.

    Raises:
        SettingError: table and values do not fit, or nothing was measured twice.
    """
    if most < 1:
        raise SettingError(f"most is {most}; at least one pair per condition is needed.")
    pairs = replicate_pairs(table, values, seed)
    chosen = {}
    for sources in SOURCES:
        for stratum in ("all", "active"):
            kept = pairs["active"] | (stratum == "all")
            if sources != "any":
                kept &= pairs["same_source"] == (sources == "same")
            chosen[sources, stratum] = pairs[kept].groupby("condition").head(most)
    used = pairs.loc[sorted(set().union(*(part.index for part in chosen.values())))]
    scores = _scores(values, used)
    rows = []
    for (sources, stratum), part in chosen.items():
        found = _summary(scores.loc[part.index], part, seed)
        rows.append(found.assign(sources=sources, stratum=stratum))
    order = ["sources", "stratum", "metric"]
    return pd.concat(rows, ignore_index=True).set_index(order).reset_index()


def replicate_pairs(table: pd.DataFrame, values: np.ndarray, seed: int = SEED) -> pd.DataFrame:
    """All pairs of rows that measure the same condition, in random order.

    A row that repeats an earlier one of its condition (Spearman above `SAME_FILED_TWICE`) is one
    measurement filed twice, and is left out. So are rows of unknown dose or time.

    Returns:
        Columns first and second (positions of rows), condition (a number), cell, ik14, same_source
        and active (both are).

    Raises:
        SettingError: table and values do not fit, or nothing was measured twice.
    """
    if len(table) != len(values):
        raise SettingError(f"{len(table)} rows came with {len(values)} signatures. Give as many.")
    keys = table[_CONDITION].assign(dose_um=table["dose_um"].round(3))  # some went through float32
    found = []
    for number, rows in enumerate(keys.groupby(_CONDITION, sort=True).indices.values()):
        rows = _distinct(rows, values)
        first, second = np.triu_indices(len(rows), 1)
        found.append(np.stack([rows[first], rows[second], np.full(len(first), number)]))
    first, second, number = np.concatenate(found, axis=1) if found else np.empty((3, 0), int)
    if not len(first):
        raise SettingError(
            "No condition was measured twice, so agreement cannot be told. Give rows that share "
            "line, compound, dose and time."
        )
    source, active = table["source"].to_numpy(), table["active"].to_numpy(bool)
    pairs = pd.DataFrame(
        {
            "first": first,
            "second": second,
            "condition": number,
            "cell": table["cell"].to_numpy()[first],
            "ik14": table["ik14"].to_numpy()[first],
            "same_source": source[first] == source[second],
            "active": active[first] & active[second],
        }
    )
    order = np.random.default_rng(seed).permutation(len(pairs))
    return pairs.iloc[order].reset_index(drop=True)


def bound(agreement: ArrayLike, n_rows: ArrayLike) -> Floats:
    """Correlation that a predictor without error would reach with the mean of n replicates.

    sqrt(n r / (1 + (n - 1) r)): the mean of n replicates has the reliability n r / (1 + (n - 1) r)
    (Spearman 1910, Brown 1910), and error weakens a correlation by the root of it (Spearman 1904).
    Two things make it too high: replicates that share more than the thing measured (a plate), and
    an r averaged over conditions, for the root of a mean is above the mean of the roots.

    Args:
        agreement: correlation r of two single replicates; below 0 counts as 0.
        n_rows: replicates averaged into the truth, any shape that fits.

    Raises:
        SettingError: if r is above 1 or a number of rows below 1.
    """
    r = np.maximum(np.asarray(agreement, dtype=np.float64), 0.0)
    n = np.asarray(n_rows, dtype=np.float64)
    if (r > 1).any() or (n < 1).any():
        raise SettingError("A bound needs an agreement of at most 1, and at least one replicate.")
    return np.sqrt(n * r / (1 + (n - 1) * r))


def expected_bound(agreement: float, n_rows: ArrayLike) -> float:
    """Mean of `bound` over conditions that average `n_rows` (N,) replicates each."""
    return float(np.mean(bound(agreement, n_rows)))


def _distinct(rows: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The rows (ascending) that repeat no earlier one, by the genes that all of them have."""
    if len(rows) < 2:
        return rows
    shared = values[rows]
    ranks = average_ranks(shared[:, ~np.isnan(shared).any(axis=0)])
    ranks -= ranks.mean(axis=1, keepdims=True)
    length = np.sqrt((ranks**2).sum(axis=1))
    alike = ranks @ ranks.T > SAME_FILED_TWICE * np.outer(length, length)
    kept: list[int] = []
    for row in range(len(rows)):
        if not alike[row, kept].any():
            kept.append(row)
    return rows[kept]


def _both_measured(truth: np.ndarray, score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A gene that one of them lacks is left out of both."""
    lacking = np.isnan(score)
    return np.where(lacking, np.nan, truth), np.where(lacking, 0.0, score)


def _scores(values: np.ndarray, pairs: pd.DataFrame) -> pd.DataFrame:
    """(pairs, metrics), the mean of both ways round."""
    first, second = values[pairs["first"]], values[pairs["second"]]
    ways = [_both_measured(first, second), _both_measured(second, first)]
    columns = {
        name: np.mean([METRICS[name].function(truth, score) for truth, score in ways], axis=0)
        for name in REPORTED
    }
    return pd.DataFrame(columns, index=pairs.index)


def _summary(scores: pd.DataFrame, pairs: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Metric, agreement, low, high and the counts, averaged from the conditions upward."""
    keys = [pairs["cell"], pairs["ik14"], pairs["condition"]]
    mean = scores.groupby(keys).mean().groupby(["cell", "ik14"]).mean()
    compounds = mean.index.get_level_values("ik14")
    found = {"mean": mean.mean().to_numpy(), "low": np.nan, "high": np.nan}
    if compounds.nunique() > 1:
        found = cluster_interval(mean.to_numpy(), compounds, seed=seed)._asdict()
    counts = {
        "n_replicates": len(pairs),
        "n_conditions": pairs["condition"].nunique(),
        "n_pairs": len(mean),
    }
    summary = pd.DataFrame({"metric": list(scores.columns), **found, **counts})
    return summary.rename(columns={"mean": "agreement"})
