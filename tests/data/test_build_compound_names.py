"""Names of other sources: which enter the table, and that the committed one is what is built."""

import gzip

import pandas as pd
import pytest

from badger_core import schema
from badger_core.chem.molecule import read_molecule
from badger_core.data.build.compound_names import (
    CTRP,
    DRUGBANK,
    MEASURED,
    compound_name_table,
    each_name,
)
from badger_core.data.raw import RawData
from badger_core.naming import fold

ETHANOL, ACETONE = "CCO", "CC(C)=O"
CTRP_ROWS = [
    ("spirit", ETHANOL),
    ("NSC 74859", ETHANOL),  # though NSC is a SMILES
    ("BRD-K12345678", ETHANOL),  # a mere id
    ("Ethanol", ETHANOL),  # known
    ("CCC", ETHANOL),  # a SMILES
    ("twofold", ETHANOL),  # two structures
    ("two-fold", ACETONE),
    ("unknown structure", "CCCCCCN"),
    ("unreadable", "C1CC"),
    ("drug:other", ""),
]
MEASURED_ROWS = [
    ("Propanone (DMK-100, NSC 135802)", ACETONE, "given"),
    ("Spirit", ETHANOL, "given"),  # CTRP has it
    ("guess", ACETONE, "reconstructed"),
    ("TSG_7", ACETONE, "given"),
    ("2-oxo,1,3-thing", ACETONE, "given"),
    ("ent-acetone", ACETONE, "given"),
    (None, ACETONE, "given"),
]


@pytest.fixture
def compounds():
    rows = []
    for name, smiles in (("ethanol", ETHANOL), ("acetone", ACETONE)):
        molecule = read_molecule(smiles)
        row = dict.fromkeys(schema.COMPOUND_COLUMNS, "")
        row |= {"ik14": molecule.ik14, "inchikey": molecule.inchikey, "name": name}
        rows.append(row | {"smiles": smiles, "synonyms": ["DB00001"] if name == "ethanol" else []})
    return pd.DataFrame(rows)


@pytest.fixture
def raw(tmp_path):
    (tmp_path / "response").mkdir()
    (tmp_path / "l1000").mkdir()
    ctrp = pd.DataFrame(CTRP_ROWS, columns=["Drug", "SMILES"])
    ctrp.to_csv(tmp_path / "response" / "ctrp_drug2smiles.csv")
    meta = pd.DataFrame(MEASURED_ROWS, columns=["pert_iname", "smiles", "identity"])
    with gzip.open(tmp_path / "l1000" / "signatures_meta.csv.gz", "wt") as file:
        meta.to_csv(file, index=False)
    return RawData(tmp_path)


def test_new_clear_names_enter_with_their_source(raw, compounds):
    ethanol, acetone = compounds["ik14"]
    indications = pd.DataFrame(
        [
            ("DB00001", "Ethanol", ethanol),  # known id
            ("DB00002", "Acetone", acetone),
            ("DB00003", "Acetone", ethanol),  # the name is another structure's
            ("DB00004", "Nothing", ""),
        ],
        columns=["drugbank_id", "drug", "ik14"],
    )
    table = compound_name_table(raw, compounds, indications)
    assert tuple(table.columns) == schema.COMPOUND_NAME_COLUMNS
    assert set(table.itertuples(index=False, name=None)) == {
        (ethanol, "spirit", CTRP),
        (ethanol, "NSC 74859", CTRP),
        (acetone, "Propanone", MEASURED),
        (acetone, "DMK-100", MEASURED),
        (acetone, "NSC 135802", MEASURED),
        (acetone, "DB00002", DRUGBANK),
    }
    assert set(raw.used) == {"response/ctrp_drug2smiles.csv", "l1000/signatures_meta.csv.gz"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fedratinib (SAR302503, TG101348)", ["Fedratinib", "SAR302503", "TG101348"]),
        (" OSI-906 (Linsitinib)", ["OSI-906", "Linsitinib"]),
        ("Fluorouracil (5-Fluoracil, 5-FU)", ["Fluorouracil", "5-Fluoracil", "5-FU"]),
        ("piperlongumine (HPLC)", ["piperlongumine (HPLC)"]),
        ("BO2 (inhibits RAD51)", ["BO2 (inhibits RAD51)"]),
        ("g(+)-JQ1", ["g(+)-JQ1"]),
    ],
)
def test_codes_in_brackets_are_names_and_remarks_are_none(text, names):
    assert each_name(text) == names


def test_the_committed_names_are_new_and_clear(bundle):
    table = bundle.library.names
    assert bundle.manifest["rows"]["compound_names"] == len(table)
    assert tuple(table.columns) == schema.COMPOUND_NAME_COLUMNS
    assert set(table["ik14"]) <= set(bundle.library.table["ik14"])
    assert not table["name"].map(fold).duplicated().any()
    for row in table.itertuples():
        assert bundle.library.name_source(row.name) == row.source  # the library has no such name
        assert bundle.library.find(row.name).ik14 == row.ik14
    counts = table["source"].value_counts().to_dict()
    assert counts == {DRUGBANK: 113, CTRP: 59, MEASURED: 59}


def test_the_names_are_no_part_of_the_content_hash(bundle):
    assert "compound_names.parquet" in bundle.manifest["references"]
    assert bundle.content_hash == "6bfa47ebfba9"


@pytest.mark.raw
def test_the_committed_names_are_what_the_build_makes(bundle, raw_dir):
    built = compound_name_table(RawData(raw_dir), bundle.library.table, bundle.diseases.indications)
    pd.testing.assert_frame_equal(built, bundle.library.names)
