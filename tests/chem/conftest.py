"""Drugs and file texts that several chemistry tests share."""

from collections.abc import Callable

import pytest
from rdkit import Chem
from rdkit.Chem import AllChem

from badger_core.chem.molecule import Molecule, read_molecule

ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"
IMATINIB = "Cc1ccc(NC(=O)c2ccc(CN3CCN(C)CC3)cc2)cc1Nc1nccc(-c2cccnc2)n1"

DRUGS = {
    "aspirin": (ASPIRIN, "BSYNRYMUTXBXSQ-UHFFFAOYSA-N"),
    "imatinib": (IMATINIB, "KTUFNOKKBVMGRW-UHFFFAOYSA-N"),
    "caffeine": ("Cn1c(=O)c2c(ncn2C)n(C)c1=O", "RYYVLZVUVIJVGH-UHFFFAOYSA-N"),
    "ibuprofen": ("CC(C)Cc1ccc(cc1)C(C)C(=O)O", "HEFNNWSXXWATRW-UHFFFAOYSA-N"),
    "paracetamol": ("CC(=O)Nc1ccc(O)cc1", "RZVAJINKPMORJF-UHFFFAOYSA-N"),
    "metformin": ("CN(C)C(=N)NC(=N)N", "XZWYZXLIPXDOLR-UHFFFAOYSA-N"),
    "dasatinib": (
        "Cc1nc(Nc2ncc(s2)C(=O)Nc2c(C)cccc2Cl)cc(n1)N1CCN(CCO)CC1",
        "ZBNZXTGUTAYRHI-UHFFFAOYSA-N",
    ),
    "vorinostat": ("ONC(=O)CCCCCCC(=O)Nc1ccccc1", "WAEXFXRVDQXREF-UHFFFAOYSA-N"),
    "sorafenib": (
        "CNC(=O)c1cc(Oc2ccc(NC(=O)Nc3ccc(Cl)c(c3)C(F)(F)F)cc2)ccn1",
        "MLDQJTXFUGDVEO-UHFFFAOYSA-N",
    ),
    "gefitinib": (
        "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
        "XGALLCVXEZPNRQ-UHFFFAOYSA-N",
    ),
    "erlotinib": ("C#Cc1cccc(Nc2ncnc3cc(OCCOC)c(OCCOC)cc23)c1", "AAKJLRGGTJKAMG-UHFFFAOYSA-N"),
    "dexamethasone": (
        "C[C@@H]1C[C@H]2[C@@H]3CCC4=CC(=O)C=C[C@]4(C)[C@@]3(F)[C@@H](O)C[C@]2(C)[C@@]1(O)C(=O)CO",
        "UREBDLICKHMUKA-CXSFZGCWSA-N",
    ),
    "tamoxifen": ("CC/C(=C(\\c1ccccc1)c1ccc(OCCN(C)C)cc1)c1ccccc1", "NKANXQFJJICGDU-QPLCGJKRSA-N"),
    "choline": ("C[N+](C)(C)CCO.[Cl-]", "OEYIOHPDSNJKLS-UHFFFAOYSA-N"),
    "glycine": ("[NH3+]CC(=O)[O-]", "DHMQDGOQFOQNFH-UHFFFAOYSA-N"),
    "warfarin": ("CC(=O)CC(c1ccccc1)C1=C(O)c2ccccc2OC1=O", "PJVWKTKQMONHTI-UHFFFAOYSA-N"),
    "niclosamide": ("O=C(Nc1ccc(cc1Cl)[N+](=O)[O-])c1cc(Cl)ccc1O", "RJMUSRYZPJIFPJ-UHFFFAOYSA-N"),
    "thalidomide": ("O=C1CCC(N2C(=O)c3ccccc3C2=O)C(=O)N1", "UEJJHQNACJXSKW-UHFFFAOYSA-N"),
    "diazepam": ("CN1C(=O)CN=C(c2ccccc2)c2cc(Cl)ccc12", "AAOVKJBEBIDNHE-UHFFFAOYSA-N"),
    "captopril": ("C[C@H](CS)C(=O)N1CCC[C@H]1C(=O)O", "FAKRSMQSSFJEIM-RQJHMYQMSA-N"),
    "fluorouracil": ("O=c1[nH]cc(F)c(=O)[nH]1", "GHASVSINZRGABV-UHFFFAOYSA-N"),
    "sulfasalazine": (
        "O=C(O)c1cc(/N=N/c2ccc(S(=O)(=O)Nc3ccccn3)cc2)ccc1O",
        "NCEXYHBECQHGNR-QZQOTICOSA-N",
    ),
}


@pytest.fixture
def drug_smiles() -> dict[str, str]:
    return {name: smiles for name, (smiles, _) in DRUGS.items()}


@pytest.fixture
def drug_keys() -> dict[str, str]:
    return {name: key for name, (_, key) in DRUGS.items()}


@pytest.fixture
def aspirin() -> Molecule:
    return read_molecule(ASPIRIN)


@pytest.fixture
def imatinib() -> Molecule:
    return read_molecule(IMATINIB)


def make_mol_block(smiles: str, title: str = "") -> str:
    mol = Chem.MolFromSmiles(smiles)
    AllChem.Compute2DCoords(mol)
    mol.SetProp("_Name", title)
    return Chem.MolToMolBlock(mol)


@pytest.fixture
def mol_block() -> Callable[..., str]:
    return make_mol_block


@pytest.fixture
def sd_file() -> str:
    """Three records; the second has a carbon with five bonds."""
    bad = make_mol_block("CC(C)(C)C", "broken").replace("  1  2  1  0", "  1  2  2  0")
    blocks = [make_mol_block(ASPIRIN, "aspirin"), bad, make_mol_block(IMATINIB, "imatinib")]
    return "".join(f"{block}> <id>\n{i}\n\n$$$$\n" for i, block in enumerate(blocks))
