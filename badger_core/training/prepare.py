"""From the bundle to a run: one fold's conditions, features, loaders and network."""

from functools import lru_cache

import numpy as np

from badger_core.chem.fingerprint import BITS
from badger_core.data import scratch
from badger_core.data.bundle import Bundle
from badger_core.data.conditions import Conditions, training_conditions
from badger_core.data.featurise import CellFeatures, context_names, reference_lines
from badger_core.data.sealed import SealedTruth, seal
from badger_core.data.splits import CHOOSING, Split, make_split
from badger_core.evaluation.plain import weighted_mean
from badger_core.genes.vectors import response_vectors
from badger_core.model.contract import World
from badger_core.training.fold import Fold

RESPONSE_DIMS = 48
LINE_SHRINKAGE = 5.0
_MOST_RESPONSES = 30_000
"""Conditions that the response vectors are worked out from; of more than these, evenly spaced."""


def prepare(bundle: Bundle, kinds: tuple[str, ...], split_name: str, fold: int) -> Fold:
    """Split the conditions and work out everything that may only look at the training part.

    The labels of test rows are sealed before anything else happens, and so are those of rows that
    belong to a held-out group without being tested. Two numbers are taken over all rows of a source
    and so before: the scale its values are divided by, and from what strength a signature counts as
    active. They are the units of the data set: neither moves a gene's rank in any signature.
    """
    conditions = _conditions(bundle, kinds)
    split = make_split(bundle.splits, conditions.table, split_name, fold)
    conditions, truth = _sealed(conditions, split, bundle.content_hash)
    held_out = frozenset(split.held_out.get("cell", ()))
    train = conditions.table.iloc[split.train]
    numeric = split.train[(train["kind"] != "gene_set").to_numpy()]
    change = scratch.taken(conditions.change, numeric)
    weight = conditions.table["weight"].to_numpy()[numeric]
    vectors = [bundle.gene_vectors, response_vectors(change[_evenly(len(change))], RESPONSE_DIMS)]
    sources = tuple(sorted(set(conditions.table["source"])))
    references = reference_lines(bundle.cells, held_out)
    lines = conditions.table["cell"].to_numpy()[numeric]
    line_at, line_means = _line_means(change, weight, lines, references)
    mean_change = weighted_mean(change, weight)
    scratch.release(change)
    world = World(
        n_bits=BITS,
        n_references=len(references),
        n_context=len(context_names(sources)),
        n_pathways=len(bundle.pathways.vocabulary),
        gene_vectors=np.concatenate(vectors, axis=1),
        mean_change=mean_change,
        line_at=line_at,
        line_means=line_means,
    )
    return Fold(
        bundle,
        conditions,
        split,
        CellFeatures(bundle.cells, references, held_out),
        sources,
        world,
        bundle.library.molecules(conditions.table["ik14"]),
        truth,
    )


def _sealed(
    conditions: Conditions, split: Split, bundle_hash: str
) -> tuple[Conditions, SealedTruth | None]:
    """Conditions in which only training rows, and in the choosing fold its own, have labels."""
    origin = {"split": split.name, "fold": split.fold, "bundle": bundle_hash}
    rest = np.setdiff1d(np.arange(len(conditions)), np.concatenate([split.train, split.test]))
    truth = None
    if split.fold != CHOOSING:
        conditions, truth = seal(conditions, split.test, origin)
    return seal(conditions, rest, origin)[0], truth


def _evenly(count: int) -> slice | np.ndarray:
    """All of `count` places, or so many of them as _MOST_RESPONSES."""
    if count <= _MOST_RESPONSES:
        return slice(None)
    return np.linspace(0, count - 1, _MOST_RESPONSES).astype(np.int64)


def _line_means(
    change: np.ndarray, weight: np.ndarray, lines: np.ndarray, references: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Positions (L,) of the trained reference lines, and their mean changes (L, G).

    A line's mean is drawn towards the overall one with the weight of LINE_SHRINKAGE conditions, so
    that a line with three compounds does not stand for itself alone.
    """
    overall = weighted_mean(change, weight)
    position = [i for i, name in enumerate(references) if name in set(lines)]
    means = []
    for i in position:
        rows = lines == references[i]
        total = weight[rows].sum()
        own = weighted_mean(change[rows], weight[rows])
        means.append((total * own + LINE_SHRINKAGE * overall) / (total + LINE_SHRINKAGE))
    return np.array(position, np.int64), np.stack(means).astype(np.float32)


@lru_cache(maxsize=2)
def _conditions(bundle: Bundle, kinds: tuple[str, ...]) -> Conditions:
    return training_conditions(bundle.signatures, bundle.genes.entrez, kinds)
