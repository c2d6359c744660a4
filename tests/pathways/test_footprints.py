"""Pathway activities against least squares by hand, a planted pathway, and the null."""

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.pathways.footprints import (
    ACTIVITY_COLUMNS,
    activities,
    normalised,
    t_values,
    weight_matrix,
)

G = 120


@pytest.fixture
def footprints():
    """Pathway A on genes 1 to 40, b on 30 to 60 (they share some), c with 4 reliable genes."""
    random = np.random.default_rng(0)
    rows = [("A", e, random.normal(), 0.001 * e) for e in range(1, 41)]
    rows += [("b", e, random.normal(), 0.0005 * e) for e in range(30, 61)]
    rows += [("c", e, 1.0, 0.01) for e in range(1, 5)]
    rows += [("c", e, 9.0, 0.5) for e in range(5, 50)]
    return pd.DataFrame(rows, columns=["pathway", "entrez", "weight", "p"])


def ranking(score):
    order = np.argsort(-np.asarray(score), kind="stable")
    return pd.DataFrame(
        {"symbol": [f"G{i + 1}" for i in order], "entrez": order + 1, "rank": np.arange(G) + 1}
    )


def planted(footprints, sign=1.0):
    weight = footprints[footprints["pathway"] == "A"].set_index("entrez")["weight"]
    noise = np.random.default_rng(1).normal(0, 0.1, G)
    return ranking(sign * weight.reindex(np.arange(1, G + 1)).fillna(0).to_numpy() + noise)


def test_normalised_ranks_by_hand():
    assert normalised(np.array([1, 2, 3, 4])) == pytest.approx([0.75, 0.25, -0.25, -0.75])


def test_t_values_are_those_of_least_squares():
    random = np.random.default_rng(2)
    weights, values = random.normal(size=(G, 3)), random.normal(size=(G, 2))
    found = t_values(values, weights)
    design = np.column_stack([np.ones(G), weights])
    for column in range(2):
        slopes, rest, *_ = np.linalg.lstsq(design, values[:, column], rcond=None)
        error = np.sqrt(rest[0] / (G - 4) * np.diag(np.linalg.inv(design.T @ design)))
        assert found[:, column] == pytest.approx((slopes / error)[1:])


def test_the_activity_is_the_t_value_of_the_joint_fit(footprints):
    table = planted(footprints)
    found = activities(table, footprints, 200).set_index("pathway")
    design = [np.ones(G)]
    for name in "Ab":
        weight = footprints[footprints["pathway"] == name].set_index("entrez")["weight"]
        design.append(weight.reindex(table["entrez"]).fillna(0).to_numpy())
    design, values = np.column_stack(design), 1 - 2 * (np.arange(1, G + 1) - 0.5) / G
    slopes, rest, *_ = np.linalg.lstsq(design, values, rcond=None)
    error = np.sqrt(rest[0] / (G - 3) * np.diag(np.linalg.inv(design.T @ design)))
    assert found.loc[["A", "b"], "activity"].to_numpy() == pytest.approx((slopes / error)[1:])


def test_a_planted_pathway_is_found_and_its_reverse_is_less_active(footprints):
    found = activities(planted(footprints), footprints, 500)
    assert tuple(found.columns) == ACTIVITY_COLUMNS
    assert found["pathway"].iat[0] == "A"
    assert found["direction"].iat[0] == "more active"
    assert found["p"].iat[0] == pytest.approx(1 / 501)
    assert found["z"].iat[0] > 5
    back = activities(planted(footprints, -1.0), footprints, 500).set_index("pathway")
    assert back.loc["A", "direction"] == "less active"
    assert back.loc["A", "activity"] < -5


def test_the_genes_named_speak_for_the_activity(footprints):
    table = planted(footprints, -1.0)
    found = activities(table, footprints, 100).set_index("pathway")
    weight = footprints[footprints["pathway"] == "A"].set_index("entrez")["weight"]
    place = dict(zip(table["symbol"], normalised(table["rank"].to_numpy()), strict=True))
    for symbol in found.loc["A", "genes"].split(", "):
        assert weight[int(symbol[1:])] * place[symbol] < 0, symbol


def test_a_pathway_of_few_reliable_genes_is_not_scored(footprints):
    found = activities(planted(footprints), footprints, 100)
    last = found.iloc[-1]
    assert last["pathway"] == "c"
    assert last["n_genes"] == 4
    assert last["direction"] == last["genes"] == ""
    assert last[["activity", "z", "p", "fdr"]].isna().all()


def test_the_most_reliable_genes_are_taken(footprints):
    many = pd.DataFrame(
        {"pathway": "m", "entrez": np.arange(1, 151), "weight": 1.0, "p": np.arange(150) / 4000}
    )
    names, weights = weight_matrix(many, np.arange(1, 151))
    assert names == ["m"]
    assert (weights[:, 0] != 0).sum() == 100
    assert (weights[:100, 0] == 1).all()


def test_the_null_keeps_its_promise(footprints):
    random = np.random.default_rng(4)
    p = [
        activities(ranking(random.normal(size=G)), footprints, 200, seed)["p"].dropna()
        for seed in range(40)
    ]
    p = np.concatenate(p)
    assert 0.005 < (p < 0.05).mean() < 0.13
    assert 0.35 < p.mean() < 0.65


def test_same_seed_same_numbers(footprints):
    table = planted(footprints)
    first, again = (activities(table, footprints, 700, seed=9) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)


def test_too_few_permutations_are_refused(footprints):
    with pytest.raises(SettingError, match="at least 100 permutations"):
        activities(planted(footprints), footprints, 99)


def test_the_bundle_scores_all_but_the_pathway_without_reliable_landmarks(bundle):
    panel = bundle.genes.table
    table = panel.assign(rank=np.arange(1, len(panel) + 1))
    found = activities(table, bundle.progeny, 100)
    assert len(found) == 14
    assert found.loc[found["activity"].isna(), "pathway"].tolist() == ["Trail"]


def test_an_inhibitor_of_braf_quiets_mapk_and_egfr(bundle, predictor):
    found = activities(predictor.ask("vemurafenib", "A375").table, bundle.progeny)
    found = found.set_index("pathway")
    for name in ("MAPK", "EGFR"):
        assert found.loc[name, "direction"] == "less active"
        assert found.loc[name, "fdr"] < 0.05
