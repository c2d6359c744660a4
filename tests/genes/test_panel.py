"""The panel is the 978 landmarks in LINCS order, and everything is aligned to it by name."""

import numpy as np
import pandas as pd
import pytest

from badger_core.errors import GeneError


@pytest.fixture
def panel(bundle):
    return bundle.genes


@pytest.fixture
def shuffled(panel):
    return np.random.default_rng(88).permutation(panel.entrez)


def test_the_panel_holds_978_distinct_genes(panel):
    assert len(panel) == len(set(panel.entrez)) == len(set(panel.symbols)) == 978


def test_the_panel_begins_and_ends_as_the_list_of_lincs(panel):
    assert panel.symbols[:5] == ["DDR1", "PAX8", "RPS5", "ABCF1", "SPAG7"]
    assert panel.entrez[[0, 1, -2, -1]].tolist() == [780, 7849, 57048, 79716]


@pytest.mark.raw
def test_the_panel_is_in_the_order_of_lincs(panel, raw_dir):
    landmarks = pd.read_csv(raw_dir / "l1000" / "landmark_genes.csv")
    assert panel.entrez.tolist() == landmarks["pr_gene_id"].tolist()


def test_index_is_the_position(panel):
    assert all(panel.entrez[position] == gene for gene, position in panel.index.items())


def test_shuffled_columns_come_back_in_panel_order(panel, shuffled):
    values = np.stack([shuffled, 2 * shuffled]).astype(np.float32)  # each gene's value is its id
    assert (panel.align(values, shuffled) == values.dtype.type([[1], [2]]) * panel.entrez).all()


def test_one_row_is_aligned_like_many(panel, shuffled):
    assert (panel.align(shuffled.astype(float), shuffled) == panel.entrez).all()


def test_a_gene_that_is_not_given_becomes_nan_and_a_foreign_one_is_left_out(panel, shuffled):
    given = np.insert(shuffled[1:], 5, 999_999_999)
    aligned = panel.align(given.astype(float), given)
    missing = panel.entrez == shuffled[0]
    assert np.isnan(aligned[missing]).all()
    assert (aligned[~missing] == panel.entrez[~missing]).all()


def test_a_gene_given_twice_is_refused(panel):
    twice = np.append(panel.entrez, panel.entrez[7])
    with pytest.raises(GeneError, match=f"Gene {panel.entrez[7]} stands twice"):
        panel.align(np.zeros(979), twice)


def test_a_foreign_gene_may_stand_twice(panel):
    ids = np.append(panel.entrez, [999_999_999, 999_999_999])
    assert not np.isnan(panel.align(np.zeros(980), ids)).any()
