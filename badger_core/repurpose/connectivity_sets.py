"""Scores that ask where a disease's genes up and down stand in a drug's ordered genes.

Negative scores mean reversal throughout: genes that the disease raises, the drug lowers.
"""

import numpy as np

from badger_core.repurpose.changes import Changes

EXTREME = 100
"""Genes on each end of a drug's order that XSum looks at: about a tenth of the landmarks each."""
_TIE = 1e-12


def enrichment(drugs: Changes, genes: np.ndarray, weight: float = 1.0) -> np.ndarray:
    """(S,) weighted Kolmogorov-Smirnov enrichment of a gene set in each drug's ordered genes.

    Genes are gone through from the most up to the most down. A gene of the set adds
    |value|^weight over the sum of these, any other gene takes off 1 / (their number); the score is
    the running sum at its greatest distance from 0 (Subramanian et al., PNAS 102:15545, 2005,
    whose exponent is 1; weight 0 gives the unweighted statistic, the form of Lamb et al., Science
    313:1929, 2006). Two details are ours: genes with equal values enter together, and where the
    greatest distances above and below 0 are equal, the score is 0. Both keep the score from
    depending on the order of the panel, and make it change its sign when the drug is reversed.

    Args:
        drugs: S drugs on G genes.
        genes: (K,) positions of the set.
        weight: exponent of |value|.

    Returns:
        Scores from -1 (the set is most down) to 1; NaN where no gene of the set, or no other gene,
        has a value.
    """
    genes = np.asarray(genes, int)
    if not len(genes):
        return np.full(len(drugs.values), np.nan)
    order = drugs.order
    above = np.sort(order.above[:, genes], axis=1)  # missing genes have the last places
    known = above < order.count[:, None]
    through, sizes = (
        np.take_along_axis(each, above.astype(np.intp), axis=1)
        for each in (order.through_at, order.value_at)
    )
    sizes = np.where(known, np.abs(sizes.astype(float)) ** weight, 0.0)
    hits = known.sum(axis=1)
    others = order.count - hits
    total = sizes.sum(axis=1)
    flat = (total == 0) & (hits > 0)  # nothing but zeros: all genes of the set weigh the same
    sizes[flat], total[flat] = known[flat], hits[flat]
    with np.errstate(divide="ignore", invalid="ignore"):
        after = sizes.cumsum(axis=1) / total[:, None]
        before = after - sizes / total[:, None]
        place = np.arange(len(genes))
        missed_before = (above - place) / others[:, None]
        missed_after = (through - place - 1) / others[:, None]
    starts = known.copy()  # the first and the last gene of the set among those tied with it
    starts[:, 1:] &= above[:, 1:] != above[:, :-1]
    ends = known.copy()
    ends[:, :-1] &= (above[:, 1:] != above[:, :-1]) | ~known[:, 1:]
    highest = np.where(ends, after - missed_after, 0.0).max(axis=1)
    lowest = np.where(starts, before - missed_before, 0.0).min(axis=1)
    score = np.where(highest > -lowest, highest, lowest)
    score = np.where(np.abs(highest + lowest) < _TIE, 0.0, score)
    return np.where((hits > 0) & (others > 0), score, np.nan)


def connectivity_score(
    drugs: Changes, up: np.ndarray, down: np.ndarray, weight: float = 1.0
) -> np.ndarray:
    """(S,) weighted connectivity score (WTCS) of Subramanian et al., Cell 171:1437 (2017).

    (enrichment of the genes up - enrichment of the genes down) / 2 where the two differ in sign,
    else 0: a drug that moves both sets the same way neither mimics nor reverses the disease. With
    one set only (`up` or `down` empty), the enrichment of that one, its sign turned for `down`.

    Args:
        drugs: S drugs on G genes.
        up: positions of the genes that the disease raises.
        down: positions of those that it lowers.
        weight: as of `enrichment`.

    Returns:
        From -1 (full reversal) to 1 (the drug does what the disease does).
    """
    if not len(down):
        return enrichment(drugs, up, weight)
    if not len(up):
        return -enrichment(drugs, down, weight)
    first, second = enrichment(drugs, up, weight), enrichment(drugs, down, weight)
    score = np.where(np.sign(first) != np.sign(second), (first - second) / 2, 0.0)
    return np.where(np.isnan(first) | np.isnan(second), np.nan, score)


def extreme_sum(
    drugs: Changes, up: np.ndarray, down: np.ndarray, extreme: int = EXTREME
) -> np.ndarray:
    """(S,) eXtreme Sum (XSum) of Cheng et al., Genome Medicine 6:95 (2014).

    Of each drug only its `extreme` most raised and `extreme` most lowered genes count: the sum of
    their values over the disease's genes up, minus the sum over its genes down. Genes tied at the
    border count all. The sum keeps the scale of the drug's values and grows with the number of
    genes: compare it within one disease and one source of predictions.

    Args:
        drugs: S drugs on G genes.
        up: positions of the genes that the disease raises.
        down: positions of those that it lowers.
        extreme: genes on each end.
    """
    genes = np.concatenate([np.asarray(up, int), np.asarray(down, int)])
    side = np.repeat([1.0, -1.0], [len(up), len(down)])
    below = drugs.order.count[:, None] - drugs.order.through[:, genes]
    counted = (drugs.order.above[:, genes] < extreme) | (below < extreme)
    score = np.where(counted, drugs.filled[:, genes], 0.0) @ side
    return np.where(drugs.known[:, genes].any(axis=1), score, np.nan)
