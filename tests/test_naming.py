"""Names are folded to one spelling, and the nearest known ones are found in a fixed order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from badger_core.naming import fold, nearest


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("MDA-MB-231", "mdamb231"),
        ("  mda mb 231 ", "mdamb231"),
        ("Mda_Mb.231", "mdamb231"),
        ("Ménière", "meniere"),
        ("Straße", "strasse"),
        ("(+)-JQ1", "jq1"),
        ("β-estradiol", "estradiol"),
        ("--", ""),
        ("", ""),
    ],
)
def test_fold_by_hand(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_leaves_letters_and_digits_and_folding_again_changes_nothing(text):
    assert re.fullmatch("[a-z0-9]*", fold(text))
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aBc1 -_./é", max_size=12))
def test_case_does_not_matter(text):
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


def test_the_nearest_name_comes_first():
    assert nearest("vemurafinib", ["dabrafenib", "Vemurafenib", "imatinib"])[0] == "Vemurafenib"


def test_nearest_agrees_with_the_indel_similarity():
    known = ["dabrafenib", "vemurafenib", "encorafenib", "sorafenib", "regorafenib"]
    by_hand = sorted(known, key=lambda name: -Indel.normalized_similarity("sorefenib", name))
    assert nearest("sorefenib", known, limit=3) == by_hand[:3]


def test_equal_scores_keep_the_order_of_the_known_names():
    known = ["abcx", "abcy", "abcz"]
    assert nearest("abc", known) == known
    assert nearest("abc", known[::-1]) == known[::-1]


def test_names_that_are_nothing_alike_are_not_suggested():
    assert nearest("qqqq", ["A375", "MCF7"]) == []


def test_no_more_than_the_limit_is_suggested():
    assert len(nearest("abc", ["abc1", "abc2", "abc3"], limit=2)) == 2
