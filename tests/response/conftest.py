"""The shipped screens, and small real pieces of them that a model is trained on in moments."""

import numpy as np
import pytest

from badger_core.data.response import Screen, screen
from badger_core.data.response_drugs import Lines


@pytest.fixture(scope="session")
def nci60() -> Screen:
    """976 drugs in 59 lines, sensitive or resistant, on 2,306 genes."""
    return screen("nci60")


@pytest.fixture(scope="session")
def ctrp_landmark() -> Screen:
    """479 drugs in the 104 lines with landmark expression, areas under the curve."""
    return screen("ctrp", "landmark")


@pytest.fixture(scope="session")
def ctrp_ccle() -> Screen:
    """479 drugs in the 627 lines with a CCLE profile, areas under the curve."""
    return screen("ctrp", "ccle1000")


@pytest.fixture(scope="session")
def tiny_nci60(nci60: Screen) -> Screen:
    """40 drugs in 20 lines on 50 genes: the best measured ones, a pair of twins among them."""
    return cut(nci60, 40, 20, 50)


@pytest.fixture(scope="session")
def tiny_ctrp(ctrp_landmark: Screen) -> Screen:
    """30 drugs in 25 lines on 60 landmarks: the best measured ones."""
    return cut(ctrp_landmark, 30, 25, 60)


def cut(whole: Screen, n_drugs: int, n_lines: int, n_genes: int) -> Screen:
    """The drugs and lines with most labels, and the genes that vary most in those lines."""
    measured = np.isfinite(whole.labels)
    lines = np.sort(np.argsort(-measured.sum(axis=0), kind="stable")[:n_lines])
    drugs = np.argsort(-measured[:, lines].sum(axis=1), kind="stable")[:n_drugs]
    small = whole.take(np.sort(drugs), lines)
    spread = np.nanstd(small.lines.expression, axis=0)
    spread[np.isnan(small.lines.expression).any(axis=0)] = -1
    genes = np.sort(np.argsort(-spread, kind="stable")[:n_genes])
    return Screen(
        small.name,
        small.kind,
        small.panel,
        small.genes.iloc[genes].reset_index(drop=True),
        small.drugs,
        Lines(small.lines.keys, small.lines.expression[:, genes], small.lines.groups),
        small.labels,
        small.about_drugs,
        small.about_lines,
    )
