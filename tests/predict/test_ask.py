"""What a person types is understood, or answered with what to type instead."""

import pytest

from badger_core.errors import CellNotFoundError, CompoundNotFoundError, MoleculeError
from badger_core.predict.ask import read_cell, read_compound

VEMURAFENIB = "CCCS(=O)(=O)Nc1ccc(F)c(C(=O)c2c[nH]c3ncc(-c4ccc(Cl)cc4)cc23)c1F"
INCHIKEY = "GPXBXXGIAQBQNI-UHFFFAOYSA-N"
INCHI = (
    "InChI=1S/C23H18ClF2N3O3S/c1-2-9-33(31,32)29-19-8-7-18(25)20(21(19)26)22(30)17-12-28-23-16(17)"
    "10-14(11-27-23)13-3-5-15(24)6-4-13/h3-8,10-12,29H,2,9H2,1H3,(H,27,28)"
)


@pytest.fixture
def library(bundle):
    return bundle.library


@pytest.mark.parametrize(
    "text",
    [
        "vemurafenib",
        "VEMURAFENIB ",
        "DB08881",
        "BRD-K56343971",
        INCHIKEY,
        VEMURAFENIB,
        "Clc1ccc(cc1)-c1cnc2[nH]cc(C(=O)c3c(F)ccc(NS(=O)(=O)CCC)c3F)c2c1",
        INCHI,
        VEMURAFENIB + ".Cl",
    ],
    ids=[
        "name",
        "case",
        "DrugBank id",
        "Broad id",
        "InChIKey",
        "SMILES",
        "other SMILES",
        "InChI",
        "salt",
    ],
)
def test_one_compound_is_understood_however_it_is_given(library, text):
    asked = read_compound(library, text)
    assert asked.name == "vemurafenib"
    assert asked.molecule.inchikey == INCHIKEY
    assert asked.compound.ik14 == INCHIKEY[:14]
    assert asked.text == text.strip()


def test_a_name_wins_over_a_structure_that_is_written_the_same(library):
    """Every name in the Hub is read as that name, even where it could be read as SMILES."""
    for name, key in library.hub[["name", "ik14"]].sample(100, random_state=88).itertuples(False):
        assert read_compound(library, name).compound.ik14 == key


def test_no_structure_in_the_library_is_taken_for_the_name_of_another(library):
    for smiles, key in library.table[["smiles", "ik14"]].itertuples(index=False):
        assert not library.knows(smiles) or library.find(smiles).ik14 == key


def test_a_molecule_that_was_never_made_is_understood_without_an_entry(library):
    asked = read_compound(library, "CC(C)(C)c1ccc(NC(=O)CCC2CCN(c3ncccn3)CC2)cc1F")
    assert asked.compound is None
    assert asked.name == asked.molecule.ik14
    assert len(asked.name) == 14


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("vemurafinib", "vemurafenib"), ("imatinab", "imatinib"), ("Vorinostatt", "vorinostat")],
)
def test_a_misspelt_name_comes_with_suggestions(library, typed, meant):
    with pytest.raises(CompoundNotFoundError, match="Spelt alike") as error:
        read_compound(library, typed)
    assert error.value.suggestions[0] == meant


@pytest.mark.parametrize(
    "text", ["CC(C", "C1CC", "c1ccccc1(", "C(C)(C)(C)(C)C", "InChI=1S/nonsense", ""]
)
def test_what_is_written_like_a_structure_and_is_none_is_refused_as_one(library, text):
    with pytest.raises(MoleculeError) as error:
        read_compound(library, text)
    assert text[:10] in str(error.value)


def test_an_inchikey_that_is_not_in_the_library_is_no_structure(library):
    with pytest.raises(CompoundNotFoundError):
        read_compound(library, "AAAAAAAAAAAAAA-UHFFFAOYSA-N")


def test_a_line_by_any_of_its_names(bundle):
    for text in ("A375", "a-375", "ACH-000219", "CVCL_0132"):
        assert read_cell(bundle.cells, text).name == "A375"


def test_a_line_of_the_other_platform_can_be_asked_for(bundle):
    line = read_cell(bundle.cells, "SK-MEL-28")
    assert line.platform == "NCI-60 microarray"
    assert line.basal is not None


def test_a_known_line_without_expression_comes_with_others_of_its_disease(bundle):
    with pytest.raises(
        CellNotFoundError, match="its basal expression is not in the bundle"
    ) as error:
        read_cell(bundle.cells, "HCC-15")
    table = bundle.cells.table.set_index("cell")
    assert 0 < len(error.value.suggestions) <= 5
    for name in error.value.suggestions:
        assert table.at[name, "disease"] == table.at["HCC15", "disease"]
        assert read_cell(bundle.cells, name).basal is not None


def test_an_unknown_line_comes_with_suggestions(bundle):
    with pytest.raises(CellNotFoundError) as error:
        read_cell(bundle.cells, "A-357")
    assert "A375" in error.value.suggestions


def test_a_metal_of_the_source_is_told(library, predictor):
    asked = read_compound(library, "carboplatin")
    said = "Carboplatin holds platinum (Pt), which the model cannot read"
    assert asked.molecule.lost == ("Pt",)
    assert said in asked.molecule.warnings[0]
    manifest = predictor.ask("carboplatin", "A375").manifest["compound"]
    assert said in manifest["notes"][0]
    assert manifest["not_read"] == ["Pt"]
    assert read_compound(library, "imatinib").molecule.lost == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [("imatinib mesylate", "imatinib"), ("Diclofenac Sodium", "diclofenac")],
)
def test_a_salt_word_is_left_out_and_told(library, text, name):
    asked = read_compound(library, text)
    assert asked.name == name
    assert "was taken for a salt" in asked.molecule.notes[0]


@pytest.mark.parametrize("text", ["taxol", "velcade"])
def test_another_drug_is_not_offered(library, text):
    with pytest.raises(CompoundNotFoundError) as error:
        read_compound(library, text)
    assert error.value.suggestions == ()


@pytest.mark.parametrize("text", ["50-35-1", "CHEMBL941", "PS-341"])
def test_an_id_of_another_kind_is_no_broken_structure(library, text):
    with pytest.raises(CompoundNotFoundError, match="ChEMBL ids are not known here"):
        read_compound(library, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("C" * 400, "400 heavy atoms"),
        ("O", "no carbon atom"),
        ("*CC*", "open attachment point"),
        ("ACDEFGHIKL", "sequences are not read"),
    ],
)
def test_what_is_a_structure_or_sequence_is_told_as_one(library, text, said):
    with pytest.raises(MoleculeError, match=said):
        read_compound(library, text)


def test_a_name_of_another_source_is_told_with_its_source(library, predictor):
    asked = read_compound(library, "ABT-199")
    assert asked.name == "venetoclax"
    said = "'ABT-199' stands for venetoclax in CTRP v2."
    assert asked.molecule.notes[0] == said
    assert said not in read_compound(library, "venetoclax").molecule.notes
    assert (
        predictor.rank(asked, read_cell(predictor.bundle.cells, "A375")).manifest["compound"][
            "notes"
        ][0]
        == said
    )
