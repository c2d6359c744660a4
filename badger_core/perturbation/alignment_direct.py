"""Direct separated from total effects before the model learns: T = (I - B)^-1, solved sparsely.

A gene's change under the loss of t is the direct effect of t plus, for every other measured target
m, the share of m's transcripts that t took away times the direct effect of m:

    change[t] = direct[t] + sum over m of share[t, m] direct[m]

There are as many equations as unknowns, one of each a target; they are solved by turns, each direct
effect being drawn to zero by a spike-and-slab prior whose share of edges and size are estimated
over the whole matrix. An edge so rests on its own target's cells, and what others explain can only
take from it. It is zero, in expectation, where nothing has an effect, and it keeps the sign.

T targets, G genes, R measured targets.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from badger_core.perturbation.alignment_fold import Fold

_ROUNDS = 12
_DAMPING = 0.5
_MISFIT = 0.25
"""Share of what passes through others that the linear form may miss (standard deviation)."""


class Taught(NamedTuple):
    """What the model's network is aligned to; all (T, G).

    Attributes:
        chance: posterior probability that the direct effect is not zero.
        effect: its posterior mean where it is not zero, natural logarithm.
        error: its posterior standard deviation.
    """

    chance: np.ndarray
    effect: np.ndarray
    error: np.ndarray


def shrink(fold: Fold, chance: float = 0.1, sd: float = 0.5) -> np.ndarray:
    """(T, G) posterior mean of each change alone: a spike at zero, a slab Normal(0, sd)."""
    found = _slab(fold.change, fold.error**2, chance, sd)
    return found.chance * found.effect


def direct_effects(fold: Fold, at: np.ndarray, own: np.ndarray, hops: bool = True) -> Taught:
    """Posterior of the direct effects; a target has none on itself.

    Args:
        fold: measured changes.
        at: (T,) position of each target among the genes, -1 where it was not measured.
        own: (T,) change of a measured target's own transcripts that stands for its whole loss.
        hops: whether to condition on measured targets; without, total effects are taken as direct.
    """
    measured = np.flatnonzero(at >= 0)
    itself = np.zeros(fold.change.shape, bool)
    itself[measured, at[measured]] = True
    share, blur = _shares(fold, at, own) if hops else np.zeros((2, len(at), len(at)))
    direct, variance = np.zeros((2, *fold.change.shape))
    chance, sd = 0.05, 0.5
    for turn in range(_ROUNDS):
        passed = share @ direct
        noise = fold.error**2 + share**2 @ variance + blur @ direct**2 + (_MISFIT * passed) ** 2
        found = _slab(fold.change - passed, noise, chance, sd)
        found = found._replace(chance=np.where(itself, 0.0, found.chance))
        fresh = found.chance * found.effect
        square = found.chance * (found.effect**2 + found.error**2)
        variance = square - fresh**2
        direct = fresh if turn == 0 else _DAMPING * direct + (1 - _DAMPING) * fresh
        chance = float(np.clip(found.chance.mean(), 1e-3, 0.3))
        sd = float(np.clip(np.sqrt(square.sum() / max(found.chance.sum(), 1e-9)), 0.1, 1.5))
    return found


def _slab(change: np.ndarray, variance: np.ndarray, chance: float, sd: float) -> Taught:
    """Posterior of changes with known error under the spike and the slab Normal(0, sd)."""
    known = sd**2 / (sd**2 + variance)
    bits = np.divide(change**2, variance, out=np.zeros_like(change), where=np.isfinite(variance))
    log_odds = logit(chance) + 0.5 * np.log1p(-np.minimum(known, 1 - 1e-12)) + 0.5 * known * bits
    error = np.sqrt(sd**2 * (1 - known))
    return Taught(expit(log_odds), known * change, error)


def _shares(fold: Fold, at: np.ndarray, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(T, T) share of the column's target lost under the row's loss, and its squared error.

    Shares are of shrunken changes: one that was not told from zero passes nothing on.
    """
    steady = shrink(fold)
    share, blur = np.zeros((2, len(at), len(at)))
    for column in np.flatnonzero(at >= 0):
        others = (np.arange(len(at)) != column) & (steady[:, at[column]] != 0)
        lost, whole = steady[others, at[column]], own[column]
        share[others, column] = lost / whole
        kept = np.abs(lost / fold.change[others, at[column]])
        blur[others, column] = (fold.error[others, at[column]] / whole) ** 2 * kept
    return share, blur
