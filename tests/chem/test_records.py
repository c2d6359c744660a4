"""Many records: a bad one is reported in its place and the others are kept."""

import pytest

from badger_core.chem.records import read_records
from badger_core.errors import MoleculeError


def test_a_bad_record_does_not_lose_the_others(sd_file):
    first, bad, last = read_records(sd_file)
    assert (first.index, bad.index, last.index) == (0, 1, 2)
    assert first.molecule.ik14 == "BSYNRYMUTXBXSQ"
    assert first.error is None
    assert bad.molecule is None
    assert "5 bonds" in bad.error
    assert last.molecule.ik14 == "KTUFNOKKBVMGRW"
    assert [r.name for r in (first, bad, last)] == ["aspirin", "broken", "imatinib"]


def test_a_single_mol_block_is_one_record(mol_block):
    (record,) = read_records(mol_block("CCO"))
    assert record.molecule.smiles == "CCO"
    assert record.molecule.notes == ()


def test_one_smiles_per_line():
    records = read_records("CCO ethanol\n\nC1CC\r\nInChI=1S/CH4/h1H4\n")
    assert [r.molecule and r.molecule.smiles for r in records] == ["CCO", None, "C"]
    assert [r.name for r in records] == ["ethanol", "", ""]
    assert "unclosed ring" in records[1].error


def test_an_empty_file_is_refused():
    with pytest.raises(MoleculeError, match="one SMILES per line"):
        read_records(" \n\n")
