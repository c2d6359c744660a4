"""Writes docs/RESPONSE.md: what predictions of drug sensitivity are worth, from result tables."""

import json
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from badger_core.errors import ResponseError
from badger_core.export.response_tables import (
    goals,
    of_split,
    plain,
    published,
    sureness,
    verdict,
)
from badger_core.export.response_words import (
    GOALS,
    HOW,
    LIMITS,
    PROTOCOL,
    QUESTION,
    SCREENS,
    SPLITS,
)
from badger_core.files import write_whole
from badger_core.paths import response_dir

RESULTS, DIFFERENCES = "response.csv", "response_differences.csv"
RECOVERY = "response_recovery.csv"
_HEAD = "<!-- Written by `badger response page`; edit the texts in export/response_words.py. -->"
_NOT_RUN = "*Not run yet: `badger response {command}` writes data/benchmark/{file}.*"


class ResponseTables(NamedTuple):
    """What the page is made from.

    Attributes:
        results, differences: as `response.tables` writes them.
        recovery: of known targets; None where it was not run.
        manifest: of the shipped weights: question to how it was made and what it holds.
        shipped: the contender whose weights are shipped.
    """

    results: pd.DataFrame
    differences: pd.DataFrame
    recovery: pd.DataFrame | None
    manifest: dict[str, dict]
    shipped: str


def read_tables(folder: Path, tables: Path | None = None) -> ResponseTables:
    """From the folder of result tables and that of the shipped weights.

    Raises:
        ResponseError: if the benchmark has not been run.
    """
    for name in (RESULTS, DIFFERENCES):
        if not (folder / name).exists():
            raise ResponseError(f"There is no {folder / name}. Run `badger response test` first.")
    differences = pd.read_csv(folder / DIFFERENCES)
    recovery = folder / RECOVERY
    record = (tables or response_dir()) / "predictor.json"
    manifest = json.loads(record.read_text(encoding="utf-8"))["manifest"] if record.exists() else {}
    return ResponseTables(
        pd.read_csv(folder / RESULTS),
        differences,
        pd.read_csv(recovery) if recovery.exists() else None,
        manifest,
        str(differences["shipped"].iloc[0]) if len(differences) else "",
    )


def write_page(folder: Path, target: Path) -> Path:
    """Read the tables and write the page; returns where."""
    write_whole(target, page(read_tables(folder)))
    return target


def page(tables: ResponseTables) -> str:
    """The page as Markdown; the same tables give the same page."""
    parts = [
        _HEAD,
        "# What predictions of drug sensitivity are worth",
        "## In short",
        short(tables),
        "## The question",
        QUESTION,
        "## How it was asked",
        HOW,
        data_words(tables.results),
        "## Goals",
        "*Ahead*: the paired 95% interval of the difference to the best baseline lies above 0; "
        "*within its interval*: it holds 0. The best baseline is chosen by its test score, which "
        "favours it.",
        goals(tables.results, tables.differences, tables.shipped),
        "### Beside the published figures",
        published(tables.results, tables.shipped),
        PROTOCOL,
        *_screens(tables),
        "## How sure it is",
        "Each fold is judged by the errors of the other folds. A class has no interval to be "
        "covered: its calibration error is the mean gap of promised and observed share.",
        sureness(tables.manifest) if tables.manifest else _absent("train", "predictor.json"),
        "## Explanations",
        _explained(tables.recovery),
        "## Limits",
        "\n".join(LIMITS),
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def short(tables: ResponseTables) -> str:
    """How many goals the shipped model meets, and how the graph model stands, in sentences."""
    counts = {"ahead": 0, "within its interval": 0, "behind": 0}
    at = tables.differences[tables.differences["baseline"]]
    keys = ["screen", "panel", "split", "metric"]
    best = tables.results.merge(at[[*keys, "model"]], on=[*keys, "model"]).dropna(subset="value")
    for key, own in best.groupby(keys):
        if key[3] not in GOALS[key[0]]:
            continue
        model = own.loc[own["value"].idxmax(), "model"]
        row = at[(at[keys] == pd.Series(key, keys)).all(axis=1) & (at["model"] == model)].iloc[0]
        counts[verdict(row["low"], row["high"])] += 1
    total = sum(counts.values())
    return (
        f"**Shipped is the {tables.shipped}.** Against the best of the baselines on each split and "
        f"goal metric ({total} comparisons) it is ahead in {counts['ahead']}, within the interval "
        f"in {counts['within its interval']} and behind in {counts['behind']}. {_graph(tables)}"
    )


def data_words(results: pd.DataFrame) -> str:
    """The held-out pairs of each screen, in a sentence."""
    full = results[results["split"] == "random"]
    said = [
        f"{SCREENS[key]}: {own['n_pairs'].max():,} pairs"
        for key, own in full.groupby(["screen", "panel"])
        if key in SCREENS
    ]
    return f"Measured pairs, each held out once in *random*: {'; '.join(said)}." if said else ""


def _graph(tables: ResponseTables) -> str:
    own = tables.differences
    first = own["screen"].map({screen: metrics[0] for screen, metrics in GOALS.items()})
    own = own[(own["model"] == "drgt") & (own["metric"] == first)]
    if own.empty:
        return "The graph model drGT has not been run."
    ahead = int((own["low"] > 0).sum())
    behind = int((own["high"] < 0).sum())
    return (
        f"Over the graph model drGT, on its pooled metric and {len(own)} splits, it is ahead in "
        f"{ahead} and behind in {behind}."
    )


def _screens(tables: ResponseTables) -> list[str]:
    parts = []
    for (screen, panel), title in SCREENS.items():
        found = [
            part
            for split, words in SPLITS.items()
            if (table := of_split(tables.results, screen, panel, split, tables.shipped))
            for part in (f"### {words}", table)
        ]
        parts += [f"## {title}", *found] if found else []
    return parts


def _explained(recovery: pd.DataFrame | None) -> str:
    if recovery is None:
        return _absent("explain", RECOVERY)
    return (
        "Known targets (Repurposing Hub) among the five genes that stand first for a drug; the "
        "drug's own targets, and its twins', are not in the graph when they are scored; those of "
        "other drugs are, but for *shipped genes*: what the page Sensitivity shows is attention, "
        "freed of hubs, in a graph without any target. The Tanimoto vote and the "
        "constant list know nothing of expression. Occlusion is asked of genes alone that are "
        "some drug's known target, which favours it.\n\n" + plain(recovery)
    )


def _absent(command: str, file: str) -> str:
    return _NOT_RUN.format(command=command, file=file)
