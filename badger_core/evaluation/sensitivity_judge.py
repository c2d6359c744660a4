"""Pairs of drug and line that are sorted and summed once, and then scored under many weights.

R draws, N pairs, C clusters (drugs, lines or pairs), S segments (drugs, lines, or all in one).
"""

from typing import Literal

import numpy as np
import pandas as pd

from badger_core.errors import SettingError
from badger_core.evaluation.compare import cluster_codes
from badger_core.evaluation.rows import Floats, divide
from badger_core.evaluation.sensitivity_areas import Sorted, auroc, average_precision
from badger_core.evaluation.sensitivity_errors import Moments, Ranked, correlations, squares

By = Literal["drug", "line", "pair"]
METRICS = {
    "class": ("auroc", "aupr", "auroc_within_drug", "auroc_within_line"),
    "auc": (
        "r2",
        "pearson",
        "spearman",
        "r2_within_drug",
        "pearson_within_drug",
        "pearson_within_line",
        "mae",
    ),
}
"""Kind of label to what is reported; larger is better for all but `mae`."""
LEAST = 10
"""Labels that a drug or line must have to be judged by itself (and, of a class, both of it)."""


class Judge:
    """N pairs ready to be scored.

    Args:
        kind: a key of METRICS.
        table: columns truth, predicted, drug, line.
        by: what a weight is given to: drugs, lines, or each pair.

    Raises:
        SettingError: for another kind or `by`, or values that are not of the kind.
    """

    def __init__(self, kind: str, table: pd.DataFrame, by: By) -> None:
        truth, predicted = _checked(kind, table)
        drug, line = cluster_codes([table["drug"], table["line"]], len(table))
        clusters = {"drug": drug, "line": line, "pair": np.arange(len(table))}
        if by not in clusters:
            raise SettingError(f"'{by}' cannot be drawn. Choose {', '.join(clusters)}.")
        self._kind, self._by, self._cluster = kind, by, clusters[by]
        self._sizes = {"drug": np.bincount(drug), "line": np.bincount(line)}
        segments = {"all": np.zeros(len(table), np.intp), "drug": drug, "line": line}
        if kind == "class":
            self._of = {name: Sorted.of(truth, predicted, s) for name, s in segments.items()}
        else:
            self._of = {
                name: Moments(truth, predicted, self._cluster, s) for name, s in segments.items()
            }
            self._ranked = Ranked(truth, predicted)

    @property
    def n_clusters(self) -> int:
        """C."""
        return int(self._cluster.max()) + 1

    def scores(self, counts: Floats) -> dict[str, Floats]:
        """METRICS of the kind, (R,) each, where cluster c counts `counts[r, c]` times."""
        return self._areas(counts) if self._kind == "class" else self._errors(counts)

    def _areas(self, counts: Floats) -> dict[str, Floats]:
        weights = counts[:, self._cluster]
        within = {name: auroc(self._of[name], weights) for name in ("drug", "line")}
        return {
            "auroc": auroc(self._of["all"], weights)[:, 0],
            "aupr": average_precision(self._of["all"], weights),
            "auroc_within_drug": self._mean(within["drug"], "drug", counts),
            "auroc_within_line": self._mean(within["line"], "line", counts),
        }

    def _errors(self, counts: Floats) -> dict[str, Floats]:
        every, of_drug, of_line = (self._of[s].sums(counts) for s in ("all", "drug", "line"))
        error, spread = (values[:, 0] for values in squares(every))
        judged = self._sizes["drug"] >= LEAST
        own = (values[:, judged].sum(axis=1) for values in squares(of_drug))
        return {
            "r2": 1 - divide(error, spread),
            "pearson": correlations(every)[:, 0],
            "spearman": self._ranked.spearman(counts[:, self._cluster]),
            "r2_within_drug": 1 - divide(*own),
            "pearson_within_drug": self._mean(correlations(of_drug), "drug", counts),
            "pearson_within_line": self._mean(correlations(of_line), "line", counts),
            "mae": divide(every.error, every.weight)[:, 0],
        }

    def _mean(self, values: Floats, name: str, counts: Floats) -> Floats:
        """(R,) mean over the segments of (R, S), each as often as it was drawn itself."""
        often = counts if name == self._by else np.ones(values.shape)
        often = np.where(np.isnan(values) | (self._sizes[name] < LEAST), 0.0, often)
        return divide((often * np.nan_to_num(values)).sum(axis=1), often.sum(axis=1))


def _checked(kind: str, table: pd.DataFrame) -> tuple[Floats, Floats]:
    if kind not in METRICS:
        raise SettingError(f"There is no kind of label '{kind}'. Choose {' or '.join(METRICS)}.")
    truth, predicted = (table[name].to_numpy(np.float64) for name in ("truth", "predicted"))
    if not len(table) or not np.isfinite(truth).all() or not np.isfinite(predicted).all():
        raise SettingError(
            f"Of {len(table)} pairs, {int((~np.isfinite(truth)).sum())} labels and "
            f"{int((~np.isfinite(predicted)).sum())} predictions are no finite numbers. "
            "Give measured pairs only, each with a prediction."
        )
    if kind == "class" and not np.isin(truth, (0, 1)).all():
        raise SettingError("A label of a class is 1 (sensitive) or 0 (resistant), nothing else.")
    return truth, predicted
