"""What is no structure is refused with a reason and a remedy; no text brings the reader down."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdkit import Chem

from badger_core.chem.molecule import read_molecule
from badger_core.errors import MoleculeError
from badger_core.limits import limits

POLYMER_GROUP = """\
M  STY  1   1 SRU
M  SAL   1  1   1
M  SBL   1  1   1
M  SDI   1  4   -1.0000    0.5000   -1.0000   -0.5000
M  SMT   1 n
"""


def message(text: str) -> str:
    with pytest.raises(MoleculeError) as caught:
        read_molecule(text)
    return str(caught.value)


def test_dative_arrows_are_no_reaction():
    assert "reaction" not in message("N->[Pt](<-N)(Cl)Cl")


def test_size_limit_counts_the_largest_component():
    most = limits().heavy_atoms
    chain = "C" * most
    assert read_molecule(f"{chain}.[Na+].[Cl-]").smiles == chain
    assert f"at most {most}" in message(chain + "C")
    assert f"at most {most}" in message("C." * 2000 + "C")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("CCO(", "'(' is never closed"),
        ("CCO)", "extra close parentheses"),
        ("C1CC", "unclosed ring"),
        ("CC[O", "square brackets"),
        ("CC[Xx]", "Xx is not a chemical element"),
        ("aspirin", "near character 1"),
        ("CC(C)(C)(C)C", "atom 2 (C) has 5 bonds"),
        ("c1cccc1", "[nH]"),
        ("cc", "outside any ring"),
        ("CC>>CCO", "reaction"),
        ("CCO >> CC=O", "reaction"),
        ("CC>O>CCO", "reaction"),
        ("*CC", "R-group or list of elements at atom 1"),
        ("CC[*:1]", "R-group or list of elements at atom 3"),
        ("[R1]CC", "R-group"),
        ("RC(=O)O", "R-group"),
        ("[C;H2]", "SMARTS"),
        ("[C,N]C", "SMARTS"),
        ("C~C", "any order"),
        ("CCO |Sg:n:0,1:n:ht|", "polymer"),
        ("[Na+].[Cl-]", "no carbon"),
        ("O", "no carbon"),
        ("[C+999]", "charge"),
        ("BSYNRYMUTXBXSQ-UHFFFAOYSA-N", "InChIKey"),
        ("InChIKey=BSYNRYMUTXBXSQ-UHFFFAOYSA-N", "InChIKey"),
        ("InChI=1S/C9H8O4/c1-6(10)13", "InChI is damaged"),
        ("InChI=", "InChI is damaged"),
        ("C" * 100_001, "100,001 characters"),
        ("CCO\nCCN", "2 lines"),
        ("CC\u00e9", "\u00e9"),
        ("C\x00C", "\\x00"),
        ("C\ud800", "\\ud800"),
        ("M  END", "MOL block is damaged"),
        ("\n\n\n  0  0  0  0  0  0  0  0  0  0999 V2000\nM  END", "no atoms"),
        ("(C" * 9_000, "never closed"),
    ],
)
def test_what_cannot_be_read_is_explained(text, part):
    said = message(text)
    assert part in said
    assert said.endswith(".")
    assert len(said) < 400


def test_message_shows_the_text_the_reason_and_the_remedy():
    assert message("CCO(") == (
        "'CCO(' is not a structure RDKit can read: a bracket '(' is never closed. "
        "Paste a SMILES such as CC(=O)Oc1ccccc1C(=O)O (aspirin)."
    )
    assert f"'{'C' * 57}...'" in message("C" * 300)


@pytest.mark.parametrize(
    ("symbol", "extra", "part"),
    [
        ("R# ", "M  RGP  1   1   1\n", "R-group"),
        ("A  ", "", "wildcard"),
        ("C  ", POLYMER_GROUP, "polymer"),
    ],
    ids=["R-group", "any atom", "polymer"],
)
def test_mol_blocks_without_one_structure(mol_block, symbol, extra, part):
    block = mol_block("CC").replace(" C  ", f" {symbol}", 1).replace("M  END", f"{extra}M  END")
    assert part in message(block)


@pytest.mark.parametrize(
    ("symbol", "tail", "part"),
    [
        ("[C,N]", "", "list of elements at atom 1"),
        ("C", " HCOUNT=2", "search pattern: atom 1 carries a condition"),
    ],
)
def test_v3000_patterns(mol_block, symbol, tail, part):
    block = Chem.MolToV3KMolBlock(Chem.MolFromMolBlock(mol_block("CC", "pattern")))
    first = next(line for line in block.splitlines() if line.startswith("M  V30 1 C "))
    said = message(block.replace(first, first.replace(" C ", f" {symbol} ") + tail))
    assert said.startswith("'MOL block pattern' ")
    assert part in said


def test_nothing_reaches_the_log(capfd):
    for text in ("CCO(", "c1cccc1", "InChI=1S/zzz", "M  END", "[2H]C.[Na+]"):
        try:
            read_molecule(text)
        except MoleculeError:
            continue
    said = capfd.readouterr()
    assert said.out == said.err == ""


def test_reasons_stay_apart_between_threads():
    texts = ["C1CC", "CC)", "CC(C)(C)(C)C"] * 40
    expected = [message(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(message, texts)) == expected


def read_or_refuse(text: str) -> None:
    try:
        molecule = read_molecule(text)
    except MoleculeError:
        return
    assert read_molecule(molecule.smiles).smiles == molecule.smiles


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text):
    read_or_refuse(text)


@settings(max_examples=250, deadline=None)
@given(st.text(alphabet="CNOSPFlBrcnos()[]=#@+-/\\%.123H*>:$~ ", max_size=25))
def test_any_smiles_like_text_is_read_or_refused(text):
    read_or_refuse(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["M  END", "V2000", "V3000", "InChI=1S/"]))
def test_any_marked_text_is_read_or_refused(text, mark):
    read_or_refuse(mark + text)
    read_or_refuse(f"{text}\n\n\n{mark}")
