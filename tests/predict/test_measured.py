"""Mean measured ranks, by hand and on the bundle."""

import numpy as np
import pandas as pd
import pytest

from badger_core.data.bundle import Bundle
from badger_core.predict.measured import (
    Measured,
    agreement,
    mean_ranks,
    measured_pair,
    n_trained_on,
    unit_ranks,
    weights_in_mean,
)


def test_sources_weigh_the_same_whatever_their_unit_and_number() -> None:
    values = np.array([[1.0, 2.0, 3.0, 4.0]] * 3 + [[400.0, 300.0, 200.0, 100.0]])
    sources = np.array(["a", "a", "a", "b"])
    np.testing.assert_allclose(mean_ranks(unit_ranks(values), sources), 0.5)
    np.testing.assert_allclose(weights_in_mean(sources), [1 / 6, 1 / 6, 1 / 6, 1 / 2])


def test_ranks_lie_between_0_and_1_and_rise_with_the_value() -> None:
    ranks = mean_ranks(unit_ranks(np.array([[-3.0, 10.0, 0.0, 1.0]])), np.array(["a"]))
    np.testing.assert_allclose(ranks, [0.125, 0.875, 0.375, 0.625])


def test_what_is_missing_is_left_out() -> None:
    values = np.array([[1.0, np.nan, 2.0], [1.0, np.nan, np.nan]])
    np.testing.assert_allclose(
        mean_ranks(unit_ranks(values), np.array(["a", "b"])), [(0.25 + 0.5) / 2, np.nan, 0.75]
    )


def test_agreement_aligns_genes_by_entrez() -> None:
    entrez = np.array([10, 20, 30])
    ranks = np.array([0.1, 0.5, 0.9])
    measured = Measured(1, 1, ranks, ranks[None], np.array(["a"]), False)
    table = pd.DataFrame({"entrez": [30, 20, 10], "score": [2.0, 0.0, -1.0]})
    assert agreement(measured, table, entrez) == pytest.approx(1.0)
    assert agreement(measured, table.assign(score=-table["score"]), entrez) == pytest.approx(-1.0)


def test_a_member_counts_where_it_trained_on_both() -> None:
    members = [({"c1", "c2"}, {"l1"}), ({"c1"}, {"l2"}), ({"c2"}, {"l1"})]
    assert n_trained_on(members, "c1", "l1") == 1
    assert n_trained_on(members, "c2", "l1") == 2
    assert n_trained_on(members, "c3", "l1") == 0


def test_pairs_of_the_bundle(bundle: Bundle) -> None:
    found = measured_pair(
        bundle.signatures, bundle.library.find("vemurafenib").ik14, bundle.cells.find("A375").name
    )
    assert found.n_signatures >= found.n_sources >= 1
    assert found.ranks.shape == (len(bundle.genes),)
    imatinib = bundle.library.find("imatinib").ik14
    assert measured_pair(bundle.signatures, imatinib, bundle.cells.find("MCF7").name) is None
