"""The drawn network of the real screen against what is known: interferon gamma, and STRING.

The screen stimulates with interferon gamma and knocks out the pathway that carries it on. T
targets, G genes.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.data.perturbation import CellScreen, screen_genes, string_edges
from badger_core.perturbation.baselines import correlation
from badger_core.perturbation.benchmark_scores import OURS, Report, Row, edge_rows, row
from badger_core.perturbation.edges import edge_evidence
from badger_core.perturbation.edges_table import FDR, drawn_matrix, edges_table, matrix
from badger_core.perturbation.effects import cell_t
from badger_core.perturbation.features import neighbours_of
from badger_core.perturbation.recovery import omission_rate, overlap
from badger_core.perturbation.shipped import good_cells, trained
from badger_core.perturbation.splits import by_cell
from badger_core.perturbation.stability import stability
from badger_core.perturbation.total_effects import not_itself, places
from badger_core.perturbation.vae_settings import VaeSettings

AXIS = ("IFNGR1", "IFNGR2", "JAK2", "STAT1")
"""Targets that carry the interferon gamma signal: receptor, kinase and transcription factor."""
INTERFERON = (
    "HALLMARK_INTERFERON_GAMMA_RESPONSE",
    "PC7_4773",
    "WP619_r71168",
)
"""Hallmark, Reactome and WikiPathways sets of the response to interferon gamma."""
DEALT = 50
"""Deals of labels for each target."""
_PARTS = 5


RESPONDS = 0.05
"""p of a t over unread cells below which a gene is said to respond (as published)."""


def network_case(seed: int, settings: VaeSettings, root: Path, report: Report) -> list[Row]:
    """The network that one training and the cells it learned from draw, and the cells it never saw.

    With one training there is no stability: its edges have to pass the test and be held by it.
    """
    screen = good_cells()
    split = by_cell(screen, seed)
    model = trained(screen, replace(settings, seed=seed), root / "real", "cpu", report).model
    seen = screen.take(split.train | split.valid)
    evidence = edge_evidence(seen, None, DEALT, seed, report)
    table = edges_table(seen, evidence, stability([model.network()]))
    responds = cell_t(screen, split.test).p < RESPONDS
    beside = {
        f"{OURS}, along all paths": model.network().total.to_numpy(),
        f"{OURS}, predicted effect": model.effects(screen.take(split.train)).effect,
    }
    return real_rows(seen, table, beside, responds, Bundle().pathways.table)


def interferon_genes(pathways: pd.DataFrame, genes: np.ndarray) -> np.ndarray:
    """(G,) truths, whether a gene is in one of the INTERFERON sets.

    Args:
        pathways: columns pathway and entrez (of the bundle).
        genes: (G,) symbols of the screen.
    """
    sets = pathways.loc[pathways["pathway"].isin(INTERFERON), "entrez"]
    members = {int(entrez) for one in sets for entrez in one}
    known = screen_genes()
    entrez = dict(zip(known["symbol"], known["entrez"], strict=True))
    return np.array([int(entrez.get(str(name), 0)) in members for name in genes])


def real_rows(
    screen: CellScreen,
    table: pd.DataFrame,
    beside: dict[str, np.ndarray],
    responds: np.ndarray,
    pathways: pd.DataFrame,
) -> list[Row]:
    """Counts, overlaps with known sets, areas and omission rates.

    Args:
        screen: good cells.
        table: of edges, `edges_table.COLUMNS`.
        beside: further scores of the model, (T, G).
        responds: (T, G) truths, of cells that no training read.
        pathways: of the bundle.
    """
    targets = screen.targets()
    judged, at = not_itself(targets, screen.genes), places(targets, screen.genes)
    drawn = drawn_matrix(table, targets, screen.genes)
    signal = np.isin(targets, AXIS)
    of_interferon = interferon_genes(pathways, screen.genes)
    axis = signal[:, None] & of_interferon[None, :] & judged
    partners = neighbours_of(targets, string_edges())
    known = np.array([np.isin(screen.genes, names) for names in partners]) & judged
    found = [
        row(OURS, "edges drawn", drawn.sum()),
        row(OURS, "pairs tested", judged.sum()),
        row(OURS, "targets with an edge", drawn.any(axis=1).sum()),
        row(OURS, "edges of the interferon gamma axis", drawn[signal].sum()),
        row(OURS, "interferon gamma genes measured", of_interferon.sum()),
    ]
    part = np.tile(_parts(screen), (len(targets), 1))
    inside, outside = judged & signal[:, None], judged & ~signal[:, None]
    in_string = judged & known.any(axis=1)[:, None]
    whole = matrix(table.assign(one=table["fdr_total"] <= FDR), "one", targets, screen.genes) > 0
    found += [
        row(OURS, "pairs with an effect", whole.sum()),
        row(OURS, "pairs with an effect of the interferon gamma axis", whole[signal].sum()),
    ]
    for name, chosen in (("", drawn), (" by effect", whole)):
        found += _overlap_rows(f"axis{name}", chosen, axis, inside, part)
        others = outside & of_interferon
        found += _overlap_rows(f"other targets{name}", chosen, others, outside, part)
    by_target = part + 100 * np.arange(len(targets))[:, None]
    found += _overlap_rows("STRING", drawn, known, in_string, by_target)
    columns = {OURS: "strength", "|t|": "t", "|effect|": "effect"}
    scores = {name: matrix(table, c, targets, screen.genes) for name, c in columns.items()}
    scores |= {**beside, "correlation": correlation(screen)}
    truth = {"axis": axis, "STRING": known}
    found += edge_rows(scores, truth, judged)
    return found + _omission_rows(drawn, responds, judged, at)


def _omission_rows(
    drawn: np.ndarray, responds: np.ndarray, judged: np.ndarray, at: np.ndarray
) -> list[Row]:
    random = np.zeros_like(drawn)
    order = np.random.default_rng(0).permutation(np.argwhere(judged))[: drawn.sum()]
    random[tuple(order.T)] = True
    networks = {
        OURS: drawn,
        "as many edges at random": random,
        "empty network": np.zeros_like(drawn),
    }
    return [
        row(name, "omission rate", omission_rate(edges, responds, judged, at))
        for name, edges in networks.items()
    ]


def _overlap_rows(
    what: str, drawn: np.ndarray, known: np.ndarray, pool: np.ndarray, part: np.ndarray
) -> list[Row]:
    found = overlap(drawn[pool], known[pool], part[pool])
    return [row(OURS, f"{what}, {name}", value) for name, value in found._asdict().items()]


def _parts(screen: CellScreen) -> np.ndarray:
    """(G,) fifth of the genes by how many transcripts they have."""
    seen = screen.counts.sum(axis=0, dtype=np.int64)
    return np.argsort(np.argsort(seen, kind="stable")) * _PARTS // len(seen)
