"""How well drug sensitivity is predicted: over all pairs, within a drug and within a line.

Over all pairs most of a score is won by knowing which lines and drugs are sensitive on the whole.
What a choice of lines for a given drug needs is the score within a drug; a choice of drugs for a
given line needs that within a line.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from badger_core.errors import SettingError
from badger_core.evaluation.rows import Floats
from badger_core.evaluation.sensitivity_judge import LEAST as LEAST
from badger_core.evaluation.sensitivity_judge import METRICS, By, Judge

_AT_ONCE = 4_000_000  # weights held in memory


class Estimate(NamedTuple):
    """A score with its interval."""

    value: float
    low: float
    high: float


def sensitivity_scores(
    kind: str, truth: ArrayLike, predicted: ArrayLike, drug: ArrayLike, line: ArrayLike
) -> dict[str, float]:
    """The scores of METRICS[kind] of N predicted pairs.

    class: `auroc` and `aupr` (average precision) over all pairs, and the mean AUROC over drugs, or
    lines, with both classes and LEAST labels. auc: `r2` (one less squared errors over squares about
    the mean), `pearson`, `spearman`, `mae`; `r2_within_drug` with squares about each drug's own
    mean, and the mean correlation within drugs, or lines, all of those with LEAST labels.

    Args:
        kind: "class" (1 sensitive, 0 resistant; predicted is its probability) or "auc".
        truth: (N,) labels.
        predicted: (N,) finite.
        drug: (N,) keys.
        line: (N,) keys.

    Raises:
        SettingError: for another kind, shapes that differ, or values that are not of the kind.
    """
    table = pd.DataFrame({"truth": truth, "predicted": predicted, "drug": drug, "line": line})
    judge = Judge(kind, table, "pair")
    return {name: float(value[0]) for name, value in judge.scores(np.ones((1, len(table)))).items()}


def resampled(
    kind: str, table: pd.DataFrame, by: By, n: int = 1000, seed: int = 0
) -> dict[str, Floats]:
    """The scores in n bootstrap draws of whole drugs, of whole lines, or of pairs, (n,) each.

    Draws depend on the keys and the seed alone: those of two predictions of the same table belong
    together, and their differences are paired. A drug drawn twice counts twice.

    Args:
        kind: "class" or "auc".
        table: columns truth, predicted, drug, line.
        by: what is drawn.
        n: draws.
        seed: of the draws.

    Raises:
        SettingError: as `sensitivity_scores`, or for another `by`, or no draws.
    """
    judge = Judge(kind, table, by)
    parts = [judge.scores(counts) for counts in _draws(judge.n_clusters, len(table), n, seed)]
    return {name: np.concatenate([part[name] for part in parts]) for name in METRICS[kind]}


def bootstrap(
    kind: str, table: pd.DataFrame, by: By, n: int = 1000, seed: int = 0, level: float = 0.95
) -> dict[str, Estimate]:
    """Each score with its percentile interval; arguments and errors as in `resampled`."""
    columns = (table[name] for name in ("truth", "predicted", "drug", "line"))
    return _estimates(
        sensitivity_scores(kind, *columns), resampled(kind, table, by, n, seed), level
    )


def difference(
    kind: str,
    table: pd.DataFrame,
    other: ArrayLike,
    by: By,
    n: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> dict[str, Estimate]:
    """Each score of `table.predicted` less that of `other` (N,), with its paired interval.

    Above 0 throughout: the first is better, where larger is better. Errors as in `resampled`.
    """
    both = [table, table.assign(predicted=np.asarray(other))]
    names = ("truth", "predicted", "drug", "line")
    values = [sensitivity_scores(kind, *(t[name] for name in names)) for t in both]
    draws = [resampled(kind, t, by, n, seed) for t in both]
    return _estimates(
        {name: values[0][name] - values[1][name] for name in values[0]},
        {name: draws[0][name] - draws[1][name] for name in draws[0]},
        level,
    )


def _draws(n_clusters: int, n_rows: int, n: int, seed: int) -> Iterator[Floats]:
    """How often each cluster is drawn, in blocks of draws (R, C)."""
    if n < 1:
        raise SettingError(f"{n} draws were asked for; at least one is needed.")
    rng = np.random.default_rng(seed)
    for start in range(0, n, step := max(1, _AT_ONCE // n_rows)):
        drawn = rng.integers(n_clusters, size=(min(step, n - start), n_clusters))
        yield np.stack([np.bincount(row, minlength=n_clusters) for row in drawn]).astype(float)


def _estimates(
    values: dict[str, float], draws: dict[str, Floats], level: float
) -> dict[str, Estimate]:
    if not 0 < level < 1:
        raise SettingError(f"The level is {level}. Give a share between 0 and 1, such as 0.95.")
    ends = ((1 - level) / 2, (1 + level) / 2)
    found = {}
    for name, value in values.items():
        known = draws[name][~np.isnan(draws[name])]
        low, high = np.quantile(known, ends) if len(known) else (np.nan, np.nan)
        found[name] = Estimate(value, float(low), float(high))
    return found
