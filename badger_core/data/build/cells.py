"""Cell lines: LINCS, NCI-60 and DepMap names joined, and basal expression per platform."""

import h5py
import numpy as np
import pandas as pd

from badger_core.data.raw import RawData
from badger_core.genes.names import gene_names
from badger_core.genes.panel import GenePanel
from badger_core.naming import fold

VEHICLE, NCI60 = "L1000 vehicle", "NCI-60 microarray"
HT115_FILE = "l1000/official_formats/level3_CPC006_HT115_6H_n681x978.h5ad"


def basal_expression(raw: RawData, panel: GenePanel) -> tuple[pd.DataFrame, np.ndarray]:
    """Rows (cell, platform) and (C, G) log2 values; HT115 is the mean of its 20 DMSO wells."""
    vehicle = raw.csv("cells/l1000_vehicle_expression.csv.gz", index_col=0).drop("averaged")
    nci = raw.csv("cells/nci60_expression.csv.gz", index_col=0).dropna(how="all")
    own = {fold(name): name for name in vehicle.index}
    nci.index = [own.get(fold(name), name.replace("_", "")) for name in nci.index]
    values = [
        panel.align(vehicle.to_numpy(np.float32), vehicle.columns.astype(np.int64)),
        _ht115(raw, panel)[None],
        panel.align(nci.to_numpy(np.float32), nci.columns.astype(np.int64)),
    ]
    rows = pd.DataFrame(
        {
            "cell": [*vehicle.index, "HT115", *nci.index],
            "platform": [VEHICLE] * (len(vehicle) + 1) + [NCI60] * len(nci),
        }
    )
    return rows, np.concatenate(values)


def cell_table(
    raw: RawData, expression_rows: pd.DataFrame, signatures: pd.DataFrame
) -> pd.DataFrame:
    """One row per line: those of LINCS and NCI-60, then every other line that DepMap names."""
    depmap = raw.csv("cells/depmap_sample_info.csv.gz", dtype=str, keep_default_na=False)
    depmap = depmap.set_index("DepMap_ID", drop=False)
    lincs = raw.csv("cells/lincs_cell_info.tsv.gz", dtype=str, keep_default_na=False)
    lincs = lincs.drop_duplicates("cell_id").set_index("cell_id")
    given = raw.csv("cells/l1000_to_depmap.csv", dtype=str, keep_default_na=False)
    depmap_id = {c: d for c, d in given.itertuples(index=False) if d in depmap.index}
    by_name = {fold(n): i for i, n in depmap["stripped_cell_line_name"].items()}
    numeric = signatures[signatures["kind"] == "numeric"]
    platform = expression_rows.drop_duplicates("cell").set_index("cell")["platform"]
    rows, used = [], set()
    for cell in sorted({*expression_rows["cell"], *(signatures["cell"].loc[lambda c: c != ""])}):
        key = depmap_id.get(cell) or by_name.get(fold(cell), "")
        used.add(key)
        rows.append(_row(cell, depmap.loc[key] if key else None, lincs, platform.get(cell, "")))
    for key, line in depmap.iterrows():
        if key not in used and line["stripped_cell_line_name"]:
            rows.append(_row(line["stripped_cell_line_name"], line, lincs, ""))
    table = pd.DataFrame(rows).drop_duplicates("cell")
    counts = numeric.groupby("cell")["ik14"].agg(["size", "nunique"])
    table["n_signatures"] = table["cell"].map(counts["size"]).fillna(0).astype(int)
    table["n_compounds"] = table["cell"].map(counts["nunique"]).fillna(0).astype(int)
    return table.reset_index(drop=True)


def _row(cell: str, depmap: pd.Series | None, lincs: pd.DataFrame, platform: str) -> dict:
    """Annotation of one line, DepMap's before LINCS's; unknown fields stay empty, never guessed."""
    d = depmap if depmap is not None else pd.Series(dtype=str)
    li = lincs.loc[cell] if cell in lincs.index else pd.Series(dtype=str)
    names = {d.get("cell_line_name", ""), d.get("stripped_cell_line_name", "")}
    names |= {d.get("CCLE_Name", ""), *d.get("alias", "").split(", ")}
    return {
        "cell": cell,
        "display_name": cell,
        "aliases": sorted(names - {"", cell}),
        "depmap_id": d.get("DepMap_ID", ""),
        "cellosaurus_id": d.get("RRID", ""),
        "disease": d.get("primary_disease", "") or li.get("cell_histology", ""),
        "subtype": d.get("Subtype", "") or li.get("cell_type", ""),
        "lineage": (d.get("lineage", "") or li.get("cell_lineage", "")).replace("_", " "),
        "parent": d.get("parent_depmap_id", ""),
        "donor": d.get("patient_id", ""),
        "basal_platform": platform,
    }


def _ht115(raw: RawData, panel: GenePanel) -> np.ndarray:
    with h5py.File(raw.path(HT115_FILE)) as file:
        control = file["obs/pert_type/categories"].asstr()[:].tolist().index("ctl_vehicle")
        wells = np.flatnonzero(file["obs/pert_type/codes"][:] == control)
        symbols = file["var/_index"].asstr()[:]
        mean = file["X"][wells].mean(axis=0)
    found = gene_names(panel.table).resolve(symbols).entrez
    known = np.array([symbol in found for symbol in symbols])
    return panel.align(mean[known], np.array([found[s] for s in symbols[known]]))
