"""The Hub's words for diseases: all are the Hub's own, and only cautious ones count."""

from badger_core.diseases.hub_terms import SAME_OR_KIND, WIDER, hub_terms, terms


def vocabulary(bundle):
    return {term for text in bundle.library.hub["indication"] for term in terms(text)}


def test_every_term_of_the_tables_is_in_the_hub_and_every_disease_in_the_bundle(bundle):
    known, doids = vocabulary(bundle), set(bundle.diseases.names["doid"])
    for table in (SAME_OR_KIND, WIDER):
        for doid, words in table.items():
            assert doid in doids
            assert set(words) <= known, doid
    for doid in SAME_OR_KIND.keys() & WIDER.keys():
        assert not set(SAME_OR_KIND[doid]) & set(WIDER[doid])


def test_names_match_without_case_and_short_forms():
    known = ["Parkinson's Disease", "ovarian cancer", "asthma", "primary ovarian cancer (X)"]
    assert hub_terms("", "Parkinson's disease", known).counted == ("Parkinson's Disease",)
    assert hub_terms("", "Ovarian cancer", known).counted == ("ovarian cancer",)
    assert hub_terms("", "gout", known) == ((), ())
    assert hub_terms("x", "amyotrophic lateral sclerosis", ["amyotrophic lateral sclerosis (ALS)"])


def test_wider_terms_are_told_and_do_not_count(bundle):
    found = hub_terms("DOID:9352", "type 2 diabetes mellitus", vocabulary(bundle))
    assert found.counted == ()
    assert found.wider == ("diabetes mellitus",)


def test_terms_are_divided():
    assert terms("a|b | c") == ("a", "b", "c")
    assert terms("") == ()
