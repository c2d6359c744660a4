"""All edges with their evidence in one table, and the rule by which an edge is drawn.

T targets, G genes.
"""

import numpy as np
import pandas as pd

from badger_core.data.perturbation import CellScreen
from badger_core.perturbation.edges import Evidence
from badger_core.perturbation.effects import cell_t
from badger_core.perturbation.stability import Stability

FDR, STABLE = 0.05, 0.8
"""An edge is drawn if its false discovery rate is at most the first, at least the second share of
the trainings hold it, and cells and model agree on its sign. Else the data do not support it."""

ACTIVATES, REPRESSES = "activates", "represses"
"""Of a target whose loss lowers, or raises, the gene."""

COLUMNS = (
    "target",
    "gene",
    "role",  # by the model's sign
    "strength",  # direct, natural logarithm of fold change by the loss; mean of the trainings
    "chance",  # posterior probability of a direct effect; mean of the trainings
    "stability",  # share of the trainings that hold the edge with this sign
    "effect",  # measured, log2 difference of mean levels to control, along all paths
    "t",  # of that, over cells within replicates
    "total",  # measured, natural logarithm of fold change, along all paths
    "through",  # the part of `total` that other measured targets pass on
    "p",  # of what is left, labels dealt anew
    "fdr",
    "fdr_total",  # the same for `total`
    "drawn",
)


def edges_table(screen: CellScreen, tested: Evidence, trained: Stability) -> pd.DataFrame:
    """One row for each target and gene but itself, drawn ones first, then by strength.

    Args:
        screen: the cells that were tested.
        tested: what the cells say.
        trained: what the trainings say.
    """
    measured, direct = cell_t(screen), tested.direct
    row, column = np.nonzero(~np.isnan(tested.p))
    at = row, column
    table = pd.DataFrame(
        {
            "target": np.array(screen.targets())[row],
            "gene": screen.genes[column],
            "role": np.where(trained.strength[at] < 0, ACTIVATES, REPRESSES),
            "strength": trained.strength[at],
            "chance": trained.chance[at],
            "stability": trained.share[at],
            "effect": measured.effect[at],
            "t": measured.t[at],
            "total": direct.total[at],
            "through": direct.through[at],
            "p": tested.p[at],
            "fdr": tested.fdr[at],
            "fdr_total": tested.fdr_total[at],
        }
    )
    agrees = np.sign(direct.left[at]) == np.sign(table["strength"])
    table["drawn"] = (table["fdr"] <= FDR) & (table["stability"] >= STABLE) & agrees
    table["size"] = table["strength"].abs()
    order = ["drawn", "size", "target", "gene"]
    table = table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
    return table[list(COLUMNS)]


def drawn_matrix(table: pd.DataFrame, targets: list[str], genes: np.ndarray) -> np.ndarray:
    """(T, G) truths, which edges of a table are drawn."""
    return matrix(table[table["drawn"]].assign(one=1.0), "one", targets, genes) > 0


def matrix(table: pd.DataFrame, column: str, targets: list[str], genes: np.ndarray) -> np.ndarray:
    """(T, G) float, a column of the table by name; 0 where the table has no row."""
    out = np.zeros((len(targets), len(genes)))
    row = {name: i for i, name in enumerate(targets)}
    place = {str(name): i for i, name in enumerate(genes)}
    out[table["target"].map(row), table["gene"].map(place)] = table[column]
    return out
