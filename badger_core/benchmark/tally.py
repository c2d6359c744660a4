"""From score rows to the result tables: means with intervals, and differences to the best baseline.

Scores of conditions are averaged per line x compound pair first, so that a control measured in
hundreds of conditions counts once.
"""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.benchmark.contenders import BASELINES, OURS
from badger_core.benchmark.scores import CENTRED, REPORTED
from badger_core.errors import SettingError
from badger_core.evaluation.compare import cluster_interval, paired_difference

COLUMNS = (
    "split",
    "model",
    "stratum",
    "metric",
    "direction",
    "k",
    "mean",
    "sd",
    "ci_low",
    "ci_high",
    "n_signatures",
    "n_pairs",
    "folds",
)
DIFFERENCE_COLUMNS = (
    "split",
    "model",
    "baseline",
    "stratum",
    "metric",
    "direction",
    "k",
    "difference",
    "ci_low",
    "ci_high",
    "n_pairs",
)
CLUSTERS = {
    "unseen-compound": ("ik14",),
    "unseen-scaffold": ("ik14",),
    "unseen-line": ("cell",),
    "unseen-line (panel)": ("cell",),
    "unseen-line (20+ compounds)": ("cell",),
    "unseen-pair": ("ik14", "cell"),
}
"""What is drawn in the bootstrap of each split: what the split holds out."""
METRICS = (*REPORTED, CENTRED)
MAIN_METRICS = ("spearman", "ndcg_corrected_up_100", "ndcg_corrected_down_100", CENTRED)
MAIN = "badger"


class Name(NamedTuple):
    """A metric's name in parts; k is '' where there is none."""

    metric: str
    direction: str
    k: str


def in_parts(column: str) -> Name:
    """`ndcg_corrected_up_100` as metric, direction and k."""
    found = re.fullmatch(r"(.+?)_(up|down)(?:_(\d+))?", column)
    return Name(found[1], found[2], found[3] or "") if found else Name(column, "both", "")


def with_strata_of_lines(scores: pd.DataFrame, registry: pd.DataFrame) -> pd.DataFrame:
    """Adds the rows of unseen-line again under the names of the panel and of the rich lines."""
    lines = registry[registry["split"] == "unseen-line"].set_index("group")["stratum"]
    of_line = scores[scores["split"] == "unseen-line"]
    stratum = of_line["cell"].map(lines)
    panel = of_line[stratum == "panel"].assign(split="unseen-line (panel)")
    rich = of_line[stratum == "rich"].assign(split="unseen-line (20+ compounds)")
    return pd.concat([scores, panel, rich], ignore_index=True)


def results(scores: pd.DataFrame) -> pd.DataFrame:
    """One row of COLUMNS per split, model, stratum and metric; sd is over folds."""
    rows = []
    for (split, model), part in scores.groupby(["split", "model"], sort=False):
        for stratum, kept in strata(part):
            pairs = per_pair(kept)
            means = _interval(pairs, CLUSTERS[split])
            by_fold = pairs.groupby("fold")[list(METRICS)].mean()
            for i, column in enumerate(METRICS):
                mean, low, high = (float(values[i]) for values in means)
                rows.append(
                    {
                        **_head(split, model, stratum, column),
                        "mean": mean,
                        "sd": float(by_fold[column].std(ddof=1)),
                        "ci_low": low,
                        "ci_high": high,
                        "n_signatures": int(kept[column].notna().sum()),
                        "n_pairs": int(pairs[column].notna().sum()),
                        "folds": by_fold.index.nunique(),
                    }
                )
    return pd.DataFrame(rows)[list(COLUMNS)]


def differences(scores: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Each of our models less the best baseline of every split, stratum and metric, paired.

    Only folds that both have take part.
    """
    rows = []
    baselines = found[found["model"].isin(BASELINES) & found["mean"].notna()]
    keys = ["split", "stratum", "metric", "direction", "k"]
    whole = baselines[baselines["folds"] == baselines.groupby("split")["folds"].transform("max")]
    best = whole.loc[whole.groupby(keys)["mean"].idxmax()].set_index(keys)["model"]
    for split, part in scores.groupby("split", sort=False):
        for stratum, kept in strata(part):
            pairs = {model: per_pair(rows_) for model, rows_ in kept.groupby("model")}
            for column in METRICS:
                head = _head(split, "", stratum, column)
                baseline = best.get(tuple(head[key] for key in keys))
                for model in OURS:
                    if baseline is None or model not in pairs:
                        continue
                    rows.append(
                        {**head, "model": model, "baseline": baseline}
                        | _difference(pairs[model], pairs[baseline], column, CLUSTERS[split])
                    )
    return pd.DataFrame(rows, columns=list(DIFFERENCE_COLUMNS))


def against_each(scores: pd.DataFrame) -> pd.DataFrame:
    """The whole model less every baseline in the main metrics, in the form of `differences`.

    Only pairs that both have take part.
    """
    rows = []
    for split, part in scores.groupby("split", sort=False):
        for stratum, kept in strata(part):
            pairs = {model: per_pair(rows_) for model, rows_ in kept.groupby("model")}
            for baseline in BASELINES:
                if MAIN not in pairs or baseline not in pairs:
                    continue
                for column in MAIN_METRICS:
                    rows.append(
                        {**_head(split, MAIN, stratum, column), "baseline": baseline}
                        | _difference(pairs[MAIN], pairs[baseline], column, CLUSTERS[split])
                    )
    table = pd.DataFrame(rows, columns=list(DIFFERENCE_COLUMNS))
    return table[table["n_pairs"] > 0]


def breakdown(scores: pd.DataFrame, by: str, least: int = 5) -> pd.DataFrame:
    """Mean over pairs of the main metrics by line ('cell') or 'source', for groups of some size."""
    rows = []
    for (split, model, group), part in scores.groupby(["split", "model", by], sort=True):
        pairs = per_pair(part)
        if len(pairs) >= least:
            head = {"split": split, "model": model, by: group, "n_pairs": len(pairs)}
            rows.append(head | pairs[list(MAIN_METRICS)].mean().to_dict())
    return pd.DataFrame(rows)


def strata(table: pd.DataFrame) -> tuple[tuple[str, pd.DataFrame], ...]:
    """All rows, and the active ones: the strong third of their source."""
    return ("all", table), ("active", table[table["active"].astype(bool)])


def per_pair(table: pd.DataFrame) -> pd.DataFrame:
    """Mean of every metric over the conditions of a line x compound pair and fold."""
    columns = [column for column in METRICS if column in table]
    return table.groupby(["cell", "ik14", "fold"])[columns].mean().reset_index()


def _interval(pairs: pd.DataFrame, clusters: tuple[str, ...]) -> tuple[np.ndarray, ...]:
    """Mean, low and high of every metric; without bounds where there are too few groups."""
    values = pairs[list(METRICS)].to_numpy(np.float64)
    try:
        return tuple(cluster_interval(values, [pairs[c].to_numpy() for c in clusters]))
    except SettingError:
        none = np.full(len(METRICS), np.nan)
        return pairs[list(METRICS)].mean().to_numpy(), none, none


def _difference(
    ours: pd.DataFrame, other: pd.DataFrame, column: str, clusters: tuple[str, ...]
) -> dict[str, float]:
    keys = ["cell", "ik14", "fold"]
    both = ours[[*keys, column]].merge(other[[*keys, column]], on=keys, suffixes=("", "_other"))
    both = both.dropna()
    labels = [both[c].to_numpy() for c in clusters]
    try:
        found = paired_difference(both[column], both[f"{column}_other"], labels)
        mean, low, high = (float(value) for value in found)
    except SettingError:
        mean, low, high = float((both[column] - both[f"{column}_other"]).mean()), np.nan, np.nan
    return {"difference": mean, "ci_low": low, "ci_high": high, "n_pairs": len(both)}


def _head(split: str, model: str, stratum: str, column: str) -> dict[str, str]:
    return {"split": split, "model": model, "stratum": stratum, **in_parts(column)._asdict()}
