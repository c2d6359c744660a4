"""The table of edges: the rule by which one is drawn, and the stability over trainings."""

import numpy as np
import pandas as pd
import pytest

from badger_core.perturbation.edges import Evidence, edge_evidence
from badger_core.perturbation.edges_table import COLUMNS, drawn_matrix, edges_table, matrix
from badger_core.perturbation.simulate import simulate
from badger_core.perturbation.stability import Stability, stability
from badger_core.perturbation.vae_model import Learned

WORLD = simulate(3, 12, 4, 60, 240)
SCREEN = WORLD.screen


def learned(chance: float, direct: float) -> Learned:
    frames = (pd.DataFrame([[value]], ["a"], ["b"]) for value in (chance, direct, direct))
    return Learned(*frames)


@pytest.mark.parametrize(
    ("trainings", "share", "strength"),
    [
        (((0.9, 1.0), (0.8, 2.0)), 1.0, 1.5),
        (((0.9, 3.0), (0.8, -1.0)), 0.5, 1.0),
        (((0.9, 3.0), (0.4, 1.0)), 0.5, 2.0),
        (((0.9, 0.0), (0.9, 0.0)), 0.0, 0.0),
    ],
    ids=["both hold it", "the other sign", "not held", "no strength"],
)
def test_stability_by_hand(
    trainings: tuple[tuple[float, float], ...], share: float, strength: float
) -> None:
    found = stability([learned(*one) for one in trainings])
    assert found.share[0, 0] == share
    assert found.strength[0, 0] == pytest.approx(strength)


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return edge_evidence(SCREEN, None, 40)


def trained(sign: float = 1.0, share: float = 1.0) -> Stability:
    """Trainings that hold all edges, with the true sign or the wrong one."""
    strength = -sign * np.where(WORLD.direct == 0, 0.01, WORLD.direct)
    return Stability(np.full(strength.shape, share), strength, np.full(strength.shape, 0.9))


def test_an_edge_needs_test_stability_and_sign(evidence: Evidence) -> None:
    table = edges_table(SCREEN, evidence, trained())
    assert tuple(table) == COLUMNS
    assert table["drawn"].sum() >= 3
    assert (table.loc[table["drawn"], "fdr"] <= 0.05).all()
    assert not edges_table(SCREEN, evidence, trained(share=0.6))["drawn"].any()
    wrong = edges_table(SCREEN, evidence, trained(sign=-1.0))
    true = set(zip(*np.nonzero(WORLD.direct), strict=True))
    names = SCREEN.targets()
    for row in wrong[wrong["drawn"]].itertuples():
        assert (names.index(row.target), list(SCREEN.genes).index(row.gene)) not in true


def test_no_row_of_a_target_on_itself_and_all_others_once(evidence: Evidence) -> None:
    table = edges_table(SCREEN, evidence, trained())
    assert (table["target"] != table["gene"]).all()
    assert len(table) == 4 * 11
    assert not table.duplicated(["target", "gene"]).any()


def test_role_is_what_the_target_does_and_not_its_loss(evidence: Evidence) -> None:
    table = edges_table(SCREEN, evidence, trained())
    drawn = table[table["drawn"]]
    assert ((drawn["strength"] < 0) == (drawn["role"] == "activates")).all()
    assert (np.sign(drawn["strength"]) == np.sign(drawn["effect"])).mean() > 0.7


def test_matrices_are_aligned_by_name(evidence: Evidence) -> None:
    table = edges_table(SCREEN, evidence, trained()).sample(frac=1, random_state=0)
    drawn = drawn_matrix(table, SCREEN.targets(), SCREEN.genes)
    row = table[table["drawn"]].iloc[0]
    at = SCREEN.targets().index(row["target"]), list(SCREEN.genes).index(row["gene"])
    assert drawn[at]
    assert drawn.sum() == table["drawn"].sum()
    assert matrix(table, "t", SCREEN.targets(), SCREEN.genes)[at] == row["t"]
