"""Writes small files of the three public L1000 releases, with names and columns as published.

No sample of these tables is at hand, so they are made here; every number and quality in them is
made up. The columns of each release and where they come from: tests/data/l1000_columns.py.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.gctx_writer import GctxWriter
from badger_core.paths import ROOT
from tests.data.l1000_columns import COLUMNS

_NAMES = {
    "GSE92742": "GSE92742_Broad_LINCS_{}_info.txt",
    "GSE70138": "GSE70138_Broad_LINCS_{}_info_2017-03-06.txt",
    "LINCS2020": "{}info_beta.txt",
}
COMPOUNDS = pd.DataFrame(
    [
        ("BRD-K56343971", "vemurafenib", "GPXBXXGIAQBQNI-UHFFFAOYSA-N",
         "CCCS(=O)(=O)Nc1ccc(F)c(C(=O)c2c[nH]c3ncc(cc23)-c2ccc(Cl)cc2)c1F"),
        ("BRD-K81418486", "vorinostat", "WAEXFXRVDQXREF-UHFFFAOYSA-N",
         "ONC(=O)CCCCCCC(=O)Nc1ccccc1"),
        ("BRD-K92723993", "imatinib", "KTUFNOKKBVMGRW-UHFFFAOYSA-N",
         "CN1CCN(Cc2ccc(cc2)C(=O)Nc2ccc(C)c(Nc3nccc(n3)-c3cccnc3)c2)CC1"),
        ("BRD-K02404261", "caffeine", "RYYVLZVUVIJVGH-UHFFFAOYSA-N",
         "Cn1cnc2n(C)c(=O)n(C)c(=O)c12"),
        ("BRD-K00000001", "BRD-K00000001", None, None),
    ],
    columns=["pert_id", "name", "inchi_key", "smiles"],
)  # fmt: skip
"""The last one has no structure, as many have."""


class Release(NamedTuple):
    """The files of one release; `metrics` is None where quality stands in siginfo.

    `truth` says of each signature what the tables say, under plain names: sig_id, pert_id, name,
    smiles, inchi_key, pert_type, cell, dose_um, time_h, tas, cc_q75, n_rep, qc_pass (LINCS2020
    only, else None), gold. `values` are (R, C), `entrez` (R,) and `landmark` (R,) of the GCTX.
    """

    gctx: Path
    siginfo: Path
    pertinfo: Path
    cellinfo: Path
    geneinfo: Path
    metrics: Path | None
    truth: pd.DataFrame
    values: np.ndarray
    entrez: np.ndarray
    landmark: np.ndarray


def write_release(
    folder: Path, release: str, count: int = 24, inferred: int = 20, seed: int = 0
) -> Release:
    """Write the files of `count` signatures over the landmark genes and `inferred` others.

    The first three signatures are a vehicle, a knockdown and a second copy of the fourth's
    condition; the rest are compounds in three lines, at doses from 0.04 to 10 µM, for 6 and 24 h.
    """
    rng = np.random.default_rng(seed)
    genes = pd.read_parquet(ROOT / "data" / "bundle" / "genes.parquet")[["entrez", "symbol"]]
    genes = genes.assign(landmark=True)
    more = pd.DataFrame(
        {"entrez": range(900_000_001, 900_000_001 + inferred), "symbol": "LOC", "landmark": False}
    )
    genes = pd.concat([genes, more]).sample(frac=1, random_state=seed, ignore_index=True)
    truth = _truth(rng, count, release)
    values = rng.normal(0, 1, (len(genes), count)).astype(np.float32)
    values[0, 0] = np.nan
    folder.mkdir(parents=True, exist_ok=True)
    gctx = folder / f"{release}_level5_n{count}x{len(genes)}.gctx"
    rows, columns = (
        pd.DataFrame(index=pd.Index(ids, dtype="str"))
        for ids in (genes["entrez"].astype(str), truth["sig_id"])
    )
    with GctxWriter(gctx, rows, columns) as writer:
        writer.write(values)
    tables = {
        "sig": _sig(truth, release, rng),
        "metrics": _metrics(truth),
        "pert": _pert(release),
        "cell": _cell(truth, release),
        "gene": _gene(genes, release),
    }
    paths = {kind: _write(folder, release, kind, tables[kind]) for kind in COLUMNS[release]}
    return Release(
        gctx, paths["sig"], paths["pert"], paths["cell"], paths["gene"], paths.get("metrics"),
        truth, values, genes["entrez"].to_numpy(), genes["landmark"].to_numpy(),
    )  # fmt: skip


def _truth(rng: np.random.Generator, count: int, release: str) -> pd.DataFrame:
    table = COMPOUNDS.iloc[rng.integers(0, len(COMPOUNDS), count)].reset_index(drop=True)
    table["pert_type"] = "trt_cp"
    table["cell"] = rng.choice(["A375", "MCF7", "NEWLINE1"], count)
    table["dose_um"] = rng.choice([0.04, 0.37, 1.11, 3.33, 10.0], count)
    table["time_h"] = rng.choice([6.0, 24.0], count)
    nothing = {"inchi_key": None, "smiles": None, "dose_um": np.nan}
    for at, pert_id, kind in ((0, "DMSO", "ctl_vehicle"), (1, "TRCN0000010390", "trt_sh")):
        known = {"pert_id": pert_id, "name": pert_id, "pert_type": kind, **nothing}
        for field, value in known.items():
            table.loc[at, field] = value
    table.loc[2] = table.loc[3]
    table["tas"] = rng.uniform(0.02, 0.9, count).round(4)
    table["cc_q75"] = rng.uniform(-0.1, 0.95, count).round(2)
    table["self_rank"] = rng.uniform(0, 30, count).round(4)
    table["n_rep"] = rng.integers(1, 6, count)
    table["qc_pass"] = rng.integers(0, 2, count) if release == "LINCS2020" else None
    table["gold"] = ((table["cc_q75"] >= 0.2) & (table["self_rank"] <= 5)).astype(int)
    hours = table["time_h"].astype(int).astype(str)
    wells = [f"{'ABCDEFGHIJKLMNOP'[at % 16]}{at // 16 % 24 + 1:02d}" for at in range(count)]
    plates = "TST001_" + table["cell"] + "_" + hours + "H"
    table["sig_id"] = plates + [f"_{at // 384:03d}:{well}" for at, well in enumerate(wells)]
    return table


def _sig(truth: pd.DataFrame, release: str, rng: np.random.Generator) -> pd.DataFrame:
    micro = {"GSE92742": "µM", "GSE70138": "um", "LINCS2020": "uM"}[release]
    dosed = truth["dose_um"].notna()
    dose = truth["dose_um"].map(lambda d: f"{d:g}")
    hours = truth["time_h"].astype(int).astype(str)
    return pd.DataFrame(
        {
            "sig_id": truth["sig_id"], "pert_id": truth["pert_id"], "pert_iname": truth["name"],
            "cmap_name": truth["name"], "pert_type": truth["pert_type"], "cell_id": truth["cell"],
            "cell_iname": truth["cell"], "cell_mfc_name": truth["cell"],
            "pert_mfc_id": truth["pert_id"], "nearest_dose": truth["dose_um"],
            "pert_dose": truth["dose_um"], "pert_dose_unit": pd.Series(micro, truth.index)[dosed],
            "pert_idose": (dose + " " + micro)[dosed], "pert_time": hours, "pert_time_unit": "h",
            "pert_itime": hours + " h", "distil_id": truth["sig_id"] + "_X1|" + truth["sig_id"],
            "distil_ids": truth["sig_id"] + "_X1|" + truth["sig_id"] + "_X2",
            "nsample": truth["n_rep"], "cc_q75": truth["cc_q75"], "tas": truth["tas"],
            "ss_ngene": rng.integers(0, 300, len(truth)), "pct_self_rank_q25": truth["self_rank"],
            "is_hiq": truth["gold"], "qc_pass": truth["qc_pass"], "bead_batch": "b19",
            "build_name": "", "project_code": "TST", "is_ncs_exemplar": 0, "wt": "0.5,0.5",
        }
    )  # fmt: skip


def _metrics(truth: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sig_id": truth["sig_id"], "distil_cc_q75": truth["cc_q75"], "distil_ss": 3.5,
            "pert_id": truth["pert_id"], "pert_iname": truth["name"],
            "pert_type": truth["pert_type"], "tas": truth["tas"], "ngenes_modulated_up_lm": 30,
            "ngenes_modulated_dn_lm": 25, "pct_self_rank_q25": truth["self_rank"],
            "is_exemplar": 0, "distil_nsample": truth["n_rep"],
        }
    )  # fmt: skip


def _pert(release: str) -> pd.DataFrame:
    table = COMPOUNDS.rename(columns={"smiles": "canonical_smiles"})
    table = table.assign(
        pert_iname=table["name"], cmap_name=table["name"], pert_type="trt_cp", is_touchstone=0,
        inchi_key_prefix=table["inchi_key"].str[:14], target="TGT1", moa="made up",
    )  # fmt: skip
    if release == "LINCS2020":  # a row for each target
        return pd.concat([table, table.iloc[:1].assign(target="TGT2")], ignore_index=True)
    others = pd.DataFrame({"pert_id": ["DMSO"], "pert_iname": "DMSO", "pert_type": "ctl_vehicle"})
    return pd.concat([table, others], ignore_index=True)


def _cell(truth: pd.DataFrame, release: str) -> pd.DataFrame:
    cells = pd.Series(sorted(truth["cell"].unique()))
    return pd.DataFrame(
        {
            "cell_id": cells, "cell_iname": cells, "base_cell_id": cells, "sample_type": "tumor",
            "cell_type": "tumor" if release == "LINCS2020" else "cell line",
            "primary_site": "skin", "cell_lineage": "skin", "primary_disease": "skin cancer",
        }
    )  # fmt: skip


def _gene(genes: pd.DataFrame, release: str) -> pd.DataFrame:
    known, space = genes["landmark"], {True: "landmark", False: "inferred"}
    return pd.DataFrame(
        {
            "pr_gene_id": genes["entrez"], "pr_gene_symbol": genes["symbol"],
            "pr_gene_title": "a gene", "pr_is_lm": known.astype(int), "pr_is_bing": 1,
            "gene_id": genes["entrez"], "gene_symbol": genes["symbol"], "gene_title": "a gene",
            "gene_type": "protein-coding", "src": "NCBI", "feature_space": known.map(space),
        }
    )  # fmt: skip


def _write(folder: Path, release: str, kind: str, table: pd.DataFrame) -> Path:
    title = {"pert": "compound"}.get(kind, kind) if release == "LINCS2020" else kind
    path = folder / _NAMES[release].format(title).replace("metrics_info", "sig_metrics")
    gap = "" if release == "LINCS2020" else "-666"
    table = table.reindex(columns=list(COLUMNS[release][kind])).astype(object)
    table.fillna(gap).to_csv(path, sep="\t", index=False, lineterminator="\n")
    return path
