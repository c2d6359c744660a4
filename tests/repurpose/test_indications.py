"""Known uses: real pairs of PharmacotherapyDB and of the Hub."""

import pytest

from badger_core.errors import DiseaseNotFoundError
from badger_core.repurpose.indications import (
    DM,
    HUB,
    NEW,
    NOT,
    SYM,
    UNASKED,
    find_disease,
    known_uses,
)


def uses(bundle, disease, names):
    keys = [bundle.library.find(name).ik14 for name in names]
    return known_uses(keys, bundle.library, bundle.diseases, disease)


def test_known_uses_of_pancreatic_cancer(bundle):
    disease = find_disease(bundle.diseases, "Pancreatic Cancer")
    assert disease.doid == "DOID:1793"
    found = uses(bundle, disease, ["gemcitabine", "octreotide", "aspirin", "streptozotocin"])
    assert found["known"].tolist() == [DM, SYM, NEW, HUB]
    assert "PharmacotherapyDB DM" in found["known_source"][0]
    assert found["known_source"][3] == "Repurposing Hub: pancreatic cancer"


def test_a_judged_non_indication_is_not_called_new(bundle):
    rows = bundle.diseases.indications
    rows = rows[(rows["doid"] == "DOID:10763") & (rows["category"] == "NOT")]
    kinds = rows.groupby("ik14")["category"].count().index.tolist()
    disease = find_disease(bundle.diseases, "hypertension")
    found = known_uses(kinds, bundle.library, bundle.diseases, disease)
    assert NOT in set(found["known"])
    assert NEW not in set(found["known"])


def test_diseases_without_a_signature_can_be_asked(bundle):
    assert find_disease(bundle.diseases, "gout").doid == "DOID:13189"
    assert find_disease(bundle.diseases, "doid:13189").name == "gout"
    with pytest.raises(DiseaseNotFoundError, match="migraine"):
        find_disease(bundle.diseases, "migrane")
    with pytest.raises(DiseaseNotFoundError, match="DOID"):
        find_disease(bundle.diseases, "")


def test_nobody_said_which_disease(bundle):
    assert set(uses(bundle, None, ["aspirin"])["known"]) == {UNASKED}
