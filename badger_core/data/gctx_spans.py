"""Wanted places along one axis of a stored matrix as few stretches that are read in one go."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np


class Span(NamedTuple):
    """One stretch that is read whole.

    Attributes:
        low: its first place.
        high: one past its last place.
        where: of the wanted places, those in this stretch: a slice where they follow each other.
        pick: where they lie within the stretch, in the same order; a slice likewise.
    """

    low: int
    high: int
    where: slice | np.ndarray
    pick: slice | np.ndarray


def spans(places: np.ndarray, grain: int, worth: int, most: int) -> list[Span]:
    """Stretches that hold all places, in rising order.

    Args:
        places: (N,) wanted places in any order, also twice.
        grain: places stored together, as a chunk: none of them is read for less than all.
        worth: a gap of so many places is read over and not jumped over.
        most: places of a stretch at most, whole grains of them; at least one grain.
    """
    if not len(places):
        return []
    order = np.arange(len(places)) if _rising(places) else np.argsort(places, kind="stable")
    inside = places[order]
    part, start = inside // grain, inside // (max(most // grain, 1) * grain)
    apart = (np.diff(inside) > worth + 1) & (np.diff(part) > 0) | (np.diff(start) > 0)
    cuts = [0, *(np.flatnonzero(apart) + 1).tolist(), len(places)]
    found = []
    for first, last in pairwise(cuts):
        low, high = int(inside[first]), int(inside[last - 1]) + 1
        pick = inside[first:last] - low
        found.append(Span(low, high, _as_slice(order[first:last]), _as_slice(pick)))
    return found


def _rising(places: np.ndarray) -> bool:
    return bool((np.diff(places) >= 0).all())


def _as_slice(places: np.ndarray) -> slice | np.ndarray:
    first, count = int(places[0]), len(places)
    if places[-1] - first == count - 1 and (np.diff(places) == 1).all():
        return slice(first, first + count)
    return places
