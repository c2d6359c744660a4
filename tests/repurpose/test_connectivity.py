"""Connectivity scores: by hand, invariants, and agreement with second implementations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.spatial.distance import cosine as cosine_distance
from scipy.stats import spearmanr

from badger_core.diseases.signature import DiseaseSignature, extreme_genes
from badger_core.diseases.signature_report import SignatureReport
from badger_core.errors import SettingError
from badger_core.repurpose.changes import as_changes
from badger_core.repurpose.connectivity import METHODS, connectivity
from badger_core.repurpose.connectivity_sets import connectivity_score, enrichment, extreme_sum
from badger_core.repurpose.connectivity_vectors import cosine, spearman


def signature(values, up=None, down=None, listed=False):
    values = np.asarray(values, float)
    most_up, most_down = extreme_genes(values, 5)
    report = SignatureReport("x", "x", "x", len(values), len(values))
    up = most_up if up is None else up
    return DiseaseSignature(
        "x", values, up, most_down if down is None else down, "", report, listed
    )


def plain_enrichment(row, genes, weight=1.0):
    """Highest and lowest running sum, gene by gene, for rows without ties and gaps."""
    total = sum(abs(row[at]) ** weight for at in genes)
    others = len(row) - len(genes)
    running, highest, lowest = 0.0, 0.0, 0.0
    for at in sorted(range(len(row)), key=lambda at: -row[at]):
        running += abs(row[at]) ** weight / total if at in genes else -1 / others
        highest, lowest = max(highest, running), min(lowest, running)
    return highest, lowest


# by hand


def test_enrichment_by_hand():
    row = as_changes([5, 4, 3, -1, -2])
    # {0, 3}: hits weigh 5/6 and 1/6, others 1/3: .833, .5, .167, .333, 0
    assert enrichment(row, [0, 3]) == pytest.approx([5 / 6])
    # unweighted: .5, .167, -.167, .333, 0
    assert enrichment(row, [0, 3], weight=0) == pytest.approx([0.5])
    # {3, 4}: three others first: -1, then up to 0
    assert enrichment(row, [3, 4]) == pytest.approx([-1])


def test_genes_with_equal_values_share_their_places_at_the_head_and_at_the_end():
    order = as_changes(np.array([[3.0, 3.0, 1.0, -2.0, -2.0]])).order
    assert order.above.tolist() == [[0, 0, 2, 3, 3]]
    assert order.through.tolist() == [[2, 2, 3, 5, 5]]


def test_genes_with_equal_values_enter_together():
    # order: 0 | 1, 2 tied | 3; {1}: -1/3, then 2/3 - 1/3 at once = 1/3: equally far, so 0
    assert enrichment(as_changes([3, 2, 2, 1]), [1]) == pytest.approx([0])
    # {0, 1}: 3/5, then 2/5 - 1/2 at once = 1/2
    assert enrichment(as_changes([3, 2, 2, 1]), [0, 1]) == pytest.approx([3 / 5])


def test_the_connectivity_score_by_hand():
    row = as_changes([5, 4, 3, -1, -2])
    # up {0}: 1; down {4}: -1 -> 1; turned round: -1; both sets up: 0
    assert connectivity_score(row, [0], [4]) == pytest.approx([1])
    assert connectivity_score(row, [4], [0]) == pytest.approx([-1])
    assert connectivity_score(row, [0], [1]) == pytest.approx([0])
    # up {0, 3}: 5/6; down {4}: -1
    assert connectivity_score(row, [0, 3], [4]) == pytest.approx([(5 / 6 + 1) / 2])
    # one side only
    assert connectivity_score(row, [0, 3], []) == pytest.approx([5 / 6])
    assert connectivity_score(row, [], [4]) == pytest.approx([1])


def test_the_extreme_sum_by_hand():
    row = as_changes([5, 4, 3, -1, -2])
    # the two highest (5, 4) and the two lowest (-1, -2) count; 3 does not
    assert extreme_sum(row, [0, 2], [4], extreme=2) == pytest.approx([5 - (-2)])
    assert extreme_sum(row, [3], [1, 2], extreme=2) == pytest.approx([-1 - 4])
    assert extreme_sum(row, [2], [], extreme=2) == pytest.approx([0])


def test_cosine_and_spearman_by_hand():
    drug, disease = as_changes([1, 2, 2]), np.array([2.0, 1, 2])
    assert cosine(drug, disease) == pytest.approx([8 / 9])
    # ranks 1 2.5 2.5 and 2.5 1 2.5: (-1)(.5) + (.5)(-1) + (.5)(.5) = -.75 over 1.5
    assert spearman(drug, disease) == pytest.approx([-0.5])


def test_missing_genes_take_no_part():
    drug, disease = [1, np.nan, 2, 9], np.array([2.0, 5, 1, np.nan])
    assert cosine(as_changes(drug), disease) == pytest.approx([4 / 5])
    assert spearman(as_changes([1, 2, np.nan, 3]), np.array([3.0, 1, 9, 2])) == pytest.approx(
        [-0.5]
    )
    # gene 1 is not there: as in four genes
    row, short = as_changes([5, np.nan, 3, -1, -2]), as_changes([5, 3, -1, -2])
    assert enrichment(row, [0, 1, 3]) == pytest.approx(enrichment(short, [0, 2]))
    assert extreme_sum(row, [0, 1], [4], 1) == pytest.approx(extreme_sum(short, [0], [3], 1))


def test_a_gene_that_the_table_lacks_is_no_other_gene():
    drug = np.array([5, 4, 3, -1, -2.0])
    table = signature([1, np.nan, 2, np.nan, -3], up=(0, 2), down=(4,))
    assert connectivity(drug, table) == pytest.approx([1])  # of 5, 3, -2
    lists = signature([1, np.nan, 1, np.nan, -1], up=(0, 2), down=(4,), listed=True)
    # of all five: 5/8, 5/8 - 1/3, 1 - 1/3 = 2/3; down: -1
    assert connectivity(drug, lists) == pytest.approx([(2 / 3 + 1) / 2])


def test_nothing_to_compare_is_missing():
    nothing = as_changes([[np.nan, 1, 2], [1, 1, 1]])
    assert np.isnan(enrichment(nothing, [0])[0])
    assert np.isnan(enrichment(nothing, [])).all()
    assert np.isnan(connectivity_score(nothing, [0], [1])[0])
    assert np.isnan(spearman(nothing, np.array([1.0, 2, 3]))[1])
    assert np.isnan(cosine(as_changes([0, 0.0]), np.array([1.0, 2]))[0])
    assert np.isnan(extreme_sum(nothing, [0], [])[0])
    assert enrichment(as_changes([1, 0, 0, -1]), [1]) == pytest.approx([0])  # zeros only


# invariants

WORLD = np.random.default_rng(3)
DRUGS = WORLD.normal(size=(12, 60))
DISEASE = signature(WORLD.normal(size=60))


@pytest.mark.parametrize("method", METHODS)
def test_a_reversed_drug_has_the_opposite_score(method):
    tied = np.round(DRUGS, 0)
    for drugs in (DRUGS, tied):
        scores = connectivity(drugs, DISEASE, method)
        np.testing.assert_allclose(connectivity(-drugs, DISEASE, method), -scores, atol=1e-12)
        assert np.abs(scores).max() > 0


@pytest.mark.parametrize("method", METHODS)
def test_a_drug_that_does_what_the_disease_does_scores_highest(method):
    drugs = np.vstack([DISEASE.values, DRUGS, -DISEASE.values])
    scores = connectivity(drugs, DISEASE, method)
    assert (scores.argmax(), scores.argmin()) == (0, len(drugs) - 1)
    if method != "xsum":
        assert scores[[0, -1]] == pytest.approx([1, -1])


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_genes_does_not_matter(method):
    drugs = np.round(DRUGS, 1)  # with ties
    drugs[0, :7] = np.nan
    order = WORLD.permutation(60)
    place = np.argsort(order)
    moved = signature(
        DISEASE.values[order], [place[at] for at in DISEASE.up], [place[at] for at in DISEASE.down]
    )
    here, there = (
        connectivity(each, of, method) for each, of in ((drugs, DISEASE), (drugs[:, order], moved))
    )
    np.testing.assert_allclose(here, there, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_a_drug_alone_scores_as_among_others(method):
    drugs = DRUGS.copy()
    drugs[3, ::4] = np.nan
    alone = [connectivity(row, DISEASE, method)[0] for row in drugs]
    np.testing.assert_allclose(alone, connectivity(drugs, DISEASE, method), atol=1e-12)


@pytest.mark.parametrize("method", ["wtcs", "cosine", "spearman"])
def test_the_scale_of_a_drug_does_not_matter(method):
    expected = connectivity(DRUGS, DISEASE, method)
    np.testing.assert_allclose(connectivity(7 * DRUGS, DISEASE, method), expected, atol=1e-12)


# agreement


@given(
    some.lists(some.floats(-9, 9), min_size=6, max_size=25, unique_by=lambda x: round(x, 3)),
    some.sets(some.integers(0, 24), min_size=1, max_size=4),
    some.sampled_from([0.0, 1.0, 2.0]),
)
def test_enrichment_agrees_with_a_plain_loop(row, genes, weight):
    row = [round(value, 3) or 0.0005 for value in row]
    genes = {at % len(row) for at in genes}
    ours = enrichment(as_changes(row), sorted(genes), weight)[0]
    highest, lowest = plain_enrichment(row, genes, weight)
    if ours == 0:
        assert highest == pytest.approx(-lowest, abs=1e-9)  # equally far on both sides
    else:
        assert ours == pytest.approx(max(highest, lowest, key=abs), abs=1e-9)


def test_vectors_agree_with_scipy():
    drugs = np.round(DRUGS, 1)
    drugs[2, 5:20] = np.nan
    disease = np.round(DISEASE.values, 1)
    disease[30:35] = np.nan
    for at, row in enumerate(drugs):
        both = ~np.isnan(row) & ~np.isnan(disease)
        expected = spearmanr(row[both], disease[both]).statistic
        assert spearman(as_changes(drugs), disease)[at] == pytest.approx(expected)
        angle = 1 - cosine_distance(row[both], disease[both])
        assert cosine(as_changes(drugs), disease)[at] == pytest.approx(angle)


def test_what_does_not_fit_is_said():
    with pytest.raises(SettingError, match="Choose one of wtcs, xsum, cosine, spearman"):
        connectivity(DRUGS, DISEASE, "ks")
    with pytest.raises(SettingError, match="have 59 genes"):
        connectivity(DRUGS[:, 1:], DISEASE)
