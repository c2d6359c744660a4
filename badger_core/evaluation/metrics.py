"""The metrics that are reported, each with its direction and its chance level.

`METRICS` maps a name, such as `ndcg_corrected_up_200`, to a function of (truth, score) that returns
one float per signature. The functions themselves may be imported from here. Up/down gene lists are
no signatures: `auroc_sets` is used for those.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from numpy.typing import ArrayLike

from badger_core.errors import SettingError
from badger_core.evaluation.correlation import kendall, pearson, rmse, spearman
from badger_core.evaluation.gene_sets import SetAuroc, auroc_sets
from badger_core.evaluation.ranking import (
    average_precision,
    chance_corrected_ndcg,
    expected_ndcg_at_k,
    hit_ratio_at_k,
    jaccard_at_k,
    mean_average_precision,
    ndcg_at_k,
    precision_at_k,
    precision_chance,
)
from badger_core.evaluation.rows import Floats

__all__ = [
    "METRICS",
    "Metric",
    "SetAuroc",
    "auroc_sets",
    "average_precision",
    "chance_corrected_ndcg",
    "expected_ndcg_at_k",
    "hit_ratio_at_k",
    "jaccard_at_k",
    "kendall",
    "mean_average_precision",
    "metric_named",
    "ndcg_at_k",
    "pearson",
    "precision_at_k",
    "precision_chance",
    "rmse",
    "spearman",
]

NDCG_CUTS = (978, 200, 100)
HEAD_CUTS = (10, 50, 100, 200)


@dataclass(frozen=True)
class Metric:
    """A reported metric: `function(truth, score)` takes (S, G) twice and returns (S,)."""

    name: str
    function: Callable[[ArrayLike, ArrayLike], Floats]
    larger_is_better: bool
    chance: str  # what a random order gets, in words

    def better(self, one: float, other: float) -> bool:
        """Whether the value `one` is strictly better than `other`."""
        return one > other if self.larger_is_better else one < other


def metric_named(name: str) -> Metric:
    """Look a metric up.

    Raises:
        SettingError: no metric has this name.
    """
    if name not in METRICS:
        raise SettingError(f"There is no metric '{name}'. Choose one of: {', '.join(METRICS)}.")
    return METRICS[name]


def _all_metrics() -> dict[str, Metric]:
    found = [
        Metric("spearman", spearman, True, "0"),
        Metric("pearson", pearson, True, "0"),
        Metric("kendall", kendall, True, "0"),
        Metric("rmse", rmse, False, "depends on the unit; compare within one source"),
    ]
    families = (
        ("ndcg", ndcg_at_k, NDCG_CUTS, "expected_ndcg_at_k, about 0.70 at 978"),
        ("ndcg_corrected", chance_corrected_ndcg, NDCG_CUTS, "0"),
        ("precision", precision_at_k, HEAD_CUTS, "200 / G, 0.2045 for 978 genes"),
        ("hit_ratio", hit_ratio_at_k, HEAD_CUTS, "k / G"),
        ("jaccard", jaccard_at_k, HEAD_CUTS, "about k / (2 G - k)"),
    )
    for direction in ("up", "down"):
        for family, function, cuts, chance in families:
            for k in cuts:
                at_k = partial(function, k=k, direction=direction)
                found.append(Metric(f"{family}_{direction}_{k}", at_k, True, chance))
        averaged = partial(average_precision, direction=direction)
        found.append(Metric(f"ap_{direction}", averaged, True, "about 200 / G"))
    return {metric.name: metric for metric in found}


METRICS = _all_metrics()
