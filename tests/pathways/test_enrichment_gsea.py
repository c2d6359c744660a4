"""GSEA against a running sum written by hand, and against plain permutation."""

import logging

import gseapy
import numpy as np
import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.pathways.enrichment import enrich
from badger_core.pathways.enrichment_gsea import GSEA_COLUMNS
from tests.pathways.enrichment_case import N, ranking, sets


@pytest.fixture(scope="module")
def found():
    return enrich(ranking(), sets(), "prerank", permutations=1000, seed=3).set_index("pathway")


def running_sum(score: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Up by the share of |score| at a gene of the set, down evenly at the others."""
    up = np.where(inside, np.abs(score), 0)
    down = np.where(inside, 0, 1 / (~inside).sum())
    return np.cumsum(up / up.sum() - down)


def test_the_columns_are_as_told(found):
    assert ("pathway", *found.columns) == GSEA_COLUMNS


def test_the_enrichment_score_is_the_peak_of_the_running_sum(found):
    table = ranking()
    for row in sets().itertuples():
        inside = table["entrez"].isin(row.entrez).to_numpy()
        path = running_sum(table["score"].to_numpy(), inside)
        peak = path[np.abs(path).argmax()]
        assert found.loc[row.pathway, "es"] == pytest.approx(peak, abs=1e-6), row.pathway


def test_the_leading_edge_goes_up_to_the_peak(found):
    assert found.loc["top", "genes"] == "G1, G2, G3, G4, G5, G7"
    assert found.loc["top", "n_leading"] == 6
    assert found.loc["bottom", "genes"] == "G60, G59, G58, G57, G54"


def test_the_planted_sets_come_first_at_their_ends(found):
    assert set(found.index[:2]) == {"top", "bottom"}
    assert found.loc["top", "direction"] == "up"
    assert found.loc["bottom", "direction"] == "down"
    assert (found.loc[["top", "bottom"], "fdr"] < 0.05).all()
    assert (found.loc[["even", "middle"], "fdr"] > 0.05).all()


def test_the_reversed_ranking_flips_the_signs(found):
    back = enrich(ranking(np.linspace(-3, 3, N)), sets(), "prerank").set_index("pathway")
    assert back.loc[found.index, "es"].to_numpy() == pytest.approx(-found["es"].to_numpy())
    assert back.loc["top", "direction"] == "down"
    assert back.loc["top", "nes"] < 0 < found.loc["top", "nes"]


def test_p_agrees_with_plain_permutation():
    random = np.random.default_rng(0)
    table = ranking(random.normal(size=N))
    members = {f"s{i}": sorted(random.choice(N, 8, replace=False) + 1) for i in range(12)}
    ours = enrich(table, sets(**members), "prerank", permutations=2000).set_index("pathway")
    plain = gseapy.prerank(
        rnk=pd.Series(table["score"].to_numpy(), index=table["entrez"].astype(str)),
        gene_sets={name: [str(g) for g in genes] for name, genes in members.items()},
        min_size=1,
        permutation_num=4000,
        seed=1,
        threads=1,
        outdir=None,
        no_plot=True,
    ).res2d.set_index("Term")
    theirs = plain.loc[ours.index]
    assert ours["es"].to_numpy() == pytest.approx(theirs["ES"].to_numpy(float), abs=1e-6)
    # Two estimates of one p, each with the error of its own random sets.
    assert np.abs(ours["p"] - theirs["NOM p-val"].astype(float)).max() < 0.1
    assert np.abs(ours["nes"] - theirs["NES"].astype(float)).max() < 0.15


def test_same_seed_same_numbers_and_nothing_is_said(capfd, caplog, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tied = ranking(np.round(np.linspace(3, -3, N)))
    with caplog.at_level(logging.WARNING):
        first, again = (enrich(tied, sets(), "prerank", seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    said = capfd.readouterr()
    assert said.out == ""
    assert "Duplicated" not in said.err
    assert not caplog.records
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("permutations", [0, 99, 100_001])
def test_permutations_out_of_bounds_are_refused(permutations):
    with pytest.raises(SettingError, match="Take 100 to 100000 permutations"):
        enrich(ranking(), sets(), "prerank", permutations=permutations)
