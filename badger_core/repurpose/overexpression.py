"""What gaining a gene does to the landmarks (L1000), and how far drugs do the same.

S drugs, M over-expressed genes, G landmarks, L lines. The measure is the cosine of
`connectivity_vectors`, worked out for all M genes with one matrix product: a library of thousands
takes a fraction of a second a line.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.perturbation import LEAST_LANDMARKS, overexpressions
from badger_core.errors import SettingError
from badger_core.genes.panel import GenePanel


class Gains(NamedTuple):
    """Over-expressions of M genes.

    Attributes:
        table: M rows by Entrez id: entrez, symbol, landmarks (how many the signature has).
        values: (M, G) z-scores in panel order; 0 for a landmark that did not change significantly.
    """

    table: pd.DataFrame
    values: np.ndarray


def read_gains(panel: GenePanel, least_landmarks: int = LEAST_LANDMARKS) -> Gains:
    """The shipped over-expressions that a ranking of landmarks can be matched to.

    Only landmarks that were measured themselves count. A gene's own transcript is left out of its
    signature: that it rises says that the experiment worked, and no drug that blocks the protein
    need lower it. 34 of 399 signatures lose one gene by this.

    Args:
        panel: the G landmarks.
        least_landmarks: of a signature, its own gene counted.

    Raises:
        PerturbationError: if the table is missing or damaged.
    """
    rows = overexpressions(least_landmarks)
    rows = rows[rows["landmark"] & rows["gene"].isin(panel.entrez)]
    rows = rows[rows["gene"] != rows["perturbagen"]]
    entrez, at = np.unique(rows["perturbagen"].to_numpy(np.int64), return_inverse=True)
    values = np.zeros((len(entrez), len(panel)))
    values[at, [panel.index[int(gene)] for gene in rows["gene"]]] = rows["z"]
    symbol = rows.drop_duplicates("perturbagen").set_index("perturbagen")["symbol"]
    table = pd.DataFrame(
        {
            "entrez": entrez,
            "symbol": symbol[entrez].to_numpy(object),
            "landmarks": (values != 0).sum(axis=1),
        }
    )
    return Gains(table, values)


def likeness(changes: np.ndarray, gains: Gains) -> np.ndarray:
    """(S, M) cosine of each drug's changes and each over-expression, over all G landmarks.

    The same numbers as `connectivity_vectors.cosine` gives for one signature after another.

    Args:
        changes: (S, G) signed, 0 for no change; NaN takes no part.
        gains: on the same genes.

    Returns:
        From -1 (the drug does the opposite) to 1; NaN for a drug without any change.

    Raises:
        SettingError: if the drugs have another number of genes.
    """
    if changes.shape[-1] != gains.values.shape[1]:
        raise SettingError(
            f"The drugs have {changes.shape[-1]} genes and the over-expressions "
            f"{gains.values.shape[1]}. Put both on the same panel."
        )
    known = ~np.isnan(changes)
    drug = np.where(known, changes, 0.0).astype(np.float64)
    size = np.linalg.norm(drug, axis=1)[:, None]
    if known.all():
        size = size * np.linalg.norm(gains.values, axis=1)
    else:
        size = size * np.sqrt(known.astype(np.float64) @ (gains.values**2).T)
    return np.divide(drug @ gains.values.T, size, out=np.full(size.shape, np.nan), where=size > 0)
