"""Reading: what is recognised, and that one molecule always comes out the same."""

import pickle
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdkit import Chem

from badger_core.chem.molecule import MAX_HEAVY_ATOMS, read_molecule, to_rdkit
from badger_core.errors import MoleculeError

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


def shuffled(smiles: str, seed: int) -> str:
    mol = Chem.MolFromSmiles(smiles)
    order = list(range(mol.GetNumAtoms()))
    random.Random(seed).shuffle(order)
    return Chem.MolToSmiles(Chem.RenumberAtoms(mol, order), canonical=False)


def test_inchikeys_are_the_published_ones(drug_smiles, drug_keys):
    assert {name: read_molecule(s).inchikey for name, s in drug_smiles.items()} == drug_keys


def test_fields_of_a_plain_drug(aspirin):
    assert aspirin.source == "SMILES"
    assert aspirin.smiles == "CC(=O)Oc1ccccc1C(=O)O"
    assert aspirin.ik14 == "BSYNRYMUTXBXSQ"
    assert aspirin.removed == ()
    assert aspirin.notes == ()


def test_standardising_twice_changes_nothing(drug_smiles):
    for smiles in drug_smiles.values():
        once = read_molecule(smiles)
        twice = read_molecule(once.smiles)
        assert (twice.smiles, twice.inchikey) == (once.smiles, once.inchikey)
        assert twice.removed == twice.notes == ()


def test_the_order_of_atoms_does_not_matter(drug_smiles):
    for smiles in drug_smiles.values():
        for seed in range(3):
            assert read_molecule(shuffled(smiles, seed)).smiles == read_molecule(smiles).smiles


def test_a_molecule_is_a_value(imatinib):
    copy = pickle.loads(pickle.dumps(imatinib))
    assert copy == imatinib
    assert len({copy, imatinib}) == 1
    assert to_rdkit(imatinib).GetNumAtoms() == 37


def test_mesylate_is_stripped(imatinib):
    salt = read_molecule(f"CS(=O)(=O)O.{imatinib.smiles}")
    assert salt.smiles == imatinib.smiles
    assert salt.inchikey == imatinib.inchikey
    assert salt.removed == ("CS(=O)(=O)O",)
    assert any("CS(=O)(=O)O" in note for note in salt.notes)


def test_every_removed_component_is_listed_in_order():
    hydrate = read_molecule("O.[Na+].O.CC(=O)[O-]")
    assert hydrate.smiles == "CC(=O)O"
    assert hydrate.removed == ("O", "O", "[Na+]")


def test_the_organic_part_stays_even_when_it_is_the_smaller():
    assert read_molecule("CO.O=S(=O)(O)OS(=O)(=O)O").smiles == "CO"


def test_a_rival_component_is_pointed_out():
    assert any("similar size" in note for note in read_molecule("CCCCO.CCCN").notes)


@pytest.mark.parametrize(
    ("drawn", "standard"),
    [
        ("[NH3+]CC(=O)[O-]", "NCC(=O)O"),
        ("C[NH2+]C.[Cl-]", "CNC"),
        ("CC(=O)[O-]", "CC(=O)O"),
        ("C[N+](C)(C)C.[Br-]", "C[N+](C)(C)C"),
        ("C[N+](C)(C)CC(=O)[O-]", "C[N+](C)(C)CC(=O)[O-]"),
        ("CN(=O)=O", "C[N+](=O)[O-]"),
        ("[2H]C([2H])([2H])O", "[2H]C([2H])([2H])O"),
        ("C[C@H](N)C(=O)O", "C[C@H](N)C(=O)O"),
        ("Oc1ccccn1", "Oc1ccccn1"),
        ("O=c1cccc[nH]1", "O=c1cccc[nH]1"),
        ("[CH3:1][OH:2]", "CO"),
    ],
    ids=[
        "zwitterion", "ammonium", "carboxylate", "quaternary", "betaine", "nitro", "isotope",
        "stereo", "tautomer enol", "tautomer keto", "atom maps",
    ],
)  # fmt: skip
def test_policy(drawn, standard):
    assert read_molecule(drawn).smiles == standard


def test_neutralising_is_noted():
    assert any("charge" in note for note in read_molecule("[NH3+]CC(=O)[O-]").notes)
    assert read_molecule("NCC(=O)O").notes == ()


def test_inchi():
    text = "InChI=1S/C9H8O4/c1-6(10)13-8-5-3-2-4-7(8)9(11)12/h2-5H,1H3,(H,11,12)"
    molecule = read_molecule(f"  {text}\n")
    assert molecule.source == "InChI"
    assert molecule.inchikey == "BSYNRYMUTXBXSQ-UHFFFAOYSA-N"


def test_mol_block(mol_block, aspirin):
    block = mol_block(aspirin.smiles, "aspirin")
    molecule = read_molecule(block)
    assert molecule.source == "MOL block"
    assert molecule.original_smiles == aspirin.smiles
    assert molecule.smiles == aspirin.smiles


def test_mol_block_that_lost_its_empty_lines_or_has_windows_ends(mol_block, aspirin):
    block = mol_block(aspirin.smiles)
    for text in (block.strip(), block.replace("\n", "\r\n"), "\n\n\n" + block):
        assert read_molecule(text).smiles == aspirin.smiles


def test_mol_block_keeps_wedges(mol_block):
    smiles = "C[C@H](N)C(=O)O"
    assert read_molecule(mol_block(smiles)).smiles == smiles
    v3000 = Chem.MolToV3KMolBlock(Chem.MolFromMolBlock(mol_block(smiles)))
    assert read_molecule(v3000).smiles == smiles


def test_first_record_of_an_sd_file_is_read_and_noted(sd_file, aspirin):
    molecule = read_molecule(sd_file)
    assert molecule.smiles == aspirin.smiles
    assert "first of 3" in molecule.notes[0]


def test_a_name_after_the_smiles_is_noted():
    molecule = read_molecule("CCO\tethyl alcohol")
    assert molecule.smiles == molecule.original_smiles == "CCO"
    assert "ethyl alcohol" in molecule.notes[0]


def test_dative_arrows_are_no_reaction():
    assert "reaction" not in message("N->[Pt](<-N)(Cl)Cl")


def test_size_limit_counts_the_largest_component():
    chain = "C" * MAX_HEAVY_ATOMS
    assert read_molecule(f"{chain}.[Na+].[Cl-]").smiles == chain
    assert f"at most {MAX_HEAVY_ATOMS}" in message(chain + "C")
    assert f"at most {MAX_HEAVY_ATOMS}" in message("C." * 2000 + "C")


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
        ("(C" * 30_000, "never closed"),
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


def test_metals_are_told_and_ordinary_counter_ions_are_salts():
    found = read_molecule("N[Pt]1(N)OC(=O)C2(CCC2)C(=O)O1")
    assert found.lost == ("Pt",)
    assert "platinum (Pt), which the model cannot read" in found.warnings[0]
    assert not any("Removed" in note and "Pt" in note for note in found.notes)
    salt = read_molecule("CC(=O)[O-].[Na+]")
    assert salt.lost == salt.warnings == ()
    assert read_molecule("OB(O)c1ccccc1").lost == ()


def test_a_mixture_is_a_warning():
    found = read_molecule("CC(=O)Oc1ccccc1C(=O)O.Cn1c(=O)c2c(ncn2C)n(C)c1=O")
    assert len(found.warnings) == 1
    assert "of similar size" in found.warnings[0]
    assert set(found.warnings) < set(found.notes)
