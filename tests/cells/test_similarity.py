"""Likeness of lines: by hand, against SciPy, and on lines measured on two platforms."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from badger_core.cells.similarity import centred_ranks, similarity

VEHICLE, NCI60 = "L1000 vehicle", "NCI-60 microarray"
# Measured on the committed bundle: all 13 shared lines find themselves among the 165 vehicle lines.
SHARED = (
    "A549", "DU145", "HCT116", "HL60", "HS578T", "HT29", "K562", "MCF7", "MDAMB231", "OVCAR8",
    "PC3", "SKMEL5", "T47D",
)  # fmt: skip


@pytest.fixture(scope="module")
def vehicle(bundle):
    return bundle.cells.platform_profiles(VEHICLE)


@pytest.fixture(scope="module")
def names(bundle):
    rows = bundle.cells.expression_rows
    return rows.loc[rows["platform"] == VEHICLE, "cell"].tolist()


@pytest.fixture(scope="module")
def placed(vehicle):
    return centred_ranks(vehicle, vehicle)


def test_centred_ranks_by_hand():
    # Ranks / 4 are (.25, .5, .75); the reference's mean is (.5, .5, .5).
    reference = np.array([[1.0, 2, 3], [3, 2, 1]])
    found = centred_ranks(np.array([[10.0, 20, 40]]), reference)
    assert found == pytest.approx(np.array([[-1, 0, 1]]) / np.sqrt(2))


def test_without_centring_it_is_spearmans_correlation(vehicle):
    # A profile and its mirror image have the same mean rank for every gene: centring does nothing.
    profile = np.argsort(np.argsort(vehicle[0])).astype(float)
    neutral = np.stack([profile, -profile])
    found = similarity(centred_ranks(vehicle[:6], neutral), centred_ranks(vehicle[6:9], neutral))
    expected = spearmanr(vehicle[:9], axis=1).statistic[:6, 6:]
    assert found == pytest.approx(expected, abs=1e-6)


def test_with_centring_it_is_the_correlation_of_rank_residuals(vehicle):
    ranks = pd.DataFrame(vehicle).rank(axis=1)
    expected = (ranks - ranks.mean()).head(4).T.corr().to_numpy()
    placed = centred_ranks(vehicle[:4], vehicle)
    assert similarity(placed, placed) == pytest.approx(expected, abs=1e-6)


def test_a_line_is_entirely_like_itself(placed):
    likeness = similarity(placed, placed)
    assert np.diag(likeness) == pytest.approx(1)
    assert np.abs(likeness).max() <= 1 + 1e-9
    assert likeness == pytest.approx(likeness.T)


def test_centring_takes_away_what_all_lines_share(vehicle, placed):
    raw = spearmanr(vehicle, axis=1).statistic
    others = ~np.eye(len(vehicle), dtype=bool)
    assert raw[others].mean() > 0.7
    assert abs(similarity(placed, placed)[others].mean()) < 0.05


@pytest.mark.parametrize("monotone", [np.exp2, lambda x: x**3, lambda x: 5 * x - 100])
def test_only_the_order_of_the_genes_counts(vehicle, placed, monotone):
    transformed = monotone(vehicle[:3].astype(np.float64))
    assert centred_ranks(transformed, vehicle) == pytest.approx(placed[:3], abs=1e-9)


def test_genes_that_are_missing_take_no_part(vehicle, placed):
    partial = vehicle[:1].copy()
    partial[0, ::10] = np.nan
    found = centred_ranks(partial, vehicle)
    assert (similarity(found, placed).argmax(), np.isnan(found).any()) == (0, False)
    assert similarity(found, placed)[0, 0] > 0.9


def test_a_gene_that_no_reference_has_takes_no_part(vehicle):
    reference = vehicle[:20].copy()
    reference[:, 3] = np.nan
    other = vehicle[:1].copy()
    other[0, 3] = np.nan
    found, without = centred_ranks(vehicle[:1], reference), centred_ranks(other, reference)
    assert similarity(found, without)[0, 0] > 0.999


def test_a_profile_that_equals_the_reference_mean_is_like_nothing(vehicle):
    assert (centred_ranks(vehicle[:1], vehicle[:1]) == 0).all()


def test_the_lines_on_both_platforms_are_those_known(bundle, names):
    rows = bundle.cells.expression_rows
    nci60 = set(rows.loc[rows["platform"] == NCI60, "cell"])
    assert tuple(sorted(nci60 & set(names))) == SHARED


@pytest.mark.parametrize("line", SHARED)
def test_a_line_measured_on_another_platform_finds_itself_first(bundle, placed, names, line):
    own_platform = bundle.cells.platform_profiles(NCI60)
    profile = bundle.cells.basal(line, NCI60)
    likeness = similarity(centred_ranks(profile[None], own_platform), placed)[0]
    assert names[int(likeness.argmax())] == line
    assert likeness.max() > 0.5
