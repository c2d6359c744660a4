"""How far drugs reverse a disease: one score per drug, negative where the disease is reversed.

Four measures, each with its source in its own docstring: WTCS (the default, Connectivity Map's),
XSum, cosine and Spearman. All agree in sign: a drug that does the opposite of the disease scores
below 0. The values of a drug must be signed, 0 for no change, on the panel's genes.
"""

from typing import NamedTuple

import numpy as np

from badger_core.diseases.signature import DiseaseSignature
from badger_core.errors import SettingError
from badger_core.repurpose.changes import Changes, as_changes
from badger_core.repurpose.connectivity_sets import connectivity_score, extreme_sum
from badger_core.repurpose.connectivity_vectors import cosine, spearman

WTCS, XSUM, COSINE, SPEARMAN = "wtcs", "xsum", "cosine", "spearman"
METHODS = {
    WTCS: "weighted connectivity score (Kolmogorov-Smirnov)",
    XSUM: "extreme sum",
    COSINE: "cosine",
    SPEARMAN: "Spearman's rank correlation",
}
"""Name of a measure to what it is called in words."""


class Query(NamedTuple):
    """A signature on its universe of U genes: those that could have been up or down.

    Attributes:
        values: (U,) signed; NaN for what a list does not name.
        up, down: positions within the universe.
    """

    values: np.ndarray
    up: np.ndarray
    down: np.ndarray

    def relabelled(self, order: np.ndarray) -> "Query":
        """The same values on other genes: what stood at `order[i]` stands at i."""
        place = np.empty(len(order), int)
        place[order] = np.arange(len(order))
        return Query(self.values[order], place[self.up], place[self.down])


def query_of(signature: DiseaseSignature) -> Query:
    """A signature without the genes that were not looked at."""
    universe = signature.universe
    place = np.cumsum(universe) - 1
    up, down = (place[np.asarray(side, int)] for side in (signature.up, signature.down))
    return Query(signature.values[universe], up, down)


def prepared(changes: np.ndarray | Changes, signature: DiseaseSignature) -> Changes:
    """Drugs on the universe of a signature.

    Args:
        changes: (S, G), or (G,) for one drug. `Changes` keep what they sorted, for signatures that
            have all genes.
        signature: of a disease, on the same G genes.

    Raises:
        SettingError: if the drugs have another number of genes than the signature.
    """
    drugs = changes if isinstance(changes, Changes) else as_changes(changes)
    if drugs.values.shape[1] != len(signature.values):
        raise SettingError(
            f"The drugs have {drugs.values.shape[1]} genes and the signature "
            f"'{signature.name[:60]}' has {len(signature.values)}. Put both on the same panel."
        )
    return drugs.subset(signature.universe)


def score_query(drugs: Changes, query: Query, method: str = WTCS) -> np.ndarray:
    """(S,) scores of drugs and a query on the same U genes.

    Raises:
        SettingError: for an unknown measure.
    """
    if method == WTCS:
        return connectivity_score(drugs, query.up, query.down)
    if method == XSUM:
        return extreme_sum(drugs, query.up, query.down)
    if method == COSINE:
        return cosine(drugs, query.values)
    if method == SPEARMAN:
        return spearman(drugs, query.values)
    raise SettingError(f"'{method}' is no measure. Choose one of {', '.join(METHODS)}.")


def connectivity(
    changes: np.ndarray | Changes, signature: DiseaseSignature, method: str = WTCS
) -> np.ndarray:
    """(S,) scores of drugs against a disease; below 0 the disease is reversed.

    Genes that the disease's table lacks, or a drug lacks, take no part.

    Args:
        changes: (S, G) signed changes, or (G,) for one drug, then S is 1.
        signature: of the disease, on the same G genes.
        method: one of `METHODS`.

    Raises:
        SettingError: for an unknown measure, or for another number of genes.
    """
    return score_query(prepared(changes, signature), query_of(signature), method)
