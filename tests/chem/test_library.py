"""The library makes a molecule of each structure it holds."""

import pandas as pd
import pytest

from badger_core.chem.library import CompoundLibrary


def test_molecules_come_sorted_once_each_and_in_their_standard_form(bundle, imatinib, caffeine):
    keys = [imatinib.ik14, caffeine.ik14, imatinib.ik14]
    found = bundle.library.molecules(keys)
    assert list(found) == sorted({imatinib.ik14, caffeine.ik14})
    assert found[imatinib.ik14] == imatinib
    assert found[caffeine.ik14].smiles == bundle.library.by_structure(caffeine.ik14).smiles
    assert bundle.library.molecules([]) == {}


def test_a_structure_that_the_library_does_not_hold_is_refused(bundle):
    with pytest.raises(KeyError, match="NOSUCHKEY"):
        bundle.library.molecules(["NOSUCHKEY"])


@pytest.fixture
def named():
    """Two compounds, and names that another source has for them."""
    columns = ("ik14", "inchikey", "name", "synonyms", "origin")
    rows = [("AA", "AA-X-N", "alpha", ["first"], "hub"), ("BB", "BB-X-N", "beta", [], "hub")]
    other = [("BB", "Be 1", "List"), ("BB", "first", "List"), ("CC", "nobody", "List")]
    return CompoundLibrary(
        pd.DataFrame(rows, columns=columns), pd.DataFrame(other, columns=["ik14", "name", "source"])
    )


def test_a_name_of_another_source_counts_where_the_library_has_none(named):
    assert named._names["be1"] == 1
    assert named.name_source("BE-1") == "List"
    assert named._names["first"] == 0
    assert named.name_source("first") == named.name_source("alpha") == ""
    assert not named.knows("nobody")
    assert named.name_source("nobody") == ""
    assert named.sourced_names("BB") == ["Be 1 (List)", "first (List)"]
    assert named.sourced_names("AA") == []


def test_a_library_without_such_names_is_as_before(named):
    plain = CompoundLibrary(named.table)
    assert not plain.knows("be1")
    assert plain.knows("beta")
    assert plain.sourced_names("BB") == []


@pytest.mark.parametrize(
    ("name", "generic"),
    [("ABT-199", "venetoclax"), ("Rapamycin", "sirolimus"), ("db00190", "carbidopa")],
)
def test_the_library_finds_such_names(bundle, name, generic):
    assert bundle.library.find(name).name == generic
