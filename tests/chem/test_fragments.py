"""Fragments: cut by hand, covering every atom once, and always the same."""

import os
import random
import subprocess
import sys

from rdkit import Chem
from rdkit.Chem import BRICS

from badger_core.chem.fragments import brics_fragments
from badger_core.chem.molecule import read_molecule, to_rdkit


def smiles_of(text: str) -> list[str]:
    return [fragment.smiles for fragment in brics_fragments(read_molecule(text))]


def test_aspirin_by_hand(aspirin):
    """Cut beside both carbonyls and at the aryl ether oxygen."""
    assert smiles_of(aspirin.smiles) == ["c1ccccc1", "CC=O", "O=CO", "O"]


def test_repeats_are_listed_once_with_every_place(imatinib):
    fragments = {fragment.smiles: fragment.atoms for fragment in brics_fragments(imatinib)}
    mol = to_rdkit(imatinib)
    assert len(fragments["N"]) == 2
    assert all(mol.GetAtomWithIdx(i).GetSymbol() == "N" for (i,) in fragments["N"])
    assert "*" not in "".join(fragments)


def test_a_molecule_without_cuts_is_its_own_fragment():
    (benzene,) = brics_fragments(read_molecule("c1ccccc1"))
    assert benzene.smiles == "c1ccccc1"
    assert benzene.atoms == ((0, 1, 2, 3, 4, 5),)


def test_a_cut_aromatic_nitrogen_gets_its_hydrogen():
    assert "c1ccc2[nH]ccc2c1" in smiles_of("CCCn1ccc2ccccc21")


def test_a_cut_double_bond_leaves_no_radical():
    for text in ("CCC=CCC", "CC[13CH]=[13CH]CC"):
        for fragment in brics_fragments(read_molecule(text)):
            mol = Chem.MolFromSmiles(fragment.smiles)
            assert not any(atom.GetNumRadicalElectrons() for atom in mol.GetAtoms())


def test_fragments_that_differ_in_stereo_only_are_one():
    fragments = smiles_of("C[C@H](F)C(=O)NCCNC(=O)[C@@H](C)F")
    assert len(fragments) == len(set(fragments))
    assert not any("@" in smiles for smiles in fragments)


def test_occurrences_partition_the_atoms_and_fit_the_cuts(drug_smiles):
    for smiles in (*drug_smiles.values(), "[2H]C([2H])([2H])Oc1ccccc1"):
        molecule = read_molecule(smiles)
        mol = to_rdkit(molecule)
        pieces = [atoms for fragment in brics_fragments(molecule) for atoms in fragment.atoms]
        assert sorted(i for atoms in pieces for i in atoms) == list(range(mol.GetNumAtoms()))
        assert len(pieces) == len(list(BRICS.FindBRICSBonds(mol))) + 1


def test_fragments_are_ordered_by_size_then_smiles(drug_smiles):
    for smiles in drug_smiles.values():
        keys = [
            (-Chem.MolFromSmiles(fragment).GetNumHeavyAtoms(), fragment)
            for fragment in smiles_of(smiles)
        ]
        assert keys == sorted(keys)


def test_pieces_agree_with_rdkit_own_cutting(drug_smiles):
    """BreakBRICSBonds, RDKit's own way, must give the same skeletons once its dummies go."""
    for smiles in drug_smiles.values():
        molecule = read_molecule(smiles)
        broken = BRICS.BreakBRICSBonds(to_rdkit(molecule))
        theirs = sorted(
            sum(atom.GetAtomicNum() > 1 for atom in piece.GetAtoms())
            for piece in Chem.GetMolFrags(broken, asMols=True)
        )
        ours = sorted(
            len(atoms) for fragment in brics_fragments(molecule) for atoms in fragment.atoms
        )
        assert ours == theirs


def test_the_order_of_atoms_does_not_matter(drug_smiles):
    for smiles in drug_smiles.values():
        mol = Chem.MolFromSmiles(smiles)
        order = list(range(mol.GetNumAtoms()))
        random.Random(7).shuffle(order)
        other = Chem.MolToSmiles(Chem.RenumberAtoms(mol, order), canonical=False)
        assert brics_fragments(read_molecule(other)) == brics_fragments(read_molecule(smiles))


def test_the_hash_seed_does_not_matter(imatinib):
    program = (
        "from badger_core.chem.molecule import read_molecule\n"
        "from badger_core.chem.fragments import brics_fragments\n"
        f"print(brics_fragments(read_molecule({imatinib.smiles!r})))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {f"{brics_fragments(imatinib)}\n"}
