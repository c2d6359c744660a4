"""A null that is real: control cells dealt a label at random, so that nothing can differ."""

import numpy as np

from badger_core.data.perturbation import CONTROL, CellScreen
from badger_core.perturbation.effects import cell_t


def null_p(screen: CellScreen, cells: int, draws: int, seed: int, detected: float = 0.05):
    """(draws, genes) p of random groups of control cells against the others.

    Genes found in a smaller share of the cells than `detected` are left out: too few counts for
    any t.
    """
    rng = np.random.default_rng(seed)
    control = screen.take(screen.target == CONTROL)
    common = (control.counts > 0).mean(axis=0) > detected
    found = []
    for _ in range(draws):
        target = control.target.copy()
        target[rng.choice(len(target), cells, replace=False)] = "null"
        found.append(cell_t(control._replace(target=target)).p[0, common])
    return np.array(found)
