"""What speaks for a compound and what against it, each sentence by hand."""

import pandas as pd
import pytest

from badger_core.repurpose.controls import DRUG_FREE, INERT
from badger_core.repurpose.indications import DM, NEW, NOT
from badger_core.repurpose.reasons import reasons

ROW = {
    "score": -0.4,
    "percentile": 99.0,
    "n_lines": 2,
    "agreement": 1.0,
    "promiscuity": 2,
    "of_diseases": 49,
    "known": NEW,
    "known_source": "",
    "control": "",
    "domain_structure": "inside",
    "domain_line": "inside",
}
FREE = ROW | {"percentile": 80.0, "control": DRUG_FREE}


def said(**changes):
    others = [ROW | {"score": 0.2}] * 2  # the sign tells something
    table = pd.DataFrame([ROW | changes, *others, FREE])
    return reasons(table.iloc[0], table)


def test_nothing_speaks_against_a_clean_compound():
    found = said()
    assert not found.against
    assert found.favour[0] == "Reverses more than 99.0% of the library."
    assert "2 of 2 lines agree" in found.favour[1]


@pytest.mark.parametrize(
    ("scores", "side", "words"),
    [
        ((-0.4, -0.6), "favour", "Stronger than the lines' mean response, no drug, in 2 of 2"),
        ((-0.4, -0.1), "against", "Stronger than the lines' mean response, no drug, in 1 of 2"),
    ],
)
def test_agreement_says_nothing_where_the_whole_library_is_below_0(scores, side, words):
    lines = dict(zip(("score_A", "score_B"), scores, strict=True))
    free = FREE | {"score_A": -0.3, "score_B": -0.2}
    table = pd.DataFrame([ROW | lines, *[ROW | {"score_A": -0.1, "score_B": -0.1}] * 9, free])
    found = reasons(table.iloc[0], table)
    assert any(words in text for text in getattr(found, side))
    assert not any("agree in sign" in text for text in (*found.favour, *found.against))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"score": 0.1}, "not predicted to reverse"),
        ({"percentile": 80.0}, "no higher than the lines' mean prediction"),
        ({"n_lines": 1}, "one line only"),
        ({"agreement": 0.5}, "1 of 2 lines agree"),
        ({"promiscuity": 20}, "a good deal of everything"),
        ({"promiscuity": 7}, "more than chance"),
        ({"known": NOT, "known_source": "PharmacotherapyDB NOT"}, "judged to be no indication"),
        ({"control": INERT}, "negative control"),
        ({"domain_structure": "outside"}, "structure lies outside"),
        ({"domain_line": "edge"}, "line lies at the edge"),
    ],
)
def test_each_objection(changes, words):
    assert any(words in text for text in said(**changes).against)


def test_a_known_use_is_no_new_one_and_missing_promiscuity_says_nothing():
    found = said(known=DM, known_source="PharmacotherapyDB DM", promiscuity=float("nan"))
    assert any("no new use" in text for text in found.favour)
    assert not any("diseases" in text for text in (*found.favour, *found.against))


def test_the_first_of_a_list_does_not_reverse_more_than_itself():
    assert said(percentile=100.0).favour[0] == "Reverses more than 99.9% of the library."
