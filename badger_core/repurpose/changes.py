"""Changes that drugs cause, prepared once so that many signatures can be compared with them."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from badger_core.ranks import average_ranks


class Order(NamedTuple):
    """Where the genes stand when each row is ordered from most up to most down.

    Attributes:
        above: (S, G) number of genes of the row with a strictly higher value.
        through: (S, G) the same with the gene itself and its ties.
        count: (S,) genes with a value.
        through_at: (S, G) `through` of the gene at each place; tied genes share their first place.
        value_at: (S, G) value of the gene at each place, 0 for what is missing.
    """

    above: np.ndarray
    through: np.ndarray
    count: np.ndarray
    through_at: np.ndarray
    value_at: np.ndarray


@dataclass(frozen=True, eq=False)
class Changes:
    """The values of S drugs on G genes; what needs sorting is sorted when it is first asked for.

    Attributes:
        values: (S, G) signed, 0 for no change; NaN takes no part.
    """

    values: np.ndarray

    @cached_property
    def known(self) -> np.ndarray:
        """(S, G) bool."""
        return ~np.isnan(self.values)

    @cached_property
    def complete(self) -> bool:
        """Whether no value is missing."""
        return bool(self.known.all())

    @cached_property
    def filled(self) -> np.ndarray:
        """(S, G) values with 0 for what is missing."""
        return np.where(self.known, self.values, 0.0)

    @cached_property
    def order(self) -> Order:
        """Places of the genes; ties share theirs, so that no result rests on the panel's order."""
        key = np.where(self.known, -self.values, np.inf)  # what is missing comes last
        by_place = np.argsort(key, axis=1, kind="stable")
        ordered = np.take_along_axis(key, by_place, axis=1)
        new = np.ones(ordered.shape, bool)
        new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
        at = np.arange(ordered.shape[1], dtype=np.int32)
        first = np.maximum.accumulate(np.where(new, at, 0), axis=1)
        ends = np.ones(ordered.shape, bool)
        ends[:, :-1] = new[:, 1:]
        last = np.where(ends, at + 1, len(at))[:, ::-1]
        last = np.minimum.accumulate(last, axis=1)[:, ::-1]
        small = np.int16 if len(at) < np.iinfo(np.int16).max else np.int32  # sorted much faster
        first, last = first.astype(small), last.astype(small)
        above, through = np.empty_like(first), np.empty_like(first)
        np.put_along_axis(above, by_place, first, axis=1)
        np.put_along_axis(through, by_place, last, axis=1)
        value_at = np.take_along_axis(self.filled, by_place, axis=1)
        return Order(above, through, self.known.sum(axis=1), last, value_at)

    @cached_property
    def ranks(self) -> np.ndarray:
        """(S, G) ranks from 1 for the lowest, ties sharing their mean; NaN where missing."""
        return average_ranks(self.values)

    def subset(self, genes: np.ndarray) -> "Changes":
        """The same drugs on some genes, by (G,) bool; itself where these are all."""
        return self if genes.all() else Changes(self.values[:, genes])


def as_changes(values: np.ndarray) -> Changes:
    """Changes of one drug, (G,), or of several, (S, G)."""
    return Changes(np.atleast_2d(np.asarray(values, np.float64)))
