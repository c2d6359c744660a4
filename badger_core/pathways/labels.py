"""Which pathways a compound's known targets belong to: the supervision of the attention."""

from collections.abc import Mapping, Sequence

import numpy as np

from badger_core.pathways.sets import PathwaySets


def target_pathways(
    targets: Mapping[str, Sequence[int]], pathways: PathwaySets
) -> dict[str, np.ndarray]:
    """Compound key to (P,) bool, True where the pathway holds one of its targets.

    A compound without targets in any pathway of the vocabulary is left out: it is not a negative.
    """
    members: dict[int, list[int]] = {}
    for p, genes in enumerate(pathways.vocabulary["entrez"]):
        for gene in genes:
            members.setdefault(int(gene), []).append(p)
    labels: dict[str, np.ndarray] = {}
    for key, entrez in targets.items():
        hit = sorted({p for gene in entrez for p in members.get(int(gene), [])})
        if hit:
            labels[key] = np.zeros(len(pathways.vocabulary), bool)
            labels[key][hit] = True
    return labels
