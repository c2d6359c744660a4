"""Sets beside what the drug-free ranking says of them, by hand."""

import pandas as pd
import pytest

from badger_core.pathways.enrichment import enrich
from badger_core.pathways.enrichment_beside import beside, p_words, whatever_words
from tests.pathways.enrichment_case import ranking, sets


def test_a_ranking_beside_itself_is_the_same_whatever_the_drug():
    for method in ("prerank", "ora"):
        found = enrich(ranking(), sets(), method, count=10)
        both = beside(found, found)
        strength = "nes" if method == "prerank" else "ratio"
        assert both[f"drug_free_{strength}"].tolist() == found[strength].tolist()
        assert both["whatever"].tolist() == (found["fdr"] < 0.05).tolist()


def test_the_turned_ranking_shares_no_direction():
    turned = ranking(ranking()["score"].to_numpy()[::-1])
    found = enrich(ranking(), sets(), "prerank")
    both = beside(found, enrich(turned, sets(), "prerank"))
    assert not both["whatever"].any()
    top = both.set_index("pathway").loc["top"]
    assert top["nes"] > 0 > top["drug_free_nes"]
    assert whatever_words(both).startswith("0 of the 2 sets")


def test_rows_meet_by_name_not_by_place():
    found = pd.DataFrame(
        {"pathway": ["a", "b"], "direction": ["up", "down"], "nes": [2.0, -2], "fdr": [0.01, 0.01]}
    )
    free = found.iloc[::-1].assign(fdr=[0.5, 0.001])
    both = beside(found, free)
    assert both["drug_free_nes"].tolist() == [2, -2]
    assert both["whatever"].tolist() == [True, False]
    assert whatever_words(both).startswith("1 of the 2 sets with FDR below 5%")
    assert whatever_words(both.assign(fdr=1.0)) == "None of 2 sets has an FDR below 5%."


@pytest.mark.parametrize(
    ("value", "said"),
    [(3e-7, "< 1e-6"), (0.0, "< 1e-6"), (1e-6, "1e-06"), (0.0213, "0.021"), (float("nan"), "–")],
)
def test_small_p_values_are_not_shown_to_the_last_digit(value, said):
    assert p_words(value) == said
