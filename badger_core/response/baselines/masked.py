"""Solves ridge regression with a product kernel on the labelled pairs of a grid.

The kernel of two pairs is that of their drugs times that of their lines, so K V is Kd V Kc on the
whole grid and the 14,000 x 14,000 matrix of the labelled pairs is never built. Conjugate gradients
after Hestenes and Stiefel, J Res Natl Bur Stand 1952, 49, 409; the product form as in Airola and
Pahikkala, IEEE Trans Neural Netw Learn Syst 2018, 29, 3374.
"""

import numpy as np

STEPS, TOLERANCE = 500, 1e-3


def ridge(
    drugs: np.ndarray, lines: np.ndarray, labels: np.ndarray, penalty: float, steps: int = STEPS
) -> tuple[float, np.ndarray]:
    """Kernel ridge regression on the pairs that have a label.

    Args:
        drugs: (D, D) kernel.
        lines: (L, L) kernel.
        labels: (D, L), NaN where there is none.
        penalty: added to the diagonal of the kernel matrix of the pairs.
        steps: of the solver at most; few of them smooth more.

    Returns:
        The mean label and the dual weights V (D, L), 0 where there is no label; a prediction is
        mean + Kd' V Kc'.
    """
    known = np.isfinite(labels)
    mean = float(labels[known].mean())
    target = np.where(known, labels - mean, 0.0).astype(np.float32)
    return mean, solve(drugs, lines, known, target, np.float32(penalty), steps)


def solve(
    drugs: np.ndarray,
    lines: np.ndarray,
    known: np.ndarray,
    target: np.ndarray,
    penalty: np.float32,
    steps: int = STEPS,
) -> np.ndarray:
    """V (D, L), 0 outside `known`, with Kd V Kc + penalty * V = target on the known pairs.

    Conjugate gradients until the residual is TOLERANCE of the target, or `steps`.
    """
    solution, left = np.zeros_like(target), target.copy()
    way = left.copy()
    size, aim = float((left**2).sum()), TOLERANCE**2 * float((target**2).sum())
    for _ in range(steps):
        if size <= aim:
            break
        image = np.where(known, drugs @ way @ lines, 0.0) + penalty * way
        step = size / float((way * image).sum())
        solution += step * way
        left -= step * image
        new = float((left**2).sum())
        way = left + (new / size) * way
        size = new
    return solution
