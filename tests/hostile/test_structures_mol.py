"""MOL blocks and SD files with wounds: a bad record is told by its number, the others are read."""

import pandas as pd
import pytest
from hypothesis import given

from badger_core.chem.batch import check
from badger_core.chem.library import CompoundLibrary
from badger_core.chem.molecule import Molecule, read_molecule
from badger_core.chem.table_file import read_file
from badger_core.schema import COMPOUND_COLUMNS
from tests.hostile import structures
from tests.hostile.test_structures_smiles import goes_all_the_way
from tests.hostile.trial import attempt, made_up, refused

NOTHING_KNOWN = CompoundLibrary(pd.DataFrame({column: [] for column in COMPOUND_COLUMNS}))
ASPIRIN, CHIRAL = structures.GOOD[0], structures.GOOD[2]
BLOCK = structures.mol_block(ASPIRIN, "aspirin")


def checked(text: str | bytes, name: str = "mine.sdf") -> list:
    """The rows of a file, each read or told why not."""
    data = text.encode() if isinstance(text, str) else text
    return attempt("SDF", lambda: check(read_file(data, name).rows, NOTHING_KNOWN), name)


@made_up
@given(structures.damaged_lines(structures.BLOCKS))
def test_a_damaged_mol_block(text):
    found = attempt("MOL block", lambda: read_molecule(text))
    if isinstance(found, Molecule):
        attempt("MOL block, all the way", lambda: goes_all_the_way(found))


@made_up
@given(structures.damaged_lines(structures.BLOCKS))
def test_a_damaged_record_leaves_the_next_ones_whole(text):
    rows = checked(f"{text}\n$$$$\n{BLOCK}$$$$\n")
    if isinstance(rows, list):
        assert rows[-1].molecule is not None
        assert rows[-1].name == "aspirin"


@pytest.mark.parametrize(
    "text",
    [
        BLOCK.replace("\n", "\r\n"),
        BLOCK.replace("\n", "\r"),
        "\ufeff" + BLOCK,
        BLOCK.strip(),
        f"{BLOCK}$$$$",
        structures.mol_block(ASPIRIN, "aspirin", v3000=True),
    ],
    ids=["CRLF", "CR", "BOM", "no empty lines", "SDF", "V3000"],
)
def test_what_keeps_the_meaning_keeps_the_molecule(text):
    assert attempt("MOL block", lambda: read_molecule(text)).smiles == ASPIRIN
    assert checked(text)[0].molecule.smiles == ASPIRIN


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "latin-1"])
def test_a_title_in_any_encoding(encoding):
    text = structures.mol_block(ASPIRIN, "café")
    assert checked(text.encode(encoding))[0].name == "café"


def test_stereochemistry_survives_both_formats():
    for v3000 in (False, True):
        text = structures.mol_block(CHIRAL, "captopril", v3000)
        assert attempt("MOL block", lambda t=text: read_molecule(t)).smiles == CHIRAL


def test_bad_records_are_told_by_number_and_the_rest_is_read():
    lines = BLOCK.split("\n")
    bad = {
        2: "\n".join(lines[:9]),
        3: BLOCK.replace(" C  ", " Xx ", 1),
        4: BLOCK.replace(" C  ", " R# ", 1),
        5: "nothing\nof\nthe kind",
        6: BLOCK + BLOCK,
        7: "\n".join([*lines[:3], "  x 13  0", *lines[4:]]),
        8: structures.mol_block("C" * 300),
    }
    blocks = [BLOCK, *bad.values(), BLOCK]
    rows = checked("\n$$$$\n".join(blocks))
    assert [row.number for row in rows if row.molecule is None] == sorted(bad)
    assert "holds 2 molecules" in rows[5].problem
    assert "300 heavy atoms" in rows[7].problem
    assert rows[8].duplicate_of == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("$RXN\n\n\n\n  1  1\n$MOL\n" + BLOCK, "reaction"),
        ("$RDFILE 1\n$DATM\n$RFMT\n$RXN\n" + BLOCK, "reaction"),
        ("@<TRIPOS>MOLECULE\naspirin\n", "MOL2"),
        ("<?xml version='1.0'?><CDXML/>", "XML"),
        ("CCO ethanol\n", "does not look like a MOL or SD file"),
        ("\n\n\n", "is empty"),
    ],
)
def test_other_files_are_named_for_what_they_are(text, said):
    refused("SDF", lambda: read_file(text.encode(), "mine.sdf"), "mine.sdf", said)


def test_a_reaction_that_is_pasted_is_not_read_as_its_first_reactant():
    refused(
        "MOL block", lambda: read_molecule("$RXN\n\n\n\n  1  1\n$MOL\n" + BLOCK), "", "reaction"
    )
