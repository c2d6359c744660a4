"""The page docs/PERTURBATION.md: what the model of knockouts is worth, from its benchmark."""

from pathlib import Path

import pandas as pd

from badger_core.errors import PerturbationError
from badger_core.export.perturbation_tables import (
    MEAN,
    OURS,
    edge_table,
    lead_table,
    metric_table,
    of,
    overlap_table,
)
from badger_core.export.perturbation_words import (
    CELLS,
    EDGES,
    HEAD,
    LIMITS,
    METHOD,
    MOCK,
    NETWORKS,
    NULL,
    REAL,
    SAME,
    UNSEEN,
    effort,
    goals,
    in_short,
)
from badger_core.files import write_whole

_EFFECTS = ("pearson", "pearson top 20", "pearson by target")
_AREAS = tuple(f"{area} {kind}" for kind in ("direct", "reach") for area in ("AUPRC", "AUROC"))
_KNOWN = tuple(f"{area} {kind}" for kind in ("axis", "STRING") for area in ("AUPRC", "AUROC"))
_NULL = ("edges", "edges without a test", "mean score", "score follows spread")
_REAL = {
    "drawn": "edges drawn",
    "tested": "pairs tested",
    "axis": "edges of the interferon gamma axis",
    "targets": "targets with an edge",
    "whole": "pairs with an effect",
    "carried": "pairs with an effect of the interferon gamma axis",
    "genes": "interferon gamma genes measured",
}
_CALLED = ("edges drawn", "drawn and direct", "drawn and on a path", "true edges drawn")
_SETS = {
    "axis": "interferon gamma genes, of IFNGR1, IFNGR2, JAK2 and STAT1",
    "axis by effect": "the same, all pairs with an effect along any path",
    "other targets": "interferon gamma genes, of the other targets",
    "other targets by effect": "the same, all pairs with an effect along any path",
    "STRING": "genes whose protein the target's protein binds (STRING)",
}


def page(found: pd.DataFrame, edges: pd.DataFrame, about: dict) -> str:
    """The page as Markdown; the same tables give the same page.

    Args:
        found: figures of the benchmark: question, seed, contender, metric, value, low, high.
        edges: the shipped edges, `perturbation.edges_table.COLUMNS`; may be empty.
        about: of the shipped trainings (`perturbation.shipped.shipped_about`); may be empty.
    """
    worlds, cells, real = "simulated networks", "unread cells", "real network"
    parts = [
        HEAD,
        "# Genetic perturbation: what the model is worth",
        in_short(found),
        goals(found),
        *_section(
            "Cells that were not read",
            CELLS,
            metric_table(found, cells, ("log-likelihood per cell", *_EFFECTS)),
            f"{OURS} less {MEAN}, seed by seed, with 95% intervals:",
            lead_table(found, cells, OURS),
        ),
        *_section(
            "Targets that were never knocked out",
            UNSEEN,
            metric_table(found, "unseen targets", _EFFECTS),
            "Neighbours less the mean of all, seed by seed, with 95% intervals that draw targets:",
            lead_table(found, "unseen targets", "STRING neighbours"),
        ),
        *_section(
            "Edges where the truth is known",
            NETWORKS,
            metric_table(found, worlds, _AREAS),
            "Edges that pass both the test and the model, and what a network leaves out:",
            metric_table(found, worlds, (*_CALLED, "sign right", "omission rate")),
            "Effects of unread simulated cells:",
            metric_table(found, worlds, _EFFECTS),
        ),
        *_section(
            "Where nothing has an effect",
            NULL,
            metric_table(found, "no effect", _NULL),
            MOCK,
            metric_table(found, "no effect, real cells", ("edges", "p below .05", "p below .01")),
        ),
        *_section(
            "The real network",
            REAL.format(**{name: _mean(found, real, metric) for name, metric in _REAL.items()}),
            overlap_table(found, _SETS),
            metric_table(found, real, _KNOWN),
            metric_table(found, real, ("omission rate",)),
            SAME,
        ),
        *_section("Edges that ship", EDGES, edge_table(edges) if len(edges) else ""),
        "## Method",
        METHOD,
        effort(about),
        "## Limits",
        LIMITS,
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _section(title: str, words: str, *parts: str) -> list[str]:
    """Heading, words and tables; nothing without a first table."""
    return [f"## {title}", words, *parts] if parts[0] else []


def write_page(tables: Path, path: Path) -> Path:
    """Write the page from the committed tables and the shipped edges; returns its path.

    Raises:
        PerturbationError: if the figures are missing.
    """
    from badger_core.perturbation.shipped import shipped_about, shipped_edges

    source = tables / "perturbation.csv"
    if not source.exists():
        raise PerturbationError(f"'{source}' is missing. Run 'badger perturbation test' first.")
    try:
        edges, about = shipped_edges(), shipped_about()
    except PerturbationError:
        edges, about = pd.DataFrame(), {}
    write_whole(path, page(pd.read_csv(source), edges, about))
    return path


def _mean(found: pd.DataFrame, question: str, metric: str) -> str:
    values = of(found, question, metric, OURS)
    return "–" if values.empty else f"{values.mean():,.1f}".removesuffix(".0")
