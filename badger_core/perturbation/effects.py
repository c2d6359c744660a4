"""What losing a gene does to the others, as measured: difference to control cells, t and p.

Cells are compared within their replicate, and the replicates' differences averaged by how many
cells of the target they hold: a target that is commoner in one replicate does not take on what
that replicate differs by. N cells, T targets (`screen.targets()`), G genes, R replicates.
"""

from typing import NamedTuple

import numpy as np
from scipy import stats

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.errors import PerturbationError


class Tested(NamedTuple):
    """Effects of T targets on G genes; NaN rows where a target has too few cells.

    Attributes:
        effect: (T, G) log2 difference to control.
        error: (T, G) its standard error.
        t: (T, G) effect over error, 0 where nothing varies.
        p: (T, G) two-sided; 1 where nothing varies.
    """

    effect: np.ndarray
    error: np.ndarray
    t: np.ndarray
    p: np.ndarray


class Stratum(NamedTuple):
    """What one replicate lends to one target: its share of the weight, and both groups of cells."""

    weight: float
    perturbed: np.ndarray
    control: np.ndarray


def depth_of(screen: CellScreen) -> float:
    """The median of transcripts per control cell (of all cells if there is no control).

    It is the depth to which cells are brought, taken over all cells of the screen, so that what
    is told of a part of them is in the unit of the whole.
    """
    total = screen.counts.sum(axis=1, dtype=np.int64)
    control = screen.target == CONTROL
    return float(np.median(total[control] if control.any() else total))


def lognorm(counts: np.ndarray, depth: float) -> np.ndarray:
    """(N, G) float32, log2(1 + count x depth / transcripts of the cell); empty cells are 0."""
    total = counts.sum(axis=1, dtype=np.float64)[:, None]
    scale = np.divide(depth, total, out=np.zeros_like(total), where=total > 0)
    return np.log2(1 + counts * scale).astype(np.float32)


def strata(screen: CellScreen, mask: np.ndarray | None = None) -> list[list[Stratum]]:
    """For each target its replicates that hold cells of it and control cells, as positions.

    Where no replicate holds both, all cells are taken together. The list of a target without
    cells is empty. Weights of a target sum to 1.

    Raises:
        PerturbationError: if there is no control cell.
    """
    kept = np.ones(len(screen.target), bool) if mask is None else np.asarray(mask, bool)
    control = kept & (screen.target == CONTROL)
    if not control.any():
        raise PerturbationError(
            f"No control cell ('{CONTROL}') is left, and effects are differences to control. "
            "Keep control cells in what is compared."
        )
    replicates = [screen.replicate == name for name in np.unique(screen.replicate)]
    beside = [np.flatnonzero(control & here) for here in replicates]
    found = []
    for name in screen.targets():
        own = kept & (screen.target == name)
        pairs = [(np.flatnonzero(own & r), c) for r, c in zip(replicates, beside, strict=True)]
        pairs = [(p, c) for p, c in pairs if len(p) and len(c)]
        if not pairs and own.any():
            pairs = [(np.flatnonzero(own), np.flatnonzero(control))]
        n = sum(len(p) for p, _ in pairs)
        found.append([Stratum(len(p) / n, p, c) for p, c in pairs])
    return found


def ate(screen: CellScreen, mask: np.ndarray | None = None) -> np.ndarray:
    """(T, G) average treatment effect, float32: log2 difference of normalised means to control.

    Args:
        screen: T is told by all of its cells.
        mask: (N,) bool, the cells to take; a target without any gets a row of NaN.
    """
    level = lognorm(screen.counts, depth_of(screen))
    return weighted_differences(level, strata(screen, mask))


def weighted_differences(level: np.ndarray, parts: list[list[Stratum]]) -> np.ndarray:
    """(T, G) float32 differences of mean levels, (N, G) given, averaged over the strata."""
    out = np.full((len(parts), level.shape[1]), np.nan)
    means: dict[bytes, np.ndarray] = {}
    for row, of_target in zip(out, parts, strict=True):
        if of_target:
            row[:] = 0
        for one in of_target:
            key = one.control.tobytes()
            if key not in means:
                means[key] = level[one.control].mean(axis=0, dtype=np.float64)
            row += one.weight * (level[one.perturbed].mean(axis=0, dtype=np.float64) - means[key])
    return out.astype(np.float32)


def cell_t(screen: CellScreen, mask: np.ndarray | None = None) -> Tested:
    """Student's t over cells, stratified by replicate: squared errors of the strata are summed.

    The null is that a target's cells are like control cells, so both share one variance: with
    Welch's t a gene that 48 cells happen not to show has no variance there and seems certain.
    Cells and not replicates are the units: with three replicates a pseudobulk t has four degrees
    of freedom and finds next to nothing here. That p is honest where nothing differs is tested
    with control cells set against each other.

    Source: Student (1908), Biometrika 6, 1; Satterthwaite (1946), Biometrics Bulletin 2, 110, for
    the degrees of freedom of a sum.
    """
    level = lognorm(screen.counts, depth_of(screen)).astype(np.float64)
    parts = strata(screen, mask)
    effect = weighted_differences(level, parts).astype(np.float64)
    square, freedom = np.full((2, *effect.shape), np.nan)
    known: dict[bytes, np.ndarray] = {}
    for row, of_target in enumerate(parts):
        squares, below = np.zeros((2, effect.shape[1]))
        for one in of_target:
            sizes = [len(one.perturbed), len(one.control)]
            spread = sum(_squares(level, cells, known) for cells in (one.perturbed, one.control))
            left = max(sum(sizes) - 2, 1)
            piece = one.weight**2 * spread / left * (1 / sizes[0] + 1 / sizes[1])
            squares += piece
            below += piece**2 / left
        if of_target:
            square[row] = squares
            freedom[row] = np.divide(squares**2, below, out=np.ones_like(below), where=below > 0)
    error = np.sqrt(square)
    t = np.divide(effect, error, out=np.where(np.isnan(error), np.nan, 0.0), where=error > 0)
    return Tested(effect, error, t, 2 * stats.t.sf(np.abs(t), freedom))


def _squares(level: np.ndarray, cells: np.ndarray, known: dict[bytes, np.ndarray]) -> np.ndarray:
    """(G,) sums of squared departures from the mean of these cells; `known` remembers them."""
    key = cells.tobytes()
    if key not in known:
        known[key] = level[cells].var(axis=0) * len(cells)
    return known[key]
