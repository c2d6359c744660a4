"""Screens to test with: the real one, a part of it, and one whose network is known."""

import numpy as np
import pytest

from badger_core.data.perturbation import CONTROL, CellScreen, shipped_screen
from badger_core.perturbation.simulate import Simulated, simulate

SMALL = ("IFNGR2", "STAT1", "JAK2", "CAV1", CONTROL)
SMALL_GENES = ("STAT1", "JAK2", "IFNGR2", "PSMB9", "UBE2L6", "CYBA", "HNRNPH1", "FN1", "KPNB1")


@pytest.fixture(scope="session")
def screen() -> CellScreen:
    """The real screen, all of it."""
    return shipped_screen()


@pytest.fixture(scope="session")
def small_screen(screen: CellScreen) -> CellScreen:
    """The first 60 cells of four targets and of control in each replicate, nine genes."""
    rows = [
        np.flatnonzero((screen.target == target) & (screen.replicate == replicate))[:60]
        for target in SMALL
        for replicate in np.unique(screen.replicate)
    ]
    columns = [list(screen.genes).index(gene) for gene in SMALL_GENES]
    cut = screen.take(np.sort(np.concatenate(rows)))
    return cut._replace(counts=cut.counts[:, columns], genes=screen.genes[columns])


@pytest.fixture(scope="session")
def simulated() -> Simulated:
    """60 genes, 40 targets, seed 0."""
    return simulate(0)
