"""A prediction as people use it: 978 genes in order, and where the numbers come from."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from badger_core.cells.upload import PREFIX
from badger_core.genes.panel import GenePanel
from badger_core.schema import RANKING_COLUMNS


@dataclass(frozen=True, eq=False)
class Ranking:
    """The result of one question.

    Attributes:
        table: columns of `schema.RANKING_COLUMNS`; rank 1 goes up most, rank 978 down most.
        manifest: provenance; everything that is needed to get the same numbers again.
    """

    table: pd.DataFrame
    manifest: dict

    @property
    def file_stem(self) -> str:
        """File name without ending; it names structure, line, date, app and model."""
        m = self.manifest
        name, shown = m["cell"]["name"], m["cell"].get("display_name", "")
        own = f"{shown[:40]}-" if name.startswith(PREFIX) else ""  # the name is a hash
        line = re.sub(r"[^A-Za-z0-9.-]", "-", own + name)
        return (
            f"badger_{m['compound']['inchikey'][:14]}_{line}_{m['date']}"
            f"_app{m['app_version']}_model{m['model']['hash']}"
        )

    def top(self, direction: str, count: int) -> pd.DataFrame:
        """The `count` genes most strongly predicted to go up or down, strongest first."""
        return self.table.head(count) if direction == "up" else self.table.tail(count)[::-1]


def rank_genes(
    panel: GenePanel,
    members: np.ndarray,
    chances: tuple[np.ndarray, np.ndarray] | None = None,
) -> pd.DataFrame:
    """Genes by falling mean score; equal scores keep panel order.

    Args:
        panel: the G genes.
        members: (M, G) predicted change by each member of the ensemble.
        chances: (G,) chance of each gene to be in the measured top 200 going up, and going down;
            the table holds the one of the gene's direction, NaN where nothing is known.
    """
    score = members.mean(axis=0)
    order = np.argsort(-score, kind="stable")
    up, down = chances or (np.full(len(order), np.nan),) * 2
    table = pd.DataFrame(
        {
            "symbol": np.array(panel.symbols, object)[order],
            "entrez": panel.entrez[order],
            "rank": np.arange(1, len(order) + 1),
            "score": score[order].astype(np.float64).round(6),
            "direction": np.where(score[order] > 0, "up", "down"),
            "spread": members.std(axis=0)[order].astype(np.float64).round(6),
            "chance": np.where(score > 0, up, down)[order].astype(np.float64).round(2),
        }
    )
    return table[list(RANKING_COLUMNS)]
