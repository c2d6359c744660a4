"""Tables of the page on genetic perturbation, from the figures of the benchmark.

A figure is the mean over the seeds; in brackets the least and the largest.
"""

from collections.abc import Sequence

import pandas as pd

from badger_core.export.benchmark_text import NONE, figure, table

OURS = "GPO-VAE"
MEAN = "train mean"


def of(found: pd.DataFrame, question: str, metric: str, contender: str) -> pd.Series:
    """Values by seed; empty if the question was not asked."""
    here = (found["question"] == question) & (found["metric"] == metric)
    chosen = found[here & (found["contender"] == contender)]
    return chosen.set_index("seed")["value"].astype(float)


def spanned(values: pd.Series, signed: bool = False, digits: int = 3) -> str:
    """Mean, and least and largest where they differ."""
    values = values.dropna()
    if values.empty:
        return NONE
    middle = figure(values.mean(), signed, digits)
    ends = [figure(value, signed, digits) for value in (values.min(), values.max())]
    if ends[0] == ends[1]:
        return middle
    return f"{middle} [{' to '.join(ends)}]"


def contenders(found: pd.DataFrame, question: str, metric: str) -> list[str]:
    """In the order of the benchmark."""
    here = (found["question"] == question) & (found["metric"] == metric)
    return list(dict.fromkeys(found.loc[here, "contender"]))


def metric_table(found: pd.DataFrame, question: str, metrics: Sequence[str]) -> str:
    """A row for each contender, a column for each metric; empty if it was not asked."""
    names = [name for metric in metrics for name in contenders(found, question, metric)]
    rows = [
        [name, *(_cell(found, question, metric, name) for metric in metrics)]
        for name in dict.fromkeys(names)
    ]
    return table(["", *metrics], rows) if rows else ""


def lead_table(found: pd.DataFrame, question: str, contender: str) -> str:
    """Differences to the rival, a row for each seed with its interval."""
    here = (found["question"] == question) & (found["contender"] == contender)
    leads = found[here & found["metric"].str.endswith(", lead")]
    if leads.empty:
        return ""
    names = list(dict.fromkeys(leads["metric"]))
    rows = []
    for seed, part in leads.groupby("seed"):
        cells = part.set_index("metric")
        rows.append([str(seed), *(_interval(cells.loc[name]) for name in names)])
    return table(["seed", *(name.removesuffix(", lead") for name in names)], rows)


def overlap_table(found: pd.DataFrame, what: dict[str, str]) -> str:
    """Known sets among the drawn edges of the real screen: a row for each set."""
    rows = []
    for name, words in what.items():
        parts = ("pool", "known", "chosen", "both", "p", "p_dealt")
        values = [of(found, "real network", f"{name}, {part}", OURS) for part in parts]
        if values[0].empty:
            continue
        pool, known, chosen, both = (f"{one.mean():.1f}".removesuffix(".0") for one in values[:4])
        expected = values[2] * values[1] / values[0]
        p = (f"{one.max():.2g}" for one in values[4:])
        rows.append([words, pool, known, chosen, both, f"{expected.mean():.1f}", *p])
    names = ["", "pairs", "known", "drawn", "both", "by chance", "largest p", "largest p, dealt"]
    return table(names, rows) if rows else ""


def edge_table(edges: pd.DataFrame) -> str:
    """Drawn edges: a row for each target, its genes strongest first."""
    rows = []
    for name, part in edges[edges["drawn"]].groupby("target", sort=True):
        genes = [("↓" if row.role == "activates" else "↑") + row.gene for row in part.itertuples()]
        rows.append([name, str(len(part)), " ".join(genes)])
    return table(["target lost", "edges", "genes that fall or rise"], rows, words=1) if rows else ""


def _cell(found: pd.DataFrame, question: str, metric: str, contender: str) -> str:
    counted = metric.startswith(("edges", "log-likelihood"))
    return spanned(of(found, question, metric, contender), digits=1 if counted else 3)


def _interval(row: pd.Series) -> str:
    low, high = (figure(row[end], True) for end in ("low", "high"))
    return f"{figure(row['value'], True)} [{low} to {high}]"
