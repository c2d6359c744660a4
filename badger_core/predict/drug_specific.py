"""A ranking beside the drug-free one of its line: the latter as a table, and the part that is left.

What is left is the residual of a least-squares fit on normal scores:

    normal score of gene g = slope * drug-free normal score of g + what is the compound's own
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.predict.baseline import tied_ranks
from badger_core.ranks import van_der_waerden


class DrugSpecific(NamedTuple):
    """What a ranking says beyond the drug-free one.

    Attributes:
        table: columns symbol, entrez, rank, score (the residual, unit: normal scores) and
            direction, by rank.
        slope: multiple of the drug-free normal scores that was taken off.
        left: share of the variance of the normal scores that is left, 0 to 1.
    """

    table: pd.DataFrame
    slope: float
    left: float


def drug_free_table(ranking: pd.DataFrame, scores: np.ndarray, entrez: np.ndarray) -> pd.DataFrame:
    """The drug-free ranking with the columns of `DrugSpecific.table`.

    Args:
        ranking: columns symbol and entrez.
        scores: (G,) drug-free scores in panel order, of `DrugFree`.
        entrez: (G,) the panel.
    """
    return _ranked(ranking, pd.Series(scores, index=entrez)[ranking["entrez"]].to_numpy())


def drug_specific(ranking: pd.DataFrame, drug_free: pd.DataFrame) -> DrugSpecific:
    """Take the fitted multiple of the drug-free ranking off a ranking.

    Args:
        ranking: columns symbol, entrez and score.
        drug_free: of `drug_free_table`, the same genes.
    """
    free = drug_free.set_index("entrez")["score"][ranking["entrez"]].to_numpy()
    own, free = _normal(ranking["score"].to_numpy()), _normal(free)
    slope = float(own @ free / (free @ free))
    rest = own - slope * free
    return DrugSpecific(_ranked(ranking, rest), slope, float(rest @ rest / (own @ own)))


def specific_words(found: DrugSpecific) -> str:
    """What was taken off, in a sentence."""
    return (
        f"What is left after taking away {found.slope:.2f} × what any drug does in this line "
        f"(normal scores, least squares); {100 * found.left:.0f}% of the differences between "
        "genes remain."
    )


def _normal(score: np.ndarray) -> np.ndarray:
    """(G,) normal scores of the ranks, with mean 0."""
    found = van_der_waerden(tied_ranks(score[None])[0], len(score))
    return found - found.mean()


def _ranked(genes: pd.DataFrame, score: np.ndarray) -> pd.DataFrame:
    table = genes[["symbol", "entrez"]].assign(score=np.round(score, 6))
    table = table.sort_values("score", ascending=False, kind="stable", ignore_index=True)
    table.insert(2, "rank", np.arange(1, len(table) + 1))
    return table.assign(direction=np.where(table["score"] > 0, "up", "down"))
