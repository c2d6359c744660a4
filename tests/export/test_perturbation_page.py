"""The page on genetic perturbation and the network's files, from small tables."""

from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from badger_core.errors import PerturbationError
from badger_core.export.perturbation_network import asked_edges, graphml, write_edges
from badger_core.export.perturbation_page import page, write_page

EDGES = pd.DataFrame(
    {
        "target": ["STAT1", "JAK2", "JAK2"],
        "gene": ["PSMB9", "STAT1", "FN1"],
        "role": ["activates", "activates", "represses"],
        "strength": [-0.8, -0.5, 0.1],
        "fdr": [0.001, 0.01, 0.4],
        "drawn": [True, True, False],
    }
)


ABOUT = {"cells": 19466, "epochs": 60, "seconds": [90, 150]}


def figures(lead: float, null: float = 0.0) -> pd.DataFrame:
    """Two seeds of what the sentences read."""
    rows = []
    for seed in (0, 1):
        ends = (lead - 0.01, lead + 0.01)
        here = [
            ("unread cells", "GPO-VAE", "log-likelihood per cell, lead", lead, *ends),
            ("unread cells", "GPO-VAE", "pearson, lead", lead, *ends),
            ("unread cells", "GPO-VAE", "log-likelihood per cell", -185.5, None, None),
            ("unread cells", "train mean", "log-likelihood per cell", -190.5, None, None),
            ("simulated networks", "GPO-VAE", "AUPRC direct", 0.9 + seed / 100, None, None),
            ("simulated networks", "|t|", "AUPRC direct", 0.7, None, None),
            ("simulated networks", "|t|, test cells too", "AUPRC direct", 0.75, None, None),
            ("simulated networks", "chance", "AUPRC direct", 0.03, None, None),
            ("no effect", "GPO-VAE", "edges", null, None, None),
        ]
        rows += [(question, seed, *rest) for question, *rest in here]
    columns = ["question", "seed", "contender", "metric", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def test_sentences_follow_the_figures() -> None:
    good, bad = page(figures(0.5), EDGES, ABOUT), page(figures(-0.5, null=3), EDGES, {})
    assert "the model is ahead of the train mean by .50 nats" in good
    assert "the model is behind the train mean by .50 nats" in bad
    assert "| 2 of 2 | yes |" in good
    assert "**no**" not in good
    assert bad.count("| 0 of 2 | **no** |") == 4
    assert "against .700 by \\|t\\|" in good or "against .700 by |t|" in good


def test_same_tables_same_page_and_only_drawn_edges() -> None:
    text = page(figures(0.5), EDGES, ABOUT)
    assert text == page(figures(0.5), EDGES, ABOUT)
    assert "| STAT1 | 1 | ↓PSMB9 |" in text
    assert "FN1" not in text
    assert "19,466 cells took 1.5 to 2.5 minutes" in text
    assert "Edges that ship" not in page(figures(0.5), EDGES.iloc[:0], {})


def test_page_without_figures_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(PerturbationError, match="badger perturbation test"):
        write_page(tmp_path, tmp_path / "PAGE.md")


def test_edges_of_a_target_in_any_case() -> None:
    assert asked_edges(EDGES, ["jak2"], every=False)["gene"].tolist() == ["STAT1"]
    assert len(asked_edges(EDGES, ["jak2"], every=True)) == 2
    assert len(asked_edges(EDGES, [], every=False)) == 2
    with pytest.raises(PerturbationError, match="JAK2, STAT1"):
        asked_edges(EDGES, ["TP53"], every=False)


def test_graphml_is_read_again_with_its_evidence() -> None:
    graph = nx.parse_graphml(graphml(EDGES))
    assert graph.edges["STAT1", "PSMB9"]["fdr"] == 0.001
    assert graph.edges["JAK2", "FN1"]["drawn"] is False
    assert graph.nodes["STAT1"]["knocked_out"] is True
    assert graph.nodes["FN1"]["knocked_out"] is False


def test_files_by_their_ending(tmp_path: Path) -> None:
    write_edges(EDGES, tmp_path / "a.csv")
    assert pd.read_csv(tmp_path / "a.csv")["gene"].tolist() == EDGES["gene"].tolist()
    write_edges(EDGES, tmp_path / "a.graphml")
    assert (tmp_path / "a.graphml").read_text().startswith("<graphml")
    with pytest.raises(PerturbationError, match="graphml"):
        write_edges(EDGES, tmp_path / "a.xlsx")
