"""How far a score can be told from chance: permuted gene labels, and the rest of the library."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from badger_core.diseases.signature import DiseaseSignature
from badger_core.errors import SettingError
from badger_core.repurpose.changes import Changes
from badger_core.repurpose.connectivity import WTCS, prepared, query_of, score_query

PERMUTATIONS = 200
REVERSAL, BOTH = "reversal", "both"
"""What counts as extreme: scores as low as the drug's own, or scores as far from 0."""


class NullTest(NamedTuple):
    """S drugs against permuted signatures.

    Attributes:
        score: (S,) the drugs' own.
        mean, sd: (S,) of the scores of permuted signatures.
        z: (S,) (score - mean) / sd; NaN where sd is 0.
        p: (S,) (1 + permutations at least as extreme) / (1 + permutations), so never 0.
        fdr: (S,) false discovery rate over these S drugs (Benjamini-Hochberg).
        n_permutations: how many; p is 1 / (1 + this many) at least.
    """

    score: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    z: np.ndarray
    p: np.ndarray
    fdr: np.ndarray
    n_permutations: int


def permutation_test(
    changes: np.ndarray | Changes,
    signature: DiseaseSignature,
    method: str = WTCS,
    n_permutations: int = PERMUTATIONS,
    seed: int = 0,
    tail: str = REVERSAL,
    progress: Callable[[int, int], None] | None = None,
) -> NullTest:
    """Scores against the same signature with its genes interchanged at random.

    The same permutations serve all drugs. The 1 in p is that of Phipson and Smyth (Stat. Appl.
    Genet. Mol. Biol. 9:39, 2010). Permuted genes are independent and real ones are not, so this
    null is too narrow: a small p says that the genes matter, not that the drug is special. Read it
    beside `signed_percentile`, which asks the latter.

    Args:
        changes: (S, G) signed changes, or (G,).
        signature: of the disease, on the same G genes.
        method: of `connectivity.METHODS`.
        n_permutations: 1 at least.
        seed: of the permutations.
        tail: 'reversal' (one-sided, low scores) or 'both'.
        progress: called with how many are done, of how many.

    Raises:
        SettingError: for no permutation, an unknown tail or measure.
    """
    if n_permutations < 1 or tail not in (REVERSAL, BOTH):
        raise SettingError(
            f"{n_permutations} permutations and the tail '{tail}' came. It takes 1 or more, and "
            f"'{REVERSAL}' or '{BOTH}'."
        )
    drugs, query = prepared(changes, signature), query_of(signature)
    own = score_query(drugs, query, method)
    random = np.random.default_rng(seed)
    first, second, extreme = np.zeros(len(own)), np.zeros(len(own)), np.zeros(len(own))
    near = 1e-9 * np.maximum(np.abs(own), 1e-3)  # rounding is not a difference
    for done in range(1, n_permutations + 1):
        order = random.permutation(len(query.values))
        null = score_query(drugs, query.relabelled(order), method)
        first += null
        second += null**2
        low = null <= own + near
        extreme += low if tail == REVERSAL else np.abs(null) >= np.abs(own) - near
        if progress is not None:
            progress(done, n_permutations)
    mean = first / n_permutations
    sd = np.sqrt(np.maximum(second / n_permutations - mean**2, 0.0))
    z = np.divide(own - mean, sd, out=np.full(len(own), np.nan), where=sd > 1e-12)
    p = np.where(np.isnan(own), np.nan, (1 + extreme) / (1 + n_permutations))
    return NullTest(own, mean, sd, z, p, false_discovery_rate(p), n_permutations)


def false_discovery_rate(p: np.ndarray) -> np.ndarray:
    """(S,) adjusted p (Benjamini and Hochberg, J. R. Stat. Soc. B 57:289, 1995); NaN stays."""
    from scipy.stats import false_discovery_control  # here, as scipy.stats is slow to load

    out = np.full(np.shape(p), np.nan)
    known = ~np.isnan(p)
    if known.any():
        out[known] = false_discovery_control(p[known])
    return out


def normalised(scores: np.ndarray) -> np.ndarray:
    """(S,) or (S, B) scores over the mean size of those of the same sign in their column.

    Subramanian et al. (Cell 171:1437, 2017) do so within a cell line and type of perturbation
    before scores of different lines are put together. NaN takes no part.
    """
    scores = np.asarray(scores, np.float64)
    out = np.where(np.isnan(scores), np.nan, 0.0)
    for same in (scores > 0, scores < 0):
        count = same.sum(axis=0)
        size = np.abs(np.where(same, scores, 0.0)).sum(axis=0) / np.maximum(count, 1)
        np.divide(scores, size, out=out, where=same)
    return out


def signed_percentile(scores: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Where scores stand among those of a library in the same line, from -100 to 100.

    sign(score) x the percentage of reference scores that are smaller in size: -95 means reversal,
    and that 95% of the reference is nearer to 0. The formula is that of tau in Subramanian et al.
    (Cell 171:1437, 2017). Theirs compares one drug over many reference queries; this compares one
    query over the drugs of a library, so it tells a drug that stands out, not one that reverses
    everything: for the latter see how many diseases it reverses.

    Args:
        scores: (...) of any shape; NaN stays.
        reference: (R,) scores of the library for the same disease and line; NaN is left out.
    """
    scores = np.asarray(scores, np.float64)
    sizes = np.abs(np.asarray(reference, np.float64))
    sizes = np.sort(sizes[~np.isnan(sizes)])
    if not len(sizes):
        return np.full(scores.shape, np.nan)
    smaller = np.searchsorted(sizes, np.abs(scores), side="left")
    return np.where(np.isnan(scores), np.nan, np.sign(scores) * 100.0 * smaller / len(sizes))
