"""Reading: what is recognised, and that one molecule always comes out the same."""

import pickle
import random

import pytest
from rdkit import Chem

from badger_core.chem.molecule import read_molecule, to_rdkit


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
