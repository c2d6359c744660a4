"""Mechanisms and targets of compounds that the library does not know, as LINCS2020 gives them."""

import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.data.imports.assemble import Request
from badger_core.data.imports.choose import Tables
from tests.data.imports.conftest import quiet
from tests.data.imports.test_own_signatures import NEW


def test_targets_and_mechanisms_of_a_new_compound(lincs2020, bundle, tmp_path):
    table = pd.read_csv(lincs2020.pertinfo, sep="\t", dtype=str, keep_default_na=False)
    row = table[table["pert_id"] == "BRD-K00000001"].iloc[:1]
    row = row.assign(canonical_smiles=NEW, moa="JNK inhibitor", target="MAPK8")
    more = [row, row.assign(target="mapk9"), row.assign(target="NOGENE9"), row.assign(target="")]
    known = table[table["pert_id"] != "BRD-K00000001"].assign(target="TGT1", moa="made up")
    path = tmp_path / "compoundinfo_beta.txt"
    pd.concat([known, *more]).to_csv(path, sep="\t", index=False)
    given = Tables(lincs2020.siginfo, None, path, lincs2020.cellinfo, lincs2020.geneinfo)
    manifest = quiet(Request(lincs2020.gctx, given), tmp_path / "bundle")
    assert manifest["import"]["compounds new to the library"] == 1
    made = Bundle(tmp_path / "bundle")
    new = made.library.table[~made.library.table["ik14"].isin(bundle.library.table["ik14"])]
    assert list(new["moa"].item()) == ["JNK inhibitor"]
    assert list(new["targets"].item()) == ["MAPK8", "NOGENE9", "mapk9"]
    assert list(new["target_entrez"].item()) == [5599, 5601]  # NCBI's ids of MAPK8 and MAPK9
    assert made.pathway_labels[new["ik14"].item()].any()
    old = bundle.library.table.set_index("ik14")  # the Hub's word stands
    kept = made.library.table.set_index("ik14").loc[old.index]
    for title in ("moa", "targets", "target_entrez"):
        assert [list(one) for one in kept[title]] == [list(one) for one in old[title]]
