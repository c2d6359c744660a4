"""Search by hand on a small library, and on the bundle within its time."""

import time

import pandas as pd
import pytest

from badger_core.chem.search import FACETS, CompoundSearch, Filters
from badger_core.data.bundle import Bundle


def row(name, synonyms=(), moa=(), targets=(), phase="", area="", indication="", **other):
    return {
        "name": name,
        "synonyms": list(synonyms),
        "inchikey": f"KEY{name.upper()}",
        "moa": list(moa),
        "targets": list(targets),
        "phase": phase,
        "disease_area": area,
        "indication": indication,
        "origin": "hub",
        "n_signatures": 0,
        **other,
    }


@pytest.fixture
def search():
    return CompoundSearch(
        pd.DataFrame(
            [
                row("vemurafenib", ["PLX-4032"], ["RAF inhibitor"], ["BRAF"], "Launched"),
                row("BRAF-blocker", [], ["kinase inhibitor"], ["RAF1"], "Phase 1"),
                row("abecarnil", [], [], [], "Phase 2", "neurology|oncology", "pain|gout"),
                row("aspirin", ["acetylsalicylic acid"], ["COX inhibitor"], n_signatures=3),
                row("raffinose", origin="lincs"),
            ]
        )
    )


def names(search, *arguments):
    return search.table["name"].iloc[search.find(*arguments).rows].tolist()


def test_without_a_query_all_come_by_the_alphabet(search):
    assert names(search) == ["abecarnil", "aspirin", "BRAF-blocker", "vemurafenib"]
    assert set(search.find().why) == {""}


@pytest.mark.parametrize(
    ("query", "first", "why"),
    [
        ("Vemurafenib", "vemurafenib", "name"),
        ("plx 4032", "vemurafenib", "synonym or id"),
        ("keyaspirin", "aspirin", "synonym or id"),
        ("acetylsal", "aspirin", "synonym or id"),
        ("cox inh", "aspirin", "mechanism"),
        ("RAF1", "BRAF-blocker", "target"),
        ("vemurafnib", "vemurafenib", "similar spelling"),
    ],
)
def test_what_matched_is_told(search, query, first, why):
    found = search.find(query)
    assert search.table["name"].iloc[found.rows[0]] == first
    assert found.why[0] == why


def test_names_come_before_targets_before_mechanisms(search):
    assert names(search, "braf") == ["BRAF-blocker", "vemurafenib"]
    assert names(search, "raf") == ["BRAF-blocker", "vemurafenib"]
    assert names(search, "raf", Filters(hub_only=False))[0] == "raffinose"


@pytest.mark.parametrize("query", ["zzzzzzzz", "()[]="])
def test_nothing_is_found_where_nothing_is(search, query):
    assert len(search.find(query).rows) == 0


def test_facets_narrow_and_their_values_widen(search):
    launched = Filters({"phase": ("Launched",)})
    assert names(search, "", launched) == ["vemurafenib"]
    assert names(search, "", Filters({"phase": ("Launched", "Phase 1")})) == [
        "BRAF-blocker",
        "vemurafenib",
    ]
    assert names(search, "", Filters({"phase": ("Launched",), "targets": ("RAF1",)})) == []
    assert names(search, "", Filters({"disease_area": ("oncology",)})) == ["abecarnil"]
    assert names(search, "", Filters(measured=True)) == ["aspirin"]
    assert names(search, "", Filters({"moa": ("no such",)})) == []


def test_options_are_counted(search):
    assert set(search.options) == set(FACETS)
    assert search.options["phase"] == {"Launched": 1, "Phase 1": 1, "Phase 2": 1}
    assert list(search.options["indication"]) == ["gout", "pain"]


def test_the_bundle_is_searched_within_a_fifth_of_a_second():
    search = CompoundSearch(Bundle().library.table)
    search.find("warm up"), search.options
    for query in ("", "vemurafenib", "hdac", "vemurafnibb"):
        start = time.process_time()  # other programs on the machine do not count
        found = search.find(query, Filters(hub_only=False))
        assert time.process_time() - start < 0.2
        assert len(found.rows)


def test_names_of_other_sources_are_searched_and_their_source_is_told(search):
    table = search.table.assign(ik14=[f"K{i}" for i in range(len(search.table))])
    names = pd.DataFrame({"ik14": ["K3", "K9"], "name": ["ASA 100", "ASA 100"], "source": "CTRP"})
    named = CompoundSearch(table, names)
    for query in ("asa-100", "ASA"):
        found = named.find(query)
        assert table["name"].iloc[found.rows].tolist() == ["aspirin"]
        assert found.why == ("a name in CTRP",)
    assert len(search.find("asa-100").rows) == 0
