"""The test of attention: twins stay together, targets of a part are hidden, parts are kept."""

import numpy as np
import pandas as pd
import pytest

from badger_core.response import recovery_run
from badger_core.response.drgt import Drgt
from badger_core.response.drgt_settings import DrgtSettings
from badger_core.response.recovery import columns_of
from badger_core.response.recovery_run import (
    FOLDS,
    RecoveryPlan,
    parts_of,
    run_recovery,
    shipped_scores,
)


def test_drugs_with_targets_are_dealt_with_their_twins(nci60) -> None:
    columns = columns_of(nci60.genes["symbol"].tolist(), nci60.about_drugs["targets"].tolist())
    part = parts_of(nci60.drugs.groups, columns)
    np.testing.assert_array_equal(part >= 0, [bool(genes) for genes in columns])
    assert set(part) == {-1, *range(FOLDS)}
    for group in np.unique(nci60.drugs.groups[part >= 0]):
        own = part[(nci60.drugs.groups == group) & (part >= 0)]
        assert len(set(own)) == 1


def test_shipped_genes_are_scored_where_they_stand() -> None:
    table = pd.DataFrame({"ik14": ["A", "A", "B"], "symbol": ["x", "z", "y"], "score": [3.0, 2, 1]})
    found = shipped_scores(table, np.array(["B", "A", "B"]), pd.Series(["x", "y", "z"]))
    assert found.tolist() == [[0, 1, 0], [3, 0, 2], [0, 1, 0]]


def test_a_run_hides_targets_and_is_not_done_twice(nci60, tmp_path, monkeypatch) -> None:
    shown = []

    def little(targets, symbols):
        shown.append(set(targets))
        settings = DrgtSettings(epochs=1, hidden=8, heads=2, refit=False)
        return Drgt(settings, targets=targets, symbols=symbols)

    monkeypatch.setattr(recovery_run, "Drgt", little)
    plan, told = RecoveryPlan(refits=0, occlusion=False), []
    table = run_recovery(tmp_path, plan, told.append)
    assert len(shown) == FOLDS
    columns = columns_of(nci60.genes["symbol"].tolist(), nci60.about_drugs["targets"].tolist())
    part = parts_of(nci60.drugs.groups, columns)
    for number, targets in enumerate(shown):
        assert targets
        assert not targets & set(nci60.drugs.keys[part == number])
    assert {"attention", "attention, freed of hubs", "Tanimoto vote", "chance"} <= set(
        table["method"]
    )
    assert table["drugs"].nunique() == 1
    assert (table["recall"] <= table["most"]).all()
    vote, chance = (
        table.loc[table["method"] == name, "recall"].iloc[0] for name in ("Tanimoto vote", "chance")
    )
    assert vote > chance
    again = run_recovery(tmp_path, plan, told.append)
    assert len(shown) == FOLDS
    assert again["recall"].tolist() == pytest.approx(table["recall"].tolist())
