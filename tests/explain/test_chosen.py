"""Only the card decides what a member has not seen."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from badger_core.explain.chosen import never_profiled, shown, unseen_pairs


@pytest.fixture(scope="module")
def members(predictor):
    return predictor.ensemble


@pytest.fixture
def four_compounds():
    rows = [
        ("A", "MCF7", "numeric", "given"),
        ("A", "MCF7", "numeric", "given"),
        ("A", "PC3", "numeric", "given"),
        ("A", "A375", "numeric", "given"),
        ("A", "UNMEASURED", "numeric", "given"),
        ("B", "MCF7", "numeric", "given"),
        ("C", "MCF7", "numeric", "reconstructed"),
        ("D", "MCF7", "gene_set", "given"),
    ]
    table = pd.DataFrame(rows, columns=["ik14", "cell", "kind", "identity"])
    usable = pd.DataFrame({"cell": ["MCF7", "PC3", "A375"]})
    return SimpleNamespace(
        signatures=SimpleNamespace(table=table), cells=SimpleNamespace(usable=usable)
    )


def test_unseen_pairs_by_hand(members, four_compounds):
    card = replace(members[0].card, trained_compounds=("B",))
    found = unseen_pairs(four_compounds, card, 2)
    assert found.to_numpy().tolist() == [["A", "A375"], ["A", "MCF7"]]
    assert unseen_pairs(four_compounds, card, 1).to_numpy().tolist() == [["A", "MCF7"]]


def test_no_member_is_asked_about_a_compound_it_was_trained_on(bundle, members):
    fresh = never_profiled(bundle, members, 50, 88)
    assert len(fresh) == 50
    for member in members:
        unseen = unseen_pairs(bundle, member.card, 1)
        assert len(unseen) > 50
        assert not set(unseen["ik14"]) & set(member.card.trained_compounds)
        assert not set(fresh) & set(member.card.trained_compounds)
    assert not set(fresh) & set(bundle.signatures.table["ik14"])
    known = shown(bundle, members, 50, 88)
    assert set(known) <= set().union(*(m.card.trained_compounds for m in members))
    assert set(fresh) | set(known) <= set(bundle.pathway_labels)


def test_the_choice_depends_on_the_seed_alone(bundle, members):
    one, same, other = (never_profiled(bundle, members, 20, seed) for seed in (88, 88, 89))
    assert one == same
    assert one != other
