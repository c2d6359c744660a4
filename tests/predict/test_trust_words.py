"""Words of trust: every badge has one, and what was taught is told apart from what was measured."""

from types import SimpleNamespace

import pytest

from badger_core.predict.familiarity import BADGES
from badger_core.predict.trust_words import (
    SEEN,
    TAUGHT,
    ceiling_words,
    domain_words,
    n_taught,
    seen_words,
)


def test_every_badge_is_explained():
    assert set(SEEN) == set(BADGES.values())


@pytest.mark.parametrize("badge", sorted(SEEN))
def test_taught_targets_are_told_only_of_compounds_without_expression(badge):
    taught, plain = seen_words(badge, 0, 5), seen_words(badge, 0, 0)
    assert (TAUGHT in taught) == badge.startswith("unseen compound")
    assert TAUGHT not in plain
    assert plain.rstrip(".") == plain[:-1]


def test_a_pair_that_was_measured_but_not_trained_on_says_so():
    assert "no member of the model trained on it" in seen_words("unseen pair", 3, 0)


def test_members_that_were_taught_are_counted():
    cards = [
        SimpleNamespace(trained_compounds=("A",), taught_compounds=("B",)),
        SimpleNamespace(trained_compounds=("B",), taught_compounds=("B",)),
    ]
    assert [n_taught(cards, key) for key in "ABC"] == [0, 1, 0]


def test_the_worst_domain_speaks():
    assert domain_words({"compound": "inside", "line": "inside"}) == "Inside the domain"
    found = domain_words({"compound": "outside", "line": "edge"})
    assert found == "Outside the domain, by compound"
    assert domain_words({"compound": "edge", "line": "edge"}) == "At the edge of the domain"


def test_the_ceiling_is_a_sentence():
    assert ceiling_words(17, 0.45, 0.96, own=True) == (
        "The 17 signatures agree with each other at 0.45, so no predictor can be expected above "
        "about 0.96"
    )
    assert ceiling_words(1, 0.3, 0.6, own=False).startswith("Two such measurements agree")
