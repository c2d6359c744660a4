"""Which sets the model attends over: a documented, reproducible choice.

Rule. Candidates are sets of 10 to 300 genes with at least 5 landmark genes and 3 distinct targets
of library compounds; sets named after a disease, an infection or an experiment are left out, for
they mix mechanisms. They are taken greedily: each step takes the set with the greatest gain, where
a target counts (compounds that hit it) / (1 + times it is covered) and a landmark counts
1 / (1 + times it is covered), each summed over the set and divided by the square root of the set's
size (so that a broad set does not win by breadth alone); a set whose members overlap a chosen one
by Jaccard > 0.4 is passed over. Ties go to the smaller identifier. It stops at `count` sets.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

MIN_GENES, MAX_GENES = 10, 300
MIN_LANDMARKS, MIN_TARGETS = 5, 3
MAX_JACCARD = 0.4
_NOT_A_MECHANISM = re.compile(
    r"disease|cancer|glioblastoma|infection|hiv|influenza|susceptibility|overview|injury|"
    r"infertility|resistance|cardiomyocyte|anemia|coli |quercetin|selenium|alzheimer|syndrome|"
    r"diabetes|leukemia|sids|spermatogenesis|allograft|defective|mutant|hypertrophy|tumor",
    re.IGNORECASE,
)


def choose(
    sets: Mapping[str, frozenset[int]],
    landmarks: Sequence[int],
    target_weight: Mapping[int, int],
    count: int = 160,
) -> list[str]:
    """Identifiers of the chosen sets, sorted.

    Args:
        sets: pathway id to member Entrez ids.
        landmarks: Entrez ids of the gene panel.
        target_weight: Entrez id of a drug target to the number of library compounds that hit it.
        count: how many sets to take at most.
    """
    panel = set(landmarks)
    names = sorted(n for n, genes in sets.items() if _is_candidate(genes, panel, target_weight))
    genes = sorted(set().union(*(sets[n] for n in names)))
    column = {g: i for i, g in enumerate(genes)}
    member = np.zeros((len(names), len(genes)), np.float32)
    for i, name in enumerate(names):
        member[i, [column[g] for g in sets[name]]] = 1
    total = max(sum(target_weight.values()), 1)
    value = np.array([target_weight.get(g, 0) for g in genes], np.float32) / total
    value += np.array([g in panel for g in genes], np.float32) / len(panel)
    size = member.sum(axis=1)
    covered = np.zeros(len(genes), np.float32)
    free = np.ones(len(names), bool)
    chosen: list[int] = []
    while len(chosen) < count and free.any():
        gain = np.where(free, member @ (value / (1 + covered)) / np.sqrt(size), -1.0)
        best = int(np.argmax(gain))
        chosen.append(best)
        covered += member[best]
        shared = member @ member[best]
        free &= shared / (size + size[best] - shared) <= MAX_JACCARD
    return sorted(names[i] for i in chosen)


def is_mechanism(name: str) -> bool:
    """Whether a set is named after a process rather than a disease, infection or experiment."""
    return _NOT_A_MECHANISM.search(name) is None


def _is_candidate(genes: frozenset[int], panel: set[int], targets: Mapping[int, int]) -> bool:
    return (
        MIN_GENES <= len(genes) <= MAX_GENES
        and len(genes & panel) >= MIN_LANDMARKS
        and sum(g in targets for g in genes) >= MIN_TARGETS
    )
