"""The library makes a molecule of each structure it holds."""

import pytest


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
