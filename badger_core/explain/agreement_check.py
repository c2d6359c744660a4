"""Do the members of an ensemble attend to the same things, and because of the compound?

All members read the same compounds, in one line. Two networks may agree because each attends to the
same pathways whatever the compound; the null therefore pairs one member's reading of a compound
with another member's reading of another compound.
"""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from badger_core.evaluation.correlation import spearman
from badger_core.explain.finding import Finding, finding
from badger_core.explain.following import LEAST_FRAGMENTS
from badger_core.explain.matching import jaccard_matrix, shuffled_means, spearman_matrix
from badger_core.explain.reading import Reading

TOP = 10


def agreement_findings(readings: Sequence[Reading], draws: int, seed: int) -> list[Finding]:
    """Agreement of two members, mean over pairs of members; nothing where there is one member.

    Args:
        readings: at least two, of the same pairs in the same order, one line for all.
        draws: random pairings of compounds.
        seed: of the pairings.
    """
    if len(readings) < 2 or len(readings[0].pairs) < 2:
        return []
    keys = list(readings[0].pairs["ik14"])
    found = _fragments(readings, keys)
    top = min(TOP, readings[0].mass.shape[1])
    for name, of in (("mass on fragments", _mass), ("use by genes", _use)):
        ranks = _mean_over_members(readings, of, spearman_matrix)
        null = shuffled_means(ranks, draws, seed)
        found.append(_row(f"Spearman of {name}, against other compounds", ranks, keys, null))
        sets = _mean_over_members(readings, of, lambda a, b: jaccard_matrix(a, b, top))
        null = shuffled_means(sets, draws, seed)
        measure = f"Jaccard of the top {top} by {name}"
        found.append(_row(f"{measure}, against other compounds", sets, keys, null))
        chance = top / (2 * readings[0].mass.shape[1] - top)
        found.append(_row(f"{measure}, against random pathways", sets, keys, chance))
    return found


def sameness_findings(readings: Sequence[Reading]) -> list[Finding]:
    """How similar a member's predictions and readings for different compounds in one line are.

    The change of order by exchanging the compound is what deleting fragments can be held against.
    """
    if not readings or len(readings[0].pairs) < 2:
        return []
    measures = {
        "change of order by taking another compound": [1 - _others(r.change) for r in readings],
        "Spearman of mass on fragments between compounds": [_others(r.mass) for r in readings],
        "Spearman of use by genes between compounds": [_others(r.use) for r in readings],
    }
    keys = list(readings[0].pairs["ik14"])
    found = []
    for words, scores in measures.items():
        for reading, score in zip(readings, scores, strict=True):
            found.append(finding("sameness", words, reading.member, score, keys))
        if len(readings) > 1:
            found.append(finding("sameness", words, "all", np.mean(scores, axis=0), keys))
    return found


def _fragments(readings: Sequence[Reading], keys: Sequence[str]) -> list[Finding]:
    """Spearman of two members' fragment shares; 0 by chance."""
    scores, kept = [], []
    for i, (key, count) in enumerate(zip(keys, readings[0].n_fragments, strict=True)):
        if count < LEAST_FRAGMENTS:
            continue
        own = [reading.shares["attention"][i, :count] for reading in readings]
        pairs = list(combinations(own, 2))
        score = spearman([a for a, _ in pairs], [b for _, b in pairs])
        if not np.isnan(score).any():
            scores.append(score.mean())
            kept.append(key)
    measure = "Spearman of fragment shares, against random order"
    return [finding("agreement", measure, "all", np.array(scores), kept, 0.0)] if kept else []


def _mean_over_members(
    readings: Sequence[Reading],
    of: Callable[[Reading], np.ndarray],
    compare: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> np.ndarray:
    """(B, B) compound a read by one member against compound b read by another."""
    pairs = combinations(readings, 2)
    return np.mean([compare(of(one), of(other)) for one, other in pairs], axis=0)


def _others(values: np.ndarray) -> np.ndarray:
    """(B,) mean Spearman of each row with all other rows."""
    matrix = spearman_matrix(values, values)
    return (matrix.sum(axis=1) - np.diag(matrix)) / (len(matrix) - 1)


def _row(
    measure: str, matrix: np.ndarray, keys: Sequence[str], null: np.ndarray | float
) -> Finding:
    return finding("agreement", measure, "all", np.diag(matrix), keys, null)


def _mass(reading: Reading) -> np.ndarray:
    return reading.mass


def _use(reading: Reading) -> np.ndarray:
    return reading.use
