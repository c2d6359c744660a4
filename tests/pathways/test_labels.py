"""A compound's label marks the pathways of its targets; no target is no label."""

import numpy as np
import pandas as pd
import pytest

from badger_core.pathways.labels import target_pathways
from badger_core.pathways.sets import PathwaySets


@pytest.fixture
def three_sets() -> PathwaySets:
    return PathwaySets(
        pd.DataFrame(
            {
                "pathway": ["A", "B", "out", "C"],
                "entrez": [[1, 2], [2, 3], [9], [4]],
                "in_vocabulary": [True, True, False, True],
            }
        )
    )


def test_labels_by_hand(three_sets):
    labels = target_pathways({"one": [2], "two": [1, 4], "same": [2, 2]}, three_sets)
    assert labels["one"].tolist() == [True, True, False]
    assert labels["two"].tolist() == [True, False, True]
    assert labels["same"].tolist() == labels["one"].tolist()


def test_a_compound_without_a_target_in_the_vocabulary_has_no_label(three_sets):
    assert target_pathways({"none": [], "outside": [9, 77]}, three_sets) == {}


def test_membership_by_hand(three_sets):
    member = three_sets.membership(np.array([2, 4, 9]))
    assert member.tolist() == [[True, False, False], [True, False, False], [False, True, False]]


def test_vemurafenib_is_labelled_with_pathways_of_braf(bundle, vemurafenib):
    braf = 673
    label = bundle.pathway_labels[vemurafenib.ik14]
    members = bundle.pathways.membership(np.array([braf]))[:, 0]
    assert members.any()
    assert label[members].all()


def test_labels_agree_with_the_long_table_of_the_bundle(bundle):
    table = pd.read_parquet(bundle.root / "compound_pathways.parquet")
    names = bundle.pathways.vocabulary["pathway"].to_numpy()
    of_labels = {
        (key, name) for key, label in bundle.pathway_labels.items() for name in names[label]
    }
    assert of_labels == set(zip(table["ik14"], table["pathway"], strict=True))


def test_every_pathway_names_its_source_and_licence(bundle):
    table = bundle.pathways.table
    assert (table[["source", "licence", "name"]].map(len) > 0).all(axis=None)
    assert table["pathway"].is_unique
