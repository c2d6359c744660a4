"""Diseases have one name each where lines are grouped."""

import pandas as pd
import pytest

from badger_core.cells.disease_likeness import APART_COLUMNS, apart, diseases_alike
from badger_core.cells.disease_names import APART, NORMAL, UNKNOWN, grouped_disease


@pytest.mark.parametrize(
    ("disease", "lineage", "cell", "name"),
    [
        ("lymphoma", "", "HBL1", "Lymphoma"),
        ("carcinoma,prostate", "prostate", "LNCAP", "Prostate Cancer"),
        ("carcinoma", "lung", "H1975", "Lung Cancer"),
        ("carcinoma", "breast", "MDAMB435", "Skin Cancer"),
        ("carcinoma", "", "other", UNKNOWN),
        ("Lung Cancer", "Lung", "A549", "Lung Cancer"),
        ("normal primary liver", "liver", "PHH", NORMAL),
        ("Non-Cancerous", "", "", NORMAL),
        ("Unknown", "", "", UNKNOWN),
    ],
)
def test_labels_are_read_as_one(disease, lineage, cell, name):
    lines = pd.DataFrame({"disease": [disease], "lineage": [lineage], "cell": [cell]}, index=[7])
    assert grouped_disease(lines).to_dict() == {7: name}


def test_the_catalogue_has_no_name_twice(bundle):
    names = grouped_disease(bundle.cells.table).unique()
    assert len({name.casefold() for name in names}) == len(names)
    # Whatever is no group apart is one of DepMap's names, which begin with a capital.
    assert all(name[0].isupper() for name in names if name not in APART)


def test_what_is_no_disease_stands_apart():
    lines = pd.DataFrame(
        {
            "display_name": list("abcd"),
            "disease": ["Non-Cancerous", "melanoma", "Skin Cancer", ""],
            "likeness": [0.9, 0.3, 0.5, 0.1],
            "dependent": [""] * 4,
            "n_signatures": [1, 2, 0, 3],
        }
    )
    assert diseases_alike(lines)["disease"].tolist() == ["Skin Cancer"]
    found = apart(lines)
    assert tuple(found.columns) == APART_COLUMNS
    assert found["disease"].tolist() == [NORMAL, UNKNOWN]
    assert found["best"].tolist() == [0.9, 0.1]
