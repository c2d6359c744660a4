"""What is known of a target before it is knocked out: where it stands in the STRING network.

A model can only predict for a gene that it never saw knocked out if the gene has features, and
here they are the proteins that it interacts with. T targets, D numbers each.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.genes.vectors import network_vectors

_RENAMED = (("MARCH", "MARCHF"), ("SEPT", "SEPTIN"))
"""Families that HGNC renamed in 2020 because spreadsheets took them for dates."""


class TargetFeatures(NamedTuple):
    """Features of T targets.

    Attributes:
        values: (T, D) float32, rows of unknown targets are 0.
        known: (T,) whether the network knows the target.
        neighbours: for each target the symbols it interacts with, sorted.
    """

    values: np.ndarray
    known: np.ndarray
    neighbours: list[list[str]]


def symbol_in(symbol: str, nodes: Iterable[str]) -> str | None:
    """The symbol as a network writes it: as given, or renamed in 2020 or back; None: not there."""
    known = nodes if isinstance(nodes, set | frozenset | dict) else set(nodes)
    stem, number = re.fullmatch(r"(.*?)(\d*)", symbol).groups()
    spellings = [symbol]
    for old, new in _RENAMED:
        if number and stem in (old, new):
            spellings.append((new if stem == old else old) + number)
    return next((name for name in spellings if name in known), None)


def neighbours_of(targets: Sequence[str], edges: pd.DataFrame) -> list[list[str]]:
    """For each target its partners in `edges` (columns a and b), sorted; none: an empty list."""
    a, b = edges["a"].to_numpy(str), edges["b"].to_numpy(str)
    nodes = set(a) | set(b)
    found = []
    for target in targets:
        name = symbol_in(target, nodes)
        partners = set() if name is None else {*b[a == name], *a[b == name]}
        found.append(sorted(str(partner) for partner in partners))
    return found


def target_features(targets: Sequence[str], edges: pd.DataFrame, dims: int = 32) -> TargetFeatures:
    """Spectral vectors of the targets in the network of all proteins.

    Targets that share partners lie close together. Root mean square of the known rows is 1.

    Args:
        targets: (T,) symbols.
        edges: undirected, columns a and b (`data.perturbation.string_edges`).
        dims: D.
    """
    nodes = np.unique(edges[["a", "b"]].to_numpy(str))
    index = {str(name): i for i, name in enumerate(nodes)}
    names = [symbol_in(target, index) for target in targets]
    known = np.array([name is not None for name in names])
    values = np.zeros((len(targets), dims), np.float32)
    if known.any():
        numbered = np.stack([np.searchsorted(nodes, edges[c].to_numpy(str)) for c in "ab"], axis=1)
        at = np.array([index[name] for name in names if name is not None])
        values[known] = network_vectors(numbered, at, dims)
    return TargetFeatures(values, known, neighbours_of(targets, edges))
