"""Fits the kernel part: kernel ridge regression whose ridge rises along the response components.

Measured changes are noisy, and the more so along components that explain little, so component j is
shrunk by `ridge * (1 + j / rise)` instead of one ridge for all. Mechanisms and targets are weighted
by how alike the responses of different compounds are that share them: two HDAC inhibitors say much
of each other, two antibiotics nothing.
"""

from dataclasses import dataclass

import numpy as np

from badger_core.chem.fingerprint import morgan_bits
from badger_core.data.conditions import Conditions
from badger_core.data.featurise import CellFeatures
from badger_core.data.knowledge import MECHANISM, Knowledge
from badger_core.data.likeness import jaccard, line_cosine
from badger_core.evaluation.plain import drug_free_mean
from badger_core.model.expert import LINE_POWER, ExpertData, packed, pair_likeness
from badger_core.training.networks import ExpertSettings


@dataclass(frozen=True, eq=False)
class Fitted:
    """The kernel part and what it makes of its own training pairs."""

    data: ExpertData
    change: np.ndarray  # (T, G) smoothed training changes


def fit_expert(
    pairs: Conditions,
    smiles: dict[str, str],
    cells: CellFeatures,
    knowledge: Knowledge,
    settings: ExpertSettings,
) -> Fitted:
    """Fit the kernel part to training pairs (one row per line x compound, all with labels).

    Args:
        pairs: T conditions with cell, ik14 and weight.
        smiles: ik14 to standardised SMILES.
        cells: features of lines that know nothing of held-out ones.
        knowledge: mechanisms and targets.
        settings: of the kernel part; `temper` is the caller's business.
    """
    table = pairs.table
    compounds, compound = np.unique(table["ik14"].to_numpy(str), return_inverse=True)
    lines, line = np.unique(table["cell"].to_numpy(str), return_inverse=True)
    bits = np.stack([morgan_bits(smiles[key]) for key in compounds])
    terms = np.stack([knowledge.of(key) for key in compounds])
    is_mechanism = np.array([term.startswith(MECHANISM) for term in knowledge.terms], bool)
    responses = _responses(pairs, compound, len(compounds))
    weight = np.concatenate(
        [
            coherence(terms[:, is_mechanism], *responses, settings.class_shrinkage),
            coherence(terms[:, ~is_mechanism], *responses, settings.class_shrinkage),
        ]
    )  # mechanisms come first in the vocabulary
    of_compound = jaccard(bits.astype(np.float32))
    for kind in (is_mechanism, ~is_mechanism):
        of_compound = of_compound + shared_terms(terms[:, kind], weight[kind])
    of_line = line_cosine(cells, lines) ** LINE_POWER
    kernel = pair_likeness(
        of_compound[np.ix_(compound, compound)], of_line[np.ix_(line, line)]
    )  # (T, T)
    root = np.sqrt(table["weight"].to_numpy(np.float64))[:, None]
    weights = ridge_by_component(kernel, pairs.change, root, settings.ridge, settings.rise)
    dual, components = compressed(weights, kernel, settings.rank)
    features = {name: cells.of_line(name) for name in lines}
    known = {name: row for name, row in features.items() if row is not None}
    place = {name: i for i, name in enumerate(known)}
    rows = np.stack(list(known.values()))
    data = ExpertData(
        bits=packed(bits),
        terms=packed(terms),
        term_weight=weight.astype(np.float32),
        is_mechanism=is_mechanism,
        line_features=rows / np.linalg.norm(rows, axis=1, keepdims=True),
        pair_compound=compound.astype(np.int32),
        pair_line=np.array([place.get(n, len(place)) for n in lines[line]], np.int32),
        dual=dual.astype(np.float16),
        components=components.astype(np.float16),
    )
    return Fitted(data, (kernel @ dual @ components).astype(np.float32))


def ridge_by_component(
    kernel: np.ndarray, change: np.ndarray, root: np.ndarray, ridge: float, rise: float
) -> np.ndarray:
    """(T, G) dual weights under a ridge that rises with the response component.

    Args:
        kernel: (T, T) likeness of training pairs.
        change: (T, G) training changes.
        root: (T, 1) square roots of the pairs' weights.
        ridge: of the first component.
        rise: after how many components it has doubled.
    """
    scaled = root * change.astype(np.float64)  # (T, G)
    components = np.linalg.svd(scaled, full_matrices=False)[2]  # (Q, G)
    values, vectors = np.linalg.eigh(root * kernel * root.T)
    ridges = ridge * (1 + np.arange(len(components)) / rise)
    turned = vectors.T @ (scaled @ components.T)  # (T, Q)
    solved = turned / (np.maximum(values, 0)[:, None] + ridges[None])
    return root * (vectors @ solved) @ components


def compressed(weights: np.ndarray, kernel: np.ndarray, rank: int) -> tuple[np.ndarray, np.ndarray]:
    """Dual weights (T, Q) and components (Q, G) that lose least of the fitted function.

    The components are those in which the predictions vary most, measured by the kernel.
    """
    directions = np.linalg.eigh(weights.T @ kernel @ weights)[1][:, ::-1][:, :rank]  # (G, Q)
    return weights @ directions, directions.T


def coherence(
    terms: np.ndarray, alike: np.ndarray, seen: np.ndarray, shrinkage: float
) -> np.ndarray:
    """(V,) square root of how alike two compounds of a class respond, over the average class.

    Args:
        terms: (D, V) 0/1 membership.
        alike: (D, D) inner products of the compounds' responses beyond the line's mean.
        seen: (D,) compounds that have a response.
        shrinkage: pairs of compounds that the average class counts for.
    """
    members = terms * seen[:, None].astype(np.float64)
    count = members.sum(axis=0)
    pairs = count * (count - 1)
    total = ((alike @ members) * members).sum(axis=0) - np.diag(alike) @ members
    if pairs.sum() == 0:
        return np.ones(terms.shape[1])
    average = max(total.sum() / pairs.sum(), 1e-9)
    own = (total + shrinkage * average) / (pairs + shrinkage)
    return np.sqrt(np.maximum(own, 0) / average)


def shared_terms(terms: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(D, D) weights of the terms two compounds share, over the root of how many each has."""
    size = np.sqrt(np.maximum(terms.sum(axis=1), 1))
    return (terms * weight) @ terms.T.astype(np.float64) / np.outer(size, size)


def _responses(
    pairs: Conditions, compound: np.ndarray, n_compounds: int
) -> tuple[np.ndarray, np.ndarray]:
    """Inner products (D, D) of compounds' mean responses beyond the line's mean; who has one."""
    table = pairs.table
    beyond = pairs.change - drug_free_mean(pairs.change, table, table["cell"])
    weight = table["weight"].to_numpy(np.float64)
    total = np.bincount(compound, weight, minlength=n_compounds)
    mean = np.zeros((n_compounds, pairs.change.shape[1]))
    np.add.at(mean, compound, beyond * weight[:, None])
    mean /= np.maximum(total, 1e-9)[:, None]
    mean *= (total / (total + 1))[:, None]  # little evidence counts little
    return mean @ mean.T / mean.shape[1], total > 0
