"""Which edges the cells bear out: p by dealing the labels anew, and the false discovery rate.

The null of an edge is that the cells of its target are like control cells. Labels of both are dealt
anew within each replicate, and the statistic, what is left of the log-fold change over its error
(`total_effects`), is computed again. A normal p is five times too small for rare genes in few
cells. Null statistics are pooled over edges whose group means are equally skewed (skewness of the
gene's counts over the square root of the target's cells), so that a hundred deals reach small p.

N cells, T targets, G genes, D deals.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import stats

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.perturbation.alignment_fold import fold_changes
from badger_core.perturbation.effects import depth_of, lognorm
from badger_core.perturbation.total_effects import Direct, direct_effects, not_itself

DEALS = 100
BINS, IN_BIN = 8, 20
"""At most so many bins of equally many edges by the skewness of means; so many edges in each."""


class Evidence(NamedTuple):
    """Edges with what speaks for them; all (T, G) but for `direct`.

    Attributes:
        direct: effects, separated from what other targets pass on.
        p: two-sided, of what is left; NaN of a target on itself and of a gene without a count.
        fdr: p corrected over all edges that were tested (Benjamini and Hochberg 1995).
        fdr_total: the same of the whole change, along all paths.
    """

    direct: Direct
    p: np.ndarray
    fdr: np.ndarray
    fdr_total: np.ndarray


def edge_evidence(
    screen: CellScreen,
    mask: np.ndarray | None = None,
    deals: int = DEALS,
    seed: int = 0,
    report: Callable[[str], None] = lambda _: None,
) -> Evidence:
    """Test every edge.

    Args:
        screen: cells that passed quality control.
        mask: (N,) bool, the cells to take.
        deals: D, how often labels are dealt anew for each target.
        seed: of the deals.
        report: called with a sentence after every target.

    Raises:
        PerturbationError: without control cells, or if a target has none.
    """
    kept = screen if mask is None else screen.take(mask)
    targets = kept.targets()
    direct = direct_effects(kept)
    there = not_itself(targets, kept.genes) & np.isfinite(direct.error)
    rng = np.random.default_rng(seed)
    null = []
    for number, name in enumerate(targets, 1):
        null.append(null_z(kept, name, deals, rng))
        report(f"labels dealt anew: {number} of {len(targets)} targets")
    part = skewness_bins(kept, targets)
    nothing = np.abs(np.stack(null, axis=1))
    p = np.where(there, pooled_p(np.abs(direct.z), nothing, part), np.nan)
    whole = pooled_p(np.abs(direct.total_z), nothing, part)
    rates = np.full((2, *p.shape), np.nan)
    for rate, one in zip(rates, (p, whole), strict=True):
        rate[there] = stats.false_discovery_control(one[there])
    return Evidence(direct, p, *rates)


def null_z(screen: CellScreen, target: str, deals: int, rng: np.random.Generator) -> np.ndarray:
    """(D, G) statistics of a target whose labels are dealt anew with control in each replicate."""
    cells = screen.take((screen.target == target) | (screen.target == CONTROL))
    groups = [np.flatnonzero(cells.replicate == name) for name in np.unique(cells.replicate)]
    found = np.zeros((deals, len(cells.genes)))
    for row in found:
        label = cells.target.copy()
        for group in groups:
            label[group] = rng.permutation(label[group])
        fold = fold_changes(cells._replace(target=label), [target])
        row[:] = np.where(np.isfinite(fold.error[0]), fold.change[0] / fold.error[0], 0.0)
    return found


def skewness_bins(screen: CellScreen, targets: list[str]) -> np.ndarray:
    """(T, G) number of the bin of each edge, by the skewness that the mean of its cells has."""
    skew = stats.skew(lognorm(screen.counts, depth_of(screen)).astype(np.float64), axis=0)
    cells = np.array([(screen.target == name).sum() for name in targets])
    of_mean = np.abs(np.nan_to_num(skew)) / np.sqrt(np.maximum(cells, 1))[:, None]
    bins = int(np.clip(of_mean.size // IN_BIN, 1, BINS))
    ends = np.quantile(of_mean, np.linspace(0, 1, bins + 1)[1:-1])
    return np.searchsorted(ends, of_mean)


def pooled_p(found: np.ndarray, null: np.ndarray, part: np.ndarray) -> np.ndarray:
    """(T, G) share of the null statistics of an edge's bin that reach its own, itself counted in.

    Args:
        found: (T, G) statistics, large is unlikely.
        null: (D, T, G).
        part: (T, G) bins.
    """
    out = np.ones(found.shape)
    for number in np.unique(part):
        here = part == number
        ordered = np.sort(null[:, here].ravel())
        reach = len(ordered) - np.searchsorted(ordered, found[here], side="left")
        out[here] = (1 + reach) / (1 + len(ordered))
    return out
