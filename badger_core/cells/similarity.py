"""How alike two lines are: rank correlation of basal expression after centring on the platform.

Raw Spearman correlations between any two lines lie near .83 on one platform and near .55 between
two platforms, because most of what is shared is the gene's own level. Centring each gene on its
mean rank over the lines of the same platform removes that part (and with it the platform).
"""

import numpy as np

from badger_core.ranks import average_ranks


def centred_ranks(profiles: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Ranks within each profile, less the reference's mean rank, scaled to unit length.

    Args:
        profiles: (B, G) expression; a gene that is NaN here or in all references takes no part.
        reference: (C, G) profiles of the same platform.

    Returns:
        (B, G) with rows of length 1 (0 where a profile equals the reference mean).
    """
    return centred_on(profiles, centre_of(reference))


def centre_of(reference: np.ndarray) -> np.ndarray:
    """(G,) mean rank of each gene in (C, G) profiles of one platform; NaN where none has it."""
    return centre_of_ranks(unit_ranks(reference))


def centre_of_ranks(of_reference: np.ndarray) -> np.ndarray:
    """As `centre_of`, with the (C, G) `unit_ranks` at hand."""
    measured = ~np.isnan(of_reference)
    total = np.where(measured, of_reference, 0).sum(axis=0)
    return np.divide(
        total, measured.sum(axis=0), out=np.full(total.shape, np.nan), where=measured.any(axis=0)
    )


def centred_on(profiles: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """As `centred_ranks`, with the (G,) centre of the reference at hand."""
    return ranks_centred_on(unit_ranks(profiles), centre)


def ranks_centred_on(ranks: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """As `centred_on`, with the (B, G) `unit_ranks` of the profiles at hand."""
    centred = np.nan_to_num(ranks - centre)
    centred -= centred.mean(axis=1, keepdims=True)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    return centred / np.where(length > 0, length, 1.0)


def similarity(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """(B, C) correlations between rows of two `centred_ranks` results, from -1 to 1."""
    return left @ right.T


def unit_ranks(profiles: np.ndarray) -> np.ndarray:
    """Average ranks scaled to (0, 1) within each row; NaN stays NaN, so subsets are comparable."""
    ranks = average_ranks(profiles)
    count = (~np.isnan(profiles)).sum(axis=1, keepdims=True)
    return ranks / (count + 1)
