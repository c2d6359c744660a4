"""Training, validation and test pairs of a screen by structure and origin, checked for leaks.

What is held out are whole groups: all drugs of one structure (or of one fingerprint), all lines of
one donor or derived from each other. Folds follow from the keys and the seed, never from the order
of rows.
"""

import heapq
from typing import NamedTuple

import numpy as np

from badger_core.data.response import Screen
from badger_core.errors import SplitError

FOLDS, SEED = 5, 42
SPLITS = {
    "random": (),
    "unseen-drug": ("drug",),
    "unseen-line": ("line",),
    "unseen-both": ("drug", "line"),
}
"""Split to what a test pair has that training has not."""
_VALID_SEED = 1  # beside the seed and the number of the fold, so that each is cut in its own way


class Fold(NamedTuple):
    """One division of the labelled pairs; all masks are (D, L) bool and disjoint.

    Attributes:
        split: one of SPLITS.
        number: from 1.
        train: what is learnt from.
        valid: what decides when to stop or which setting is best; about a fifth of the training
            side, cut from it by the same kind of split.
        test: what is reported, and nothing else.
        aside: pairs of the training side with a drug or a line, but not both, of `valid`
            (unseen-both alone): to be left out while settings are chosen, free for a last fit.
    """

    split: str
    number: int
    train: np.ndarray
    valid: np.ndarray
    test: np.ndarray
    aside: np.ndarray


def folds(screen: Screen, split: str, seed: int = SEED, n: int = FOLDS) -> list[Fold]:
    """The n folds of a split, each checked.

    In "random" a unit is a structure in a line, so that twins of a compound do not stand on both
    sides with the same line; in the others a structure, an origin of lines, or both. Units are
    dealt by falling number of labels to the fold with the fewest, ties in an order drawn by seed.

    Args:
        screen: D drugs in L lines.
        split: one of SPLITS.
        seed: of the order in which equal units are dealt.
        n: how many folds, at least two.

    Raises:
        SplitError: for a split there is not, for fewer groups than folds, or for a leak.
    """
    if split not in SPLITS:
        raise SplitError(f"There is no split '{split}'. Choose among {', '.join(SPLITS)}.")
    if n < 2:
        raise SplitError(f"{n} folds were asked for; at least two are needed to train and test.")
    labelled = np.isfinite(screen.labels)
    found = []
    for number, (test, train, _) in enumerate(_cuts(screen, split, labelled, seed, n), start=1):
        inner = _cuts(screen, split, train, (seed, number, _VALID_SEED), n)
        valid, rest, aside = inner[0]
        fold = Fold(split, number, rest, valid, test, aside)
        check(screen, fold)
        found.append(fold)
    return found


def check(screen: Screen, fold: Fold) -> None:
    """Refuse a fold in which a label, a structure or an origin of lines stands on two sides.

    Raises:
        SplitError: naming the first that leaks, or a side that is empty.
    """
    where = f"Split {fold.split} fold {fold.number}"
    sides = {"train": fold.train, "valid": fold.valid, "test": fold.test}
    if (sum(mask.astype(np.int64) for mask in (*sides.values(), fold.aside)) > 1).any():
        raise SplitError(f"{where} leaks: a pair is on two sides.")
    for name, mask in sides.items():
        if not mask.any():
            raise SplitError(f"{where} has no {name} pairs: the screen is too small for it.")
        if (mask & ~np.isfinite(screen.labels)).any():
            raise SplitError(f"{where} has {name} pairs that were never measured.")
    learnt = fold.train | fold.valid | fold.aside
    for one, other in ((fold.test, learnt), (fold.valid, fold.train)):
        leak = _shared(screen, fold.split, one, other)
        if leak:
            raise SplitError(f"{where} leaks: {leak} is on two sides.")


def drug_units(screen: Screen) -> np.ndarray:
    """(D,) text: the least drug id of each drug's structure, the same in whatever order."""
    return _named(screen.drugs.groups, screen.about_drugs["drug"].to_numpy(object))


def line_units(screen: Screen) -> np.ndarray:
    """(L,) text: the least name of each line's origin, the same in whatever order."""
    return _named(screen.lines.groups, screen.lines.keys)


def _cuts(
    screen: Screen, split: str, among: np.ndarray, seed: int | tuple[int, ...], n: int
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each of n parts its own pairs, the pairs that share nothing with it, and the others."""
    drug, line = drug_units(screen), line_units(screen)
    held = SPLITS[split]
    if not held:
        part = np.full(among.shape, -1)
        pairs = _pair_units(screen)[among]
        part[among] = _dealt(pairs, np.ones(len(pairs)), seed, n, "pairs")
        return [(part == k, among & (part != k), np.zeros_like(among)) for k in range(n)]
    part_of = {
        "drug": _dealt(drug, among.sum(axis=1), seed, n, "structures")[:, None],
        "line": _dealt(line, among.sum(axis=0), seed, n, "origins of lines")[None, :],
    }
    cuts = []
    for k in range(n):
        inside = [np.broadcast_to(part_of[axis] == k, among.shape) for axis in held]
        every, some = np.logical_and.reduce(inside), np.logical_or.reduce(inside)
        cuts.append((among & every, among & ~some, among & some & ~every))
    return cuts


def _dealt(
    units: np.ndarray, sizes: np.ndarray, seed: int | tuple[int, ...], n: int, what: str
) -> np.ndarray:
    """(N,) part 0 to n - 1 of each of N entries, by unit; -1 where the unit has no labels."""
    names, at = np.unique(units, return_inverse=True)
    size = np.bincount(at, sizes)
    if (size > 0).sum() < n:
        raise SplitError(f"{(size > 0).sum()} {what} with labels are too few for {n} parts.")
    drawn = np.random.default_rng(seed).permutation(len(names))
    drawn = drawn[np.argsort(-size[drawn], kind="stable")]
    part = np.full(len(names), -1)
    totals = [(0.0, number) for number in range(n)]
    for unit in drawn[size[drawn] > 0].tolist():
        total, part[unit] = totals[0]
        heapq.heapreplace(totals, (total + size[unit], int(part[unit])))
    return part[at]


def _shared(screen: Screen, split: str, one: np.ndarray, other: np.ndarray) -> str:
    """What stands in both masks and must not, in words; '' where nothing does."""
    drug, line = drug_units(screen), line_units(screen)
    if not SPLITS[split]:
        pairs = _pair_units(screen)
        both = np.argwhere(one & np.isin(pairs, pairs[other]))
        d, k = both[0] if len(both) else (0, 0)
        return f"the structure of drug '{drug[d]}' in line '{line[k]}'" if len(both) else ""
    for axis, names, along in (("drug", drug, 1), ("line", line, 0)):
        both = sorted({*names[one.any(axis=along)]} & {*names[other.any(axis=along)]})
        if axis in SPLITS[split] and both:
            what = "the structure of drug" if axis == "drug" else "the origin of line"
            return f"{what} '{both[0]}'"
    return ""


def _pair_units(screen: Screen) -> np.ndarray:
    """(D, L) int: one number per structure in a line, in the order of their names."""
    drug = np.unique(drug_units(screen), return_inverse=True)[1]
    line = np.unique(screen.lines.keys, return_inverse=True)[1]
    return drug[:, None] * len(screen.lines) + line[None, :]


def _named(groups: np.ndarray, names: np.ndarray) -> np.ndarray:
    least: dict[int, str] = {}
    for group, name in zip(groups, names, strict=True):
        least[group] = min(least.get(group, name), name)
    return np.array([least[group] for group in groups], object)
