"""What the pictures of the benchmark page show: their files, titles and tables of figures."""

import math
from typing import NamedTuple

import pandas as pd

from badger_core.export.benchmark_findings import Findings
from badger_core.export.benchmark_names import (
    MEASURES,
    OURS,
    SECTIONS_OF,
    STRATA,
    model_name,
)
from badger_core.export.benchmark_summary import spearman_bound
from badger_core.export.benchmark_tables import Tables
from badger_core.export.benchmark_text import anchor

BREAKDOWN = ("line_mean", "kernel_ridge", "badger")
"""The models that are shown by line and by source, the drug-free one first."""
MOST_GROUPS = 40


class Picture(NamedTuple):
    """A picture to be drawn.

    Attributes:
        file: its name.
        kind: dots, groups or curves: who draws it.
        split: the split it belongs to, '' for all of them.
        title: what it shows.
        table: the figures, in the columns that the drawing asks for.
        guides: lines across dots: stratum, label and value; empty for other kinds.
    """

    file: str
    kind: str
    split: str
    title: str
    table: pd.DataFrame
    guides: pd.DataFrame


def pictures(tables: Tables, found: Findings) -> list[Picture]:
    """All pictures of the page, in its order."""
    drawn = []
    for split in found.splits:
        drawn.append(_dots(found, split))
        if split not in SECTIONS_OF:
            for table, group, words in (
                (tables.by_line, "cell", "line"),
                (tables.by_source, "source", "source"),
            ):
                chosen = _groups(table, split, group)
                if len(chosen):
                    title = f"Spearman by {words}, {split}"
                    file = f"by_{words}-{anchor(split)}.svg"
                    drawn.append(Picture(file, "groups", split, title, chosen, _no_guides()))
    if tables.reliability is not None and len(tables.reliability):
        title = "Stated confidence and what came true"
        drawn.append(
            Picture("reliability.svg", "curves", "", title, tables.reliability, _no_guides())
        )
    return drawn


def markdown(picture: Picture, folder: str) -> str:
    """The picture as a line of Markdown, from the folder beside the page."""
    return f"![{picture.title}]({folder}/{picture.file})"


def _dots(found: Findings, split: str) -> Picture:
    """Spearman of every shown model, with intervals; guides are chance and the bound."""
    column = MEASURES[0].column
    rows, guides = [], []
    for stratum, name in STRATA.items():
        best = found.best(split, stratum, column)
        for model in found.models(split):
            score = found.scores.get((split, model, stratum, column))
            if score:
                role = "ours" if model in OURS else "best" if model == best else "baseline"
                rows.append((model_name(model), role, name, *score))
        guides.append((name, "chance", MEASURES[0].chance))
        most = spearman_bound(found, stratum).mean
        if not math.isnan(most):
            guides.append((name, "bound", most))
    table = pd.DataFrame(rows, columns=["model", "role", "stratum", "mean", "low", "high"])
    title = f"Spearman by model, {split}"
    guide = pd.DataFrame(guides, columns=["stratum", "label", "value"])
    return Picture(f"spearman-{anchor(split)}.svg", "dots", split, title, table, guide)


def _groups(table: pd.DataFrame | None, split: str, group: str) -> pd.DataFrame:
    """Columns group, n, model and value for the groups with most pairs; empty without a table."""
    columns = ["group", "n", "model", "value"]
    if table is None:
        return pd.DataFrame(columns=columns)
    rows = table[(table["split"] == split) & table["model"].isin(BREAKDOWN)]
    rows = rows.rename(columns={group: "group", "n_pairs": "n", "spearman": "value"})
    size = rows.groupby("group")["n"].max().reset_index()
    size = size.sort_values(["n", "group"], ascending=[False, True]).head(MOST_GROUPS)
    place = {name: i for i, name in enumerate(size["group"])}
    rows = rows[rows["group"].isin(place)]
    order = rows["group"].map(place) * len(BREAKDOWN) + rows["model"].map(BREAKDOWN.index)
    rows = rows.assign(n=rows["group"].map(size.set_index("group")["n"]), order=order)
    rows = rows.sort_values("order", ignore_index=True)
    return rows.assign(model=rows["model"].map(model_name))[columns]


def _no_guides() -> pd.DataFrame:
    return pd.DataFrame(columns=["stratum", "label", "value"])
