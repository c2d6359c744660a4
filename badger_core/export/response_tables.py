"""The Markdown tables of docs/RESPONSE.md, from the committed result tables."""

import math

import pandas as pd

from badger_core.export.benchmark_text import figure, table
from badger_core.export.response_words import GOALS, METRICS, PUBLISHED, SOURCE

_DASH = "–"


def of_split(results: pd.DataFrame, screen: str, panel: str, split: str, shipped: str) -> str:
    """Every contender with its metrics and intervals, best goal metric first; '' without any."""
    own = _part(results, screen, panel, split)
    if own.empty:
        return ""
    metrics = [name for name in METRICS if name in set(own["metric"])]
    goal = GOALS[screen][0]
    wide = own.set_index(["model", "metric"])
    order = own[own["metric"] == goal].sort_values("value", ascending=False)["model"]
    rows = []
    for model in order:
        name = f"**{model}** (shipped)" if model == shipped else model
        cells = [
            _cell(wide.loc[(model, metric)]) if (model, metric) in wide.index else _DASH
            for metric in metrics
        ]
        one = wide.loc[(model, goal)]
        rows.append([name, *cells, figure(float(one["fold_mean"])), f"{one['n_folds']:.0f}"])
    head = ["model", *(METRICS[name] for name in metrics), "fold mean", "folds"]
    return table(head, rows)


def goals(results: pd.DataFrame, differences: pd.DataFrame, shipped: str) -> str:
    """The shipped model against the best baseline of each split and goal metric, with a verdict."""
    rows = []
    for (screen, panel, split), own in results.groupby(["screen", "panel", "split"], sort=False):
        for metric in GOALS[screen]:
            found = goal_of(own, differences, metric, shipped)
            if found is not None:
                rows.append([f"{screen} {panel}, {split}", METRICS[metric], *found])
    head = ["split", "metric", "shipped", "best baseline", "difference [95%]", "verdict"]
    return table(head, rows) if rows else ""


def goal_of(
    own: pd.DataFrame, differences: pd.DataFrame, metric: str, shipped: str
) -> list[str] | None:
    """Cells of one goal: ours, the best baseline, the paired difference and the verdict."""
    at = own[(own["metric"] == metric) & own["value"].notna()]
    ours = at[at["model"] == shipped]
    key = own.iloc[0][["screen", "panel", "split"]]
    paired = differences[
        (differences[["screen", "panel", "split"]] == key).all(axis=1)
        & (differences["metric"] == metric)
        & differences["baseline"]
    ]
    baselines = at[at["model"].isin(set(paired["model"]))]
    if ours.empty or baselines.empty:
        return None
    best = baselines.loc[baselines["value"].idxmax()]
    gap = paired[paired["model"] == best["model"]].iloc[0]
    return [
        figure(float(ours.iloc[0]["value"])),
        f"{figure(float(best['value']))} ({best['model']})",
        f"{figure(gap['value'], True)} [{figure(gap['low'], True)} to {figure(gap['high'], True)}]",
        verdict(float(gap["low"]), float(gap["high"])),
    ]


def verdict(low: float, high: float) -> str:
    """'ahead', 'behind', or 'within its interval' where the paired interval holds 0."""
    return "ahead" if low > 0 else "behind" if high < 0 else "within its interval"


def published(results: pd.DataFrame, shipped: str) -> str:
    """The authors' figures beside the shipped model's on NCI-60 and its own fold mean."""
    rows = []
    for one in PUBLISHED:
        own = _part(results, "nci60", "nci60", one.split)
        own = own[(own["model"] == shipped) & (own["metric"] == one.metric)]
        if len(own):
            found = own.iloc[0]
            rows.append(
                [
                    one.split,
                    f"{one.what} {figure(one.value)}",
                    _cell(found),
                    figure(float(found["fold_mean"])),
                ]
            )
    head = ["split", f"published: {SOURCE}", "shipped, NCI-60", "fold mean"]
    return table(head, rows) if rows else ""


def sureness(manifest: dict[str, dict]) -> str:
    """How well intervals and probabilities hold, for each machine and kind of question."""
    rows = []
    for name, about in manifest.items():
        rows.append(
            [
                name.replace("_", " "),
                f"{about['n']:,}",
                _number(about.get("coverage"), "{:.1%}"),
                _number(about.get("width"), "{:.2f}"),
                _number(about.get("calibration_error"), "{:.3f}"),
            ]
        )
    head = ["question", "held-out pairs", "in the 80% interval", "its width", "calibration error"]
    return table(head, rows)


def plain(found: pd.DataFrame) -> str:
    """Any table as it is: numbers of three digits, text as text."""
    rows = [
        [figure(value) if isinstance(value, float) else f"{value}" for value in row]
        for row in found.itertuples(index=False, name=None)
    ]
    return table([name.replace("_", " ") for name in found], rows)


def _part(results: pd.DataFrame, screen: str, panel: str, split: str) -> pd.DataFrame:
    kept = (results["screen"] == screen) & (results["panel"] == panel)
    return results[kept & (results["split"] == split)]


def _cell(row: pd.Series) -> str:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    if math.isnan(value):
        return _DASH
    if math.isnan(low) or math.isnan(high):
        return figure(value)
    return f"{figure(value)}<br><sub>{figure(low)} to {figure(high)}</sub>"


def _number(value: float | None, form: str) -> str:
    return _DASH if value is None else form.format(value)
