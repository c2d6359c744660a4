"""Diseases are found in any spelling."""

import pytest

from badger_core.errors import DiseaseNotFoundError


@pytest.mark.parametrize(
    "text", ["pancreatic cancer", " Pancreatic-Cancer", "DOID:1793", "doid_1793"]
)
def test_a_disease_is_found(bundle, text):
    assert bundle.diseases.find(text) == "DOID:1793"


def test_an_unknown_disease_has_neighbours(bundle):
    with pytest.raises(DiseaseNotFoundError, match="Did you mean pancreatic cancer") as caught:
        bundle.diseases.find("pancreas cancer")
    assert caught.value.suggestions[0] == "pancreatic cancer"
    for text in ("", "zzzzqqqq"):
        with pytest.raises(DiseaseNotFoundError):
            bundle.diseases.find(text)


def test_names(bundle):
    assert bundle.diseases.name_of("DOID:1793") == "pancreatic cancer"
    assert bundle.diseases.name_of("DOID:0") == "DOID:0"
