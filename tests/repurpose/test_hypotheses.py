"""The list as a whole on measured signatures: order, controls, support, next, network."""

import json

import numpy as np
import pytest

from badger_core.errors import SettingError
from badger_core.repurpose.controls import DRUG_FREE, INERT, NOT_INDICATED, mark, own_effect
from badger_core.repurpose.hypotheses import HypothesisSettings, hypotheses
from badger_core.repurpose.indications import DM, NEW, NOT, find_disease, known_uses
from badger_core.repurpose.network import as_graph, network
from badger_core.repurpose.next_experiments import independent_lines, next_experiments

SETTINGS = HypothesisSettings(n_permutations=5, top=12)


@pytest.fixture(scope="module")
def found(bundle, measured, melanoma):
    disease = find_disease(bundle.diseases, "melanoma")
    return hypotheses(bundle, measured, melanoma, SETTINGS, disease)


def test_the_whole_library_and_one_row_without_a_drug(found, measured):
    table = found.table
    assert len(table) == len(measured.compounds) + 1
    assert table["score"].dropna().is_monotonic_increasing
    ranks = table["rank"].dropna().astype(int).tolist()
    assert ranks == list(range(1, len(measured.compounds) + 1))
    (none,) = table[table["control"] == DRUG_FREE].itertuples()
    assert none.name == "(no drug)"
    assert 0 <= none.percentile <= 100
    assert none.score == pytest.approx(np.mean([none.score_A375, none.score_MCF7]))


def test_controls_are_marked_and_counted(found, measured):
    assert (found.table["control"] == INERT).sum() == 20
    figures = found.manifest["controls"]
    assert figures[INERT]["n"] == 20
    inert = found.table[found.table["control"] == INERT]
    assert inert["own_effect"].max() <= found.table["own_effect"].median()
    assert not inert["known"].str.startswith("known").any()


def test_judged_no_indication_is_a_control(bundle, measured):
    disease = find_disease(bundle.diseases, "hypertension")
    keys = measured.compounds["ik14"].tolist()
    known = known_uses(keys, bundle.library, bundle.diseases, disease)
    marks = mark(known, own_effect(measured))
    np.testing.assert_array_equal(marks == NOT_INDICATED, known["known"] == NOT)


def test_own_effect_by_hand(measured):
    few = measured._replace(changes=np.array([[[1.0, 1], [3, 1]]], np.float32))
    np.testing.assert_allclose(own_effect(few), [np.sqrt(0.5), np.sqrt(0.5)])


def test_support_is_given_for_the_first(found):
    first = found.table[found.table["rank"] <= 12]
    assert set(found.genes["ik14"]) <= set(first["ik14"])
    row = first.iloc[0]
    own = found.genes[found.genes["ik14"] == row["ik14"]]
    assert row["genes"].split(" | ") == own["symbol"].tolist()
    assert row["n_genes"] == len(own)
    assert (found.table.loc[found.table["rank"] > 12, "genes"] == "").all()


def test_known_uses_stand_in_the_table(found):
    names = set(found.table.loc[found.table["known"] == DM, "name"])
    assert "vemurafenib" in names
    assert found.manifest["hub_terms_counted"] == ["melanoma"]
    assert found.manifest["known_uses_of"]["doid"] == "DOID:1909"
    json.dumps(found.manifest)


def test_next_experiments_keep_their_rule(found, measured, bundle):
    following = found.next
    assert following["priority"].is_monotonic_decreasing
    assert (following["known"] == NEW).all()
    assert (following["line_score"] < 0).all()
    assert (following[["percentile", "line_percentile"]] >= 95).all(axis=None)
    assert following.groupby("ik14").size().max() <= 2
    for row in following.itertuples():
        assert row.cell in row.reason
        assert "100.0%" not in row.reason
    moa = following["ik14"].map(found.table.set_index("ik14")["moa"])
    assert following.groupby(moa[moa != ""])["ik14"].nunique().max() <= 2
    ready = found.table[found.table["control"] != DRUG_FREE].sort_values("ik14")
    outside = measured._replace(domain_line=np.full(measured.domain_line.shape, "outside"))
    assert next_experiments(ready.reset_index(drop=True), outside, bundle.cells).empty


def test_dependent_and_uncatalogued_lines_are_not_tried_twice(bundle):
    assert independent_lines(("MCF7", "ssMCF7", "A375", "upload:1"), bundle.cells) == [
        "MCF7",
        "A375",
    ]


def test_the_specific_part_has_no_drug_free_row(bundle, measured, melanoma, found):
    settings = HypothesisSettings(n_permutations=0, top=5, specific=True)
    shared = found.table[found.table["control"] != DRUG_FREE].sort_values("ik14")
    shared = shared[["ik14", "promiscuity", "of_diseases", "reverses"]].reset_index(drop=True)
    other = hypotheses(bundle, measured, melanoma, settings, shared=shared)
    assert DRUG_FREE not in set(other.table["control"])
    assert set(other.table["known"]) == {"not asked"}
    assert other.manifest["list"]["p"] is None


def test_the_network_repeats_the_tables(found, measured):
    net = network("melanoma", measured.lines, found.table, found.genes, found.pathways, n_drugs=3)
    kinds = net.nodes["kind"].value_counts()
    assert (kinds["disease"], kinds["line"], kinds["drug"]) == (1, 2, 3)
    assert set(net.edges["source"]) | set(net.edges["target"]) == set(net.nodes["id"])
    graph = as_graph(net)
    assert graph.number_of_edges() == len(net.edges)


def test_settings_that_cannot_be(bundle, measured, melanoma):
    with pytest.raises(SettingError, match="1 or more"):
        hypotheses(bundle, measured, melanoma, HypothesisSettings(top=0))
