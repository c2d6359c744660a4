"""The table of recovered targets, and the graph that must not know them."""

from dataclasses import replace

import numpy as np
import pytest

from badger_core.errors import ResponseError
from badger_core.response.drgt import Drgt
from badger_core.response.explain import permuted_refits
from badger_core.response.recovery_standards import hub_standard
from badger_core.response.recovery_table import (
    CONSTANT,
    GRADIENT,
    NULL,
    OCCLUSION,
    VOTE,
    aligned,
    recovery_table,
    scores_of,
)
from tests.response.drgt_cases import QUICK, quiet, train_of


def test_the_table_of_a_small_screen(tiny_nci60):
    model = Drgt(
        replace(QUICK, epochs=1, patience=1, refit=False), symbols=tuple(tiny_nci60.genes["symbol"])
    )
    train = train_of(tiny_nci60)
    fitted = model.fit(train, 0, quiet)
    null = permuted_refits(model, train, 2, 1, quiet)
    scores = scores_of(fitted, null, rows=[0, 3])
    assert {NULL, GRADIENT, OCCLUSION} <= set(scores)
    assert np.flatnonzero(scores[GRADIENT].any(axis=1)).tolist() == [0, 3]
    targets = {fitted.drugs.keys[0]: (4,), fitted.drugs.keys[1]: (4, 7)}
    told = np.zeros((len(fitted.drugs), 50))
    told[0, 4] = told[1, 4] = 1
    table = recovery_table(fitted, scores | {"told": told}, targets, k=1).set_index("method")
    assert (table["pairs"] == 3).all()
    assert table.loc["told", ["hits", "recall", "most"]].tolist() == pytest.approx(
        [2, 2 / 3, 2 / 3]
    )
    assert table.loc[CONSTANT, "hits"] == 2  # each other's target
    assert table.loc[VOTE, "drugs"] == 2
    same = np.eye(len(fitted.drugs))
    assert np.array_equal(aligned(fitted, null[0], same), same)


def test_a_graph_with_known_targets_is_not_put_to_the_test(tiny_nci60):
    targets = {tiny_nci60.drugs.keys[0]: (1,)}
    model = Drgt(replace(QUICK, epochs=1, patience=1, refit=False), targets=targets)
    fitted = model.fit(train_of(tiny_nci60), 0, quiet)
    with pytest.raises(ResponseError, match="its own input"):
        scores_of(fitted, [])


def test_the_hub_standard_names_genes_of_the_panel(nci60):
    standard = hub_standard(nci60)
    names = dict(zip(nci60.drugs.keys, nci60.about_drugs["targets"], strict=True))
    for key, genes in standard.targets.items():
        assert {standard.symbols[g] for g in genes} <= set(names[key])
    assert len(standard.targets) == 163
    assert sum(map(len, standard.targets.values())) == 288
