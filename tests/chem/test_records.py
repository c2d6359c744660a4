"""An SD file is cut where its records end."""

from badger_core.chem.molecule import read_molecule
from badger_core.chem.records import sd_records


def test_records_are_mol_blocks_in_their_order(sd_file):
    first, bad, last, *rest = sd_records(sd_file)
    assert read_molecule(first).ik14 == "BSYNRYMUTXBXSQ"
    assert bad.splitlines()[0] == "broken"
    assert read_molecule(last).ik14 == "KTUFNOKKBVMGRW"
    assert not "".join(rest).strip()


def test_a_single_mol_block_is_one_record(mol_block):
    (record,) = sd_records(mol_block("CCO"))
    assert read_molecule(record).smiles == "CCO"
