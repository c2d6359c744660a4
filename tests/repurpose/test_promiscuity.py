"""Promiscuity: counted by hand on a small library."""

import numpy as np

from badger_core.diseases.signature import catalogue_signature
from badger_core.repurpose.connectivity import connectivity
from badger_core.repurpose.promiscuity import all_signatures, among_most, promiscuity


def test_the_most_reversing_share_by_hand():
    score = np.array([-5.0, -4.0, -3.0, 1.0, np.nan, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
    assert np.flatnonzero(among_most(score, 0.2)).tolist() == [0, 1]
    assert np.flatnonzero(among_most(score, 0.01)).tolist() == [0]
    assert np.flatnonzero(among_most(score, 0.9)).tolist() == [0, 1, 2]  # only below 0
    assert not among_most(np.zeros(5)).any()
    assert not among_most(np.full(3, np.nan)).any()
    assert np.flatnonzero(among_most(np.array([-1.0, 0, 0, 0, 0.5]), 0.9)).tolist() == [0]
    # a tie that takes in twice the share is taken, one of three times is not
    assert among_most(np.array([-2.0, -2, *range(1, 9)]), 0.1).sum() == 2
    assert among_most(np.array([-2.0, -2, -2, *range(1, 8)]), 0.1).sum() == 0
    # one clear, then a tie of many: the tied are left out
    tied = np.array([-2.0] + [-1.0] * 9)
    assert np.flatnonzero(among_most(tied, 0.2)).tolist() == [0]


def test_counts_over_diseases(measured, bundle):
    names = ["melanoma", "asthma", "prostate cancer"]
    signatures = [catalogue_signature(bundle.diseases, n, bundle.genes) for n in names]
    found = promiscuity(measured, signatures)
    expected = np.zeros(len(measured.compounds), int)
    for signature in signatures:
        score = np.mean([connectivity(v, signature) for v in measured.changes], axis=0)
        order = np.argsort(score)[: max(1, int(0.05 * len(score)))]
        expected[order[score[order] < 0]] += 1
    np.testing.assert_array_equal(found["promiscuity"], expected)
    assert (found["of_diseases"] == 3).all()
    best = found["promiscuity"].idxmax()
    assert len(found.loc[best, "reverses"].split(" | ")) == found.loc[best, "promiscuity"]
    assert len(all_signatures(bundle)) == 49
