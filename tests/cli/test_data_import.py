"""`badger data import` to a bundle that train, test and show take like the shipped one."""

import json

import numpy as np
import pandas as pd
import pytest

from badger_core.data.bundle import Bundle
from badger_core.data.gctx_writer import GctxWriter

SMALL = ("--set", "hidden=8", "--set", "kinds=numeric")


@pytest.fixture(scope="module")
def files(bundle, tmp_path_factory):
    """A GCTX of real signatures of the bundle, enough of them for every fold, and its siginfo."""
    folder = tmp_path_factory.mktemp("import")
    table = bundle.signatures.table
    rows = table[(table["kind"] == "numeric") & (table["source"] == "CAMDA_GSE92742_L5")]
    rows = rows[rows["cell"].isin(rows["cell"].value_counts().index[:6])].iloc[:400]
    ids = pd.Index([f"P{i}_X:{i}" for i in range(len(rows))], dtype="str")
    index = pd.Index(bundle.genes.entrez.astype(str), dtype="str")
    with GctxWriter(
        folder / "a.gctx", pd.DataFrame(index=index), pd.DataFrame(index=ids)
    ) as writer:
        writer.write(np.nan_to_num(bundle.signatures.values(rows["row"].to_numpy())).T)
    known = bundle.library.table.set_index("ik14").loc[rows["ik14"]]
    siginfo = pd.DataFrame(
        {
            "sig_id": ids,
            "pert_id": known["name"].to_numpy(),
            "canonical_smiles": known["smiles_original"].to_numpy(),
            "pert_type": "trt_cp",
            "cell_iname": rows["cell"].to_numpy(),
            "pert_dose": rows["dose_um"].to_numpy(),
            "pert_dose_unit": "uM",
            "pert_time": rows["time_h"].to_numpy(),
            "pert_time_unit": "h",
        }
    )
    siginfo.to_csv(folder / "siginfo.txt", sep="\t", index=False)
    return folder


def test_import_train_and_test(badger, files, tmp_path):
    out = tmp_path / "bundle"
    said = badger(
        *("data", "import", "--gctx", files / "a.gctx", "--siginfo", files / "siginfo.txt"),
        *("--out", out, "--source", "GSE92742"),
    )
    assert said.code == 0, said.err
    assert "400 signatures" in said.out
    assert "compounds new to the library: 0" in said.out
    assert badger("data", "show", "--bundle", out).code == 0
    counts = badger("data", "show", "--bundle", out, "--json")
    assert json.loads(counts.out)["coverage"]["numeric signatures"] == 400
    debug = ("--bundle", out, "--start-fold", 1, "--end-fold", 1, *SMALL)
    trained = badger("train", "mlp", *debug, "--out", tmp_path / "models", "--debug")
    assert trained.code == 0, trained.err
    card = json.loads((tmp_path / "models" / "fold1.json").read_text(encoding="utf-8"))
    assert card["bundle"] == Bundle(out).content_hash
    tested = badger("test", "knn", "--bundle", out, "--start-fold", 1, "--end-fold", 1)
    assert tested.code == 0, tested.err


def test_add_signatures_and_a_refusal(badger, files, bundle, tmp_path):
    out = tmp_path / "bundle"
    said = badger(
        *("data", "add-signatures", "--file", files / "a.gctx", "--table", files / "siginfo.txt"),
        *("--bundle", bundle.root, "--out", out, "--json"),
    )
    assert said.code == 0, said.err
    assert json.loads(said.out)["import"]["onto"] == bundle.content_hash
    refused = badger("data", "add-signatures", "--file", files / "a.gctx", "--out", out)
    assert refused.code == 1
    assert "has no field cell_iname" in refused.err
