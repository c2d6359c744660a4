"""Collections are cut to the ranked genes, and a wrong one is refused."""

import numpy as np
import pytest

from badger_core.errors import SettingError
from badger_core.pathways.enrichment_sets import COLLECTIONS, SET_COLUMNS, choose_sets


@pytest.mark.parametrize("collection", [*COLLECTIONS, "all"])
def test_every_collection_holds_landmarks_only(bundle, collection):
    found = choose_sets(bundle.pathways.table, bundle.genes.entrez, collection)
    assert tuple(found.columns) == SET_COLUMNS
    assert found["size"].between(5, 200).all()
    panel = set(bundle.genes.entrez.tolist())
    for row in found.itertuples():
        assert len(row.entrez) == len(set(row.entrez)) == row.size
        assert set(row.entrez) <= panel
    if collection != "all":
        assert set(found["source"]) == {COLLECTIONS[collection]}


def test_all_is_the_sum_of_the_collections(bundle):
    table, entrez = bundle.pathways.table, bundle.genes.entrez
    parts = sum(len(choose_sets(table, entrez, name)) for name in COLLECTIONS)
    assert parts == len(choose_sets(table, entrez))


def test_sizes_count_the_background_only(bundle):
    hallmark = bundle.pathways.table.set_index("pathway")["entrez"]["HALLMARK_G2M_CHECKPOINT"]
    few = np.array(hallmark[:7])
    found = choose_sets(bundle.pathways.table, few, "hallmark", 7, 7)
    assert "HALLMARK_G2M_CHECKPOINT" in set(found["pathway"])
    assert sorted(found["entrez"].iat[0]) == sorted(few.tolist())


def test_pages_are_secure_or_none(bundle):
    urls = choose_sets(bundle.pathways.table, bundle.genes.entrez)["url"]
    assert all(url == "" or url.startswith("https://") for url in urls)


def test_unknown_and_empty_collections_are_refused(bundle):
    table, entrez = bundle.pathways.table, bundle.genes.entrez
    with pytest.raises(SettingError, match=r"no collection 'kegg'\. Choose among hallmark"):
        choose_sets(table, entrez, "kegg")
    with pytest.raises(SettingError, match="No set of 'pid' has 150 to 200"):
        choose_sets(table, entrez, "pid", 150)
