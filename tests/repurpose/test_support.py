"""Genes turned back: by hand, their contributions, and the sets among them."""

import numpy as np
import pytest
from scipy.stats import hypergeom

from badger_core.pathways.enrichment_sets import choose_sets
from badger_core.repurpose.support import pathways_of, supporting_genes, turned_back


def test_turned_back_by_hand(bundle, melanoma):
    change = np.zeros(978)
    up, down = melanoma.up[:2], melanoma.down[:2]
    change[list(up)] = -2.0, 1.0  # lowered; raised, so not turned back
    change[list(down)] = 1.0, 3.0  # both raised
    found = turned_back("X", change, melanoma, bundle.genes, extreme=3)
    expected = {bundle.genes.symbols[g] for g in (up[0], *down)}
    assert set(found["symbol"]) == expected
    assert found["contribution"].sum() == pytest.approx(1)
    assert found["contribution"].is_monotonic_decreasing
    first = found.set_index("symbol").loc[bundle.genes.symbols[up[0]]]
    assert first["turned"] == "lowered"
    assert first["disease"] > 0


def test_a_drug_that_does_what_the_disease_does_turns_nothing_back(bundle, melanoma):
    values = np.nan_to_num(melanoma.values)
    same = turned_back("X", values, melanoma, bundle.genes)
    assert same.empty
    against = turned_back("X", -values, melanoma, bundle.genes)
    assert len(against) == len(melanoma.up) + len(melanoma.down)


def test_sets_among_the_genes_by_the_hypergeometric_test(bundle, melanoma):
    change = -np.nan_to_num(melanoma.values)[None, None]
    genes = supporting_genes(["X"], change, melanoma, bundle.genes)
    sets = choose_sets(bundle.pathways.table, bundle.genes.entrez[melanoma.universe], "hallmark")
    found = pathways_of(genes, sets, melanoma, bundle.genes)
    assert (found["overlap"] >= 3).all()
    row = found.iloc[0]
    n = int(melanoma.universe.sum())
    assert row["p"] == pytest.approx(
        hypergeom.sf(row["overlap"] - 1, n, row["size"], len(genes)), rel=1e-9
    )
    members = {int(e) for e in sets.set_index("pathway").loc[row["pathway"], "entrez"]}
    assert row["overlap"] == len(members & set(genes["entrez"])) == len(row["genes"].split(", "))


def test_few_genes_are_not_tested(bundle, melanoma):
    genes = supporting_genes(["X"], np.zeros((1, 1, 978)), melanoma, bundle.genes)
    assert genes.empty
    sets = choose_sets(bundle.pathways.table, bundle.genes.entrez, "hallmark")
    assert pathways_of(genes, sets, melanoma, bundle.genes).empty
