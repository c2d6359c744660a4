"""Direct effects from total ones: what is left of a change once other measured targets are heard.

Losing t changes gene g by total[t, g] = direct[t, g] + sum over m of share[t, m] direct[m, g],
where share[t, m] is the part of m's own transcripts that t took away: T = (I - B)^-1 with the
diagonal fixed, rows without a knockout left out, and B kept sparse (`alignment_direct`). Here the
residual is also judged against its error, so that it can be tested. T targets, G genes, N cells.
"""

from typing import NamedTuple

import numpy as np

from badger_core.data.perturbation import CellScreen
from badger_core.perturbation.alignment_direct import direct_effects as posterior
from badger_core.perturbation.alignment_direct import shrink
from badger_core.perturbation.alignment_fold import Fold, fold_changes
from badger_core.perturbation.vae_start import HALF_LOST

_MISFIT = 0.25
"""Share of what passes through others that the linear form may miss (standard deviation)."""


class Direct(NamedTuple):
    """All (T, G), natural logarithm of fold change by the loss of the target.

    Attributes:
        total: the whole change.
        total_error: its standard error.
        through: the part of it that other measured targets pass on.
        error: standard error of what is left, `total - through`.
        strength: posterior mean of the direct effect, drawn to zero; 0 of a target on itself.
        chance: posterior probability that there is one.
    """

    total: np.ndarray
    total_error: np.ndarray
    through: np.ndarray
    error: np.ndarray
    strength: np.ndarray
    chance: np.ndarray

    @property
    def left(self) -> np.ndarray:
        """(T, G) change that no other measured target accounts for."""
        return self.total - self.through

    @property
    def z(self) -> np.ndarray:
        """(T, G) what is left over its error; 0 where it is not known."""
        return np.where(np.isfinite(self.error), self.left / self.error, 0.0)

    @property
    def total_z(self) -> np.ndarray:
        """(T, G) the whole change over its error; 0 where it is not known."""
        return np.where(np.isfinite(self.total_error), self.total / self.total_error, 0.0)


def places(targets: list[str], genes: np.ndarray) -> np.ndarray:
    """(T,) position of each target among the genes, -1 where it was not measured."""
    place = {str(name): i for i, name in enumerate(genes)}
    return np.array([place.get(name, -1) for name in targets])


def not_itself(targets: list[str], genes: np.ndarray) -> np.ndarray:
    """(T, G) truths, False where a target meets itself: a knockout is no edge."""
    out = np.ones((len(targets), len(genes)), bool)
    at = places(targets, genes)
    rows = np.flatnonzero(at >= 0)
    out[rows, at[rows]] = False
    return out


def direct_effects(screen: CellScreen, mask: np.ndarray | None = None) -> Direct:
    """Direct effects of every target of a screen.

    Args:
        screen: raw counts.
        mask: (N,) bool, the cells to take.

    Raises:
        PerturbationError: without control cells, or if a target has none.
    """
    kept = screen if mask is None else screen.take(mask)
    targets = screen.targets()
    at = places(targets, screen.genes)
    return direct_of(fold_changes(kept, targets), at)


def direct_of(fold: Fold, at: np.ndarray) -> Direct:
    """Direct effects from changes that were measured, (T, G), targets standing `at` (T,)."""
    lost = fold.change[np.arange(len(at)), at]
    own = np.minimum(np.where(at >= 0, lost, HALF_LOST), HALF_LOST)
    taught = posterior(fold, at, own)
    direct = taught.chance * taught.effect
    share = _shares(fold, at, own)
    through = share @ direct
    spread = taught.chance * (taught.effect**2 + taught.error**2) - direct**2
    variance = fold.error**2 + share**2 @ spread + (_MISFIT * through) ** 2
    return Direct(fold.change, fold.error, through, np.sqrt(variance), direct, taught.chance)


def _shares(fold: Fold, at: np.ndarray, own: np.ndarray) -> np.ndarray:
    """(T, T) share of the column's target that is lost under the row's loss; 0 on the diagonal."""
    measured = np.flatnonzero(at >= 0)
    share = np.zeros((len(at), len(at)))
    share[:, measured] = shrink(fold)[:, at[measured]] / own[measured]
    np.fill_diagonal(share, 0.0)
    return share
