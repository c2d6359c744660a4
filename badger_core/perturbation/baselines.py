"""What a model has to beat: means of the training cells, plain edge scores, STRING neighbours.

The likelihood of the train mean stands in `likelihood_baseline`. N cells, T targets, G genes, D
features.
"""

import numpy as np
from scipy import stats

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.perturbation.effects import ate, cell_t, depth_of, lognorm
from badger_core.perturbation.shrinkage import shrink_rows
from badger_core.perturbation.total_effects import places


def train_mean(screen: CellScreen, train: np.ndarray) -> np.ndarray:
    """(T, G) effects of each target as they are in the training cells (N,), log2."""
    return ate(screen, train)


def shrunken_mean(screen: CellScreen, train: np.ndarray) -> np.ndarray:
    """(T, G) the same, drawn to zero by how little each effect is known (Stephens 2017).

    Noise lowers a correlation, so that a model must be ahead of this to know more than to shrink.
    """
    found = cell_t(screen, train)
    return shrink_rows(found.effect, found.error).effect


def global_mean(screen: CellScreen, train: np.ndarray) -> np.ndarray:
    """(T, G) mean effect over the targets that have training cells, the same for all."""
    found = ate(screen, train)
    return np.tile(np.nanmean(found, axis=0), (len(found), 1))


def pseudobulk_t(screen: CellScreen, mask: np.ndarray | None = None) -> np.ndarray:
    """(T, G) one-sample t of the difference to control over replicates, each one number.

    NaN for a target with cells beside control in fewer than two replicates; 0 where nothing varies.
    """
    kept = np.ones(len(screen.target), bool) if mask is None else mask
    level = lognorm(screen.counts, depth_of(screen))
    found = []
    for name in screen.targets():
        apart = []
        for replicate in np.unique(screen.replicate):
            here = kept & (screen.replicate == replicate)
            own, control = here & (screen.target == name), here & (screen.target == CONTROL)
            if own.any() and control.any():
                apart.append(level[own].mean(axis=0) - level[control].mean(axis=0))
        if len(apart) < 2:
            found.append(np.full(level.shape[1], np.nan))
            continue
        error = np.std(apart, axis=0, ddof=1) / np.sqrt(len(apart))
        mean = np.mean(apart, axis=0)
        found.append(np.divide(mean, error, out=np.zeros_like(mean), where=error > 0))
    return np.array(found)


def correlation(screen: CellScreen, mask: np.ndarray | None = None) -> np.ndarray:
    """(T, G) Pearson correlation of the target's own level with each gene over control cells.

    What co-expression says without any knockout; 0 for a target that was not measured.
    """
    control = screen.target == CONTROL
    rows = control if mask is None else control & mask
    level = stats.zscore(lognorm(screen.counts[rows], depth_of(screen)).astype(np.float64), axis=0)
    level = np.nan_to_num(level)
    at = places(screen.targets(), screen.genes)
    found = np.zeros((len(at), level.shape[1]))
    known = at >= 0
    found[known] = level[:, at[known]].T @ level / max(len(level), 1)
    return found


def from_neighbours(
    known: np.ndarray, features: np.ndarray, asked: np.ndarray, sharpness: float = 4.0
) -> np.ndarray:
    """Effects of targets that were never knocked out: the mean of those alike, by likeness.

    Args:
        known: (T, G) effects of other targets.
        features: (T, D) of these targets.
        asked: (A, D) features of the targets to predict for.
        sharpness: power of the cosine; what is not alike at all has no weight.

    Returns:
        (A, G); the plain mean for a target without features or without one alike.
    """
    weight = np.maximum(_unit(asked) @ _unit(features).T, 0.0) ** sharpness
    total = weight.sum(axis=1, keepdims=True)
    even = np.full_like(weight, 1 / max(len(known), 1))
    weight = np.where(total > 0, weight / np.where(total > 0, total, 1.0), even)
    return weight @ known


def _unit(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1; zero rows stay."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(length > 0, length, 1.0)
