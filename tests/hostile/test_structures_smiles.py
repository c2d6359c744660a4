"""One SMILES or InChI, whatever it is: read in bounded time, or refused in words."""

import time

import pytest
from hypothesis import given

from badger_core.chem.conformer import conformer
from badger_core.chem.draw import structure_svg
from badger_core.chem.fingerprint import fragment_bits, morgan_bits
from badger_core.chem.graph import molecular_graph
from badger_core.chem.library import CompoundLibrary
from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.chem.parsing import is_smiles_of_letters
from badger_core.chem.salts import without_salt
from tests.hostile import structures
from tests.hostile.trial import attempt, made_up, refused


def goes_all_the_way(molecule: Molecule) -> None:
    """What the app does with a compound before the network sees it."""
    assert read_molecule(molecule.smiles).ik14
    assert fragment_bits(molecule).shape[1] == morgan_bits(molecule.smiles).size
    assert len(molecular_graph(molecule).atoms)
    assert "<svg" in structure_svg(molecule, 300, 180)


@made_up
@given(structures.damaged(structures.SMILES))
def test_a_damaged_smiles(text):
    found = attempt("SMILES", lambda: read_molecule(text))
    if isinstance(found, Molecule):
        attempt("SMILES, all the way", lambda: goes_all_the_way(found))


@made_up
@given(structures.damaged(structures.INCHIS, "0123456789-,()/;*+.?hHcCbtmsiqpNOSFB"))
def test_a_damaged_inchi(text):
    found = attempt("InChI", lambda: read_molecule(text))
    if isinstance(found, Molecule):
        attempt("InChI, all the way", lambda: goes_all_the_way(found))


@pytest.mark.parametrize(("text", "said"), structures.giants().values(), ids=structures.giants())
def test_giants_are_refused_in_bounded_time(text, said):
    refused("giants", lambda: read_molecule(text), "", said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\ufeff \u200b", "is empty"),
        ("\u0421CO", "cyrillic capital letter es"),
        ("C\u200bC", "zero width space"),
        ("CC\u202eO", "right-to-left override"),
        ("CC\u2212O", "minus sign"),
        ("\uff23\uff23\uff2f", "fullwidth latin capital letter c"),
        ("CC\U0001f9ea", "test tube"),
        ("C\x00C", "'\\x00'"),
        ("=cmd|' /C calc'!A0", "not a structure"),
        ("<script>alert(1)</script>", "reaction"),
        ("CCO>>CC=O", "reaction"),
        ("$RXN\n\n\n\n  1  1\n$MOL\nM  END", "reaction file"),
        ("[#6]~[#7]", "search pattern"),
        ("[C;H2]", "SMARTS"),
        ("[R1]CCO", "R-group"),
        ("*CC*", "attachment point"),
        ("CCO |$R1;;$,Sg:n:0,1:n:ht|", "polymer"),
        ("CC(C)(C)(C)C", "5 bonds"),
        ("[Cl-].[Na+]", "no carbon"),
        ("N[Pt](N)(Cl)Cl", "no carbon"),
        ("BSYNRYMUTXBXSQ-UHFFFAOYSA-N", "InChIKey"),
        ("InChI=1S/C9H8O4/c1-6(10)13-8-5-3-2-4-7(8)9(11)12", "damaged or cut short"),
        ("InChI=1S/C9H8O4/c1-6(10)13-8-5-3-2-4-7(8)9(11)12/h2-5H", "damaged or cut short"),
        ("InChI=1S/p+1", "damaged or cut short"),
        ("Aspirin, 100 mg", "not a structure"),
    ],
)
def test_what_is_no_molecule_is_named(text, said):
    refused("SMILES", lambda: read_molecule(text), "", said)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffCCO",
        "CCO\u200b",
        "\u200eCCO\u200f",
        "\u00a0CCO\r\n",
        "InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3",
    ],
)
def test_marks_that_copying_leaves_change_nothing(text):
    assert attempt("SMILES", lambda: read_molecule(text)).smiles == "CCO"


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("[CH-]1C=CC=C1.[CH-]1C=CC=C1.[Fe+2]", "Fe"),
        ("[Fe]12345678(C9=C1C2=C3[C-]49)C1=C5[C-]6C7=C81", "Fe"),
        ("C[N]1(C)[Pt](Cl)(Cl)[N](C)(C)CC1", "Pt"),
        ("C1CN->[Pt+2]<-N1.[Cl-].[Cl-]", "Pt"),
    ],
)
def test_a_metal_is_told_and_never_left_out_in_silence(text, element):
    found = attempt("organometallics", lambda: read_molecule(text))
    if isinstance(found, Molecule):
        assert element in found.smiles or (found.lost == (element,) and found.warnings)


def test_a_forgotten_hydrogen_is_a_warning():
    assert "unpaired electrons" in attempt("SMILES", lambda: read_molecule("C[C]O")).warnings[0]
    assert attempt("SMILES", lambda: read_molecule("C[CH2]O")).warnings == ()


def test_an_inchi_with_less_stereochemistry_than_given_is_told():
    whole = "InChI=1S/C3H7NO2/c1-2(4)3(5)6/h2H,4H2,1H3,(H,5,6)/t2-/m0/s1"
    assert attempt("InChI", lambda: read_molecule(whole)).notes == ()
    cut = whole.removesuffix("/s1")
    assert "may be cut short" in attempt("InChI", lambda: read_molecule(cut)).notes[0]


@pytest.mark.parametrize("text", [structures.C60, "C1CC2C1C1C2C2C1C1C2C2C1C1C2CC1"], ids=len)
def test_a_shape_that_is_not_found_ends_in_time(text, monkeypatch):
    monkeypatch.setenv("BADGER_MAX_STRUCTURE_S", "2")
    conformer_limits = conformer.__globals__["limits"]
    conformer_limits.cache_clear()
    try:
        molecule = read_molecule(text)
        begun = time.monotonic()
        attempt("shapes in space", lambda: conformer(molecule))
        assert time.monotonic() - begun < 30
    finally:
        monkeypatch.undo()
        conformer_limits.cache_clear()


def test_long_texts_are_no_names():
    assert is_smiles_of_letters("C" * 90_000)
    assert attempt("names", lambda: without_salt("sodium " * 50_000, lambda _: False)) is None
    assert CompoundLibrary.spelt_alike(None, "imatinib" * 1000) == []
