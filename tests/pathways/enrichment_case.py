"""A ranking of 60 genes and four sets: one at the top, one at the bottom, two scattered."""

import numpy as np
import pandas as pd

from badger_core.pathways.enrichment_sets import SET_COLUMNS

N = 60


def ranking(score: np.ndarray | None = None) -> pd.DataFrame:
    """A ranking of genes 1 to 60, by falling score; gene 1 goes up most."""
    score = np.linspace(3, -3, N) if score is None else np.asarray(score, float)
    entrez = np.arange(1, N + 1)
    order = np.argsort(-score, kind="stable")
    return pd.DataFrame(
        {
            "symbol": [f"G{e}" for e in entrez[order]],
            "entrez": entrez[order],
            "rank": np.arange(1, N + 1),
            "score": score[order],
        }
    )


def sets(**members: list[int]) -> pd.DataFrame:
    """Sets by name, with the columns of `SET_COLUMNS`."""
    members = members or {
        "top": [1, 2, 3, 4, 5, 7],
        "bottom": [60, 59, 58, 57, 54],
        "even": [6, 16, 26, 36, 46, 56],
        "middle": [28, 29, 30, 31, 32],
    }
    rows = [(n, f"The set {n}", "Reactome", "", genes, len(genes)) for n, genes in members.items()]
    return pd.DataFrame(rows, columns=list(SET_COLUMNS))
