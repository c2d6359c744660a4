"""Row by row: a bad one is told, the others go on, duplicates and known ones are marked."""

import pandas as pd
import pytest

from badger_core.chem.batch import batch_table, check
from badger_core.chem.library import CompoundLibrary
from badger_core.chem.molecule import read_molecule
from badger_core.chem.table_file import read_text
from badger_core.schema import COMPOUND_COLUMNS
from tests.chem.conftest import ASPIRIN


@pytest.fixture
def library():
    molecule = read_molecule(ASPIRIN)
    row = dict.fromkeys(COMPOUND_COLUMNS, "") | {
        "ik14": molecule.ik14,
        "inchikey": molecule.inchikey,
        "name": "aspirin",
        "synonyms": ["acetylsalicylic acid"],
        "smiles": molecule.smiles,
        "moa": [],
        "targets": [],
        "target_entrez": [],
        "origin": "hub",
    }
    return CompoundLibrary(pd.DataFrame([row]))


def table(text, library, trained=()):
    return batch_table(check(read_text(text).rows, library), set(trained))


def test_every_kind_of_row(library):
    text = (
        f"name,smiles\na,{ASPIRIN}\nb,C1CC\nc,OC(=O)c1ccccc1OC(C)=O\nd,CCN.Cl\ne,\n"
        "f,CCO>>CC=O\ng,*CC*\nh,aspirin\ni,[Na+].[Cl-]\n"
    )
    found = table(text, library, {"BSYNRYMUTXBXSQ"}).set_index("name")
    assert found["row"].tolist() == list(range(2, 11))
    assert found["verdict"].to_dict() == {
        **dict.fromkeys("ad", "ok"),
        **dict.fromkeys("ch", "duplicate"),
        **dict.fromkeys("befgi", "not read"),
    }
    assert found["duplicate of"].dropna().to_dict() == {"c": 2, "h": 2}
    assert found.loc["d", "removed"] == "Cl"
    assert "Removed as salt" in found.loc["d", "remark"]
    assert found["in library"].to_dict()["a"] == "aspirin"
    assert found["in training"].to_dict()["a"] is True
    assert found["in training"].to_dict()["d"] is False
    for name, said in {"b": "unclosed ring", "e": "missing", "f": "reaction"}.items():
        assert said in found.loc[name, "remark"]
    for name, said in {"g": "wildcard", "i": "no carbon"}.items():
        assert said in found.loc[name, "remark"]


def test_an_unknown_name_is_told_as_a_name(library):
    assert (
        "No compound is called 'aspirine'. Spelt alike (not necessarily the same drug): aspirin."
        in (table("aspirine", library)["remark"].iat[0])
    )
    assert "unclosed ring" in table("C1CC", library)["remark"].iat[0]


def test_progress_is_told(library):
    done = []
    check(read_text("C\nCC\nxx").rows, library, done.append)
    assert done == [1, 2, 3]


def test_training_is_left_out_where_it_is_not_known(library):
    assert "in training" not in batch_table(check(read_text("C").rows, library))


def test_words_of_a_name_are_no_structure_with_a_name(library):
    found = table("foo bar\nacetylsalicylic acid\nCCO drinking alcohol", library)
    assert found["name"].tolist() == ["", "aspirin", "drinking alcohol"]
    assert "No compound is called 'foo bar'" in found["remark"].iat[0]
