"""Whether the genes that stand first for a drug are its known targets, against plain lists.

D drugs, E genes of the panel, k places of a list. Targets outside the panel cannot be found and
take no part.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from badger_core.chem.similarity import tanimoto

HUBS = 10


class Recovery(NamedTuple):
    """What k places of a list hold, over drugs that have a known target on the panel.

    Attributes:
        drugs: how many they are.
        pairs: how many known targets they have.
        hits: how many of them stand in the lists.
        recall: hits / pairs.
        most: the largest recall that k places allow.
        precision: hits / (k drugs).
        hub_share: share of all places that the HUBS commonest genes take.
    """

    drugs: int
    pairs: int
    hits: int
    recall: float
    most: float
    precision: float
    hub_share: float


def columns_of(symbols: Sequence[str], targets: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
    """For each drug the columns of those targets that are on the panel, in order.

    Args:
        symbols: E names of the panel.
        targets: names of the targets of each drug.
    """
    place = {symbol: i for i, symbol in enumerate(symbols)}
    return [tuple(sorted({place[name] for name in names if name in place})) for names in targets]


def by_key(keys: Sequence[str], columns: Sequence[tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Targets by structure key, those of twins together; keys without any are left out."""
    found: dict[str, set[int]] = {}
    for key, genes in zip(keys, columns, strict=True):
        found.setdefault(str(key), set()).update(genes)
    return {key: tuple(sorted(genes)) for key, genes in sorted(found.items()) if genes}


def without_drugs(
    targets: Mapping[str, tuple[int, ...]], held: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """Targets of all other drugs: the edges that a graph may have when these are scored."""
    out = set(held)
    return {key: genes for key, genes in targets.items() if key not in out}


def recovered(scores: np.ndarray, targets: Sequence[tuple[int, ...]], k: int = 5) -> Recovery:
    """Count known targets among the k best genes of each drug; ties go to the lower column.

    Args:
        scores: (D, E) larger is better.
        targets: columns of each drug.
        k: places of a list.
    """
    rows = [d for d, genes in enumerate(targets) if genes]
    first = np.argsort(-scores[rows], axis=1, kind="stable")[:, :k]
    known = [set(targets[d]) for d in rows]
    hits = sum(len(genes & set(best)) for genes, best in zip(known, first.tolist(), strict=True))
    pairs = sum(len(genes) for genes in known)
    often = np.sort(np.bincount(first.ravel(), minlength=scores.shape[1]))[::-1]
    return Recovery(
        len(rows),
        pairs,
        hits,
        hits / max(pairs, 1),
        sum(min(k, len(genes)) for genes in known) / max(pairs, 1),
        hits / max(k * len(rows), 1),
        float(often[:HUBS].sum() / max(first.size, 1)),
    )


def tanimoto_vote(
    bits: np.ndarray,
    groups: np.ndarray,
    targets: Sequence[tuple[int, ...]],
    n_genes: int,
    power: float = 4.0,
) -> np.ndarray:
    """(D, E) sum over drugs with a target there of the Tanimoto similarity to a power.

    The drug itself and its twins have no vote.

    Args:
        bits: (D, A) fingerprints.
        groups: (D,) of twins.
        targets: columns of each drug.
        n_genes: E.
        power: of the similarity.
    """
    has = indicator(targets, n_genes)
    alike = np.stack([tanimoto(own, bits) for own in bits]) ** power
    alike[groups[:, None] == groups[None]] = 0
    return alike @ has


def commonest(groups: np.ndarray, targets: Sequence[tuple[int, ...]], n_genes: int) -> np.ndarray:
    """(D, E) how many other drugs have the target, twins of the drug left out: one constant list.

    Args:
        groups: (D,) of twins.
        targets: columns of each drug.
        n_genes: E.
    """
    has = indicator(targets, n_genes)
    own = (groups[:, None] == groups[None]).astype(float) @ has
    return has.sum(axis=0) - own


def indicator(targets: Sequence[tuple[int, ...]], n_genes: int) -> np.ndarray:
    """(D, E) 1.0 where the gene is a known target."""
    has = np.zeros((len(targets), n_genes))
    for drug, genes in enumerate(targets):
        has[drug, list(genes)] = 1
    return has
