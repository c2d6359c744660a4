"""Measured signatures of every source in one tidy table and one matrix."""

import re

import numpy as np
import pandas as pd

from badger_core.data.build.structures import Structures
from badger_core.data.raw import RawData
from badger_core.genes.names import GeneNames
from badger_core.genes.panel import GenePanel
from badger_core.naming import fold

MIN_LANDMARKS = 970
MISSING = -32768
FINE, COARSE = 0.001, 0.01
"""Units of the stored integers: the sources give three decimals; consensus values reach 200."""
_SYNONYM_CELLS = {"mcf7": "MCF7", "pc3": "PC3", "hl60": "HL60", "skmel5": "SKMEL5"}


def signature_tables(
    raw: RawData, panel: GenePanel, names: GeneNames, structures: Structures
) -> tuple[pd.DataFrame, dict[str, np.ndarray], dict[str, int]]:
    """The tidy table (with a helper column `smiles`), the matrix, and rows dropped by reason."""
    dropped: dict[str, int] = {}
    numeric, values = _numeric(raw, panel, structures, dropped)
    pooled, consensus = _consensus(raw, panel, structures, dropped)
    pooled["row"] += len(values)
    sets = pd.concat(
        [
            _gene_sets(_enrichr(raw), "Enrichr", panel, names, structures, dropped),
            _gene_sets(_cmap(raw), "CMap build 02", panel, names, structures, dropped),
        ],
        ignore_index=True,
    )
    cells = {fold(c): c for c in numeric["cell"]} | _SYNONYM_CELLS
    sets["cell"] = sets["cell"].map(lambda c: cells.get(fold(c), c))
    table = pd.concat([numeric, pooled, sets], ignore_index=True)
    for column in ("up", "down"):
        table[column] = table[column].map(lambda x: x if isinstance(x, list) else [])
    matrix = {
        "values": np.concatenate([_pack(values, FINE), _pack(consensus, COARSE)]),
        "unit": np.repeat(np.float32([FINE, COARSE]), [len(values), len(consensus)]),
        "entrez": panel.entrez,
    }
    return table, matrix, dropped


def _numeric(
    raw: RawData, panel: GenePanel, structures: Structures, dropped: dict[str, int]
) -> tuple[pd.DataFrame, np.ndarray]:
    meta = raw.csv("l1000/signatures_meta.csv.gz")
    with np.load(raw.path("l1000/signatures_z.npz"), allow_pickle=False) as file:
        z = panel.align(file["z"], file["entrez"])
    meta["ik14"] = structures.ik14(meta["smiles"])
    reasons = {
        "numeric: no SMILES": meta["smiles"].isna(),
        f"numeric: fewer than {MIN_LANDMARKS} landmarks": meta["n_lm"] < MIN_LANDMARKS,
        "numeric: unreadable structure": meta["ik14"] == "",
    }
    keep = pd.Series(data=True, index=meta.index)
    for reason, bad in reasons.items():
        dropped[reason] = int((keep & bad).sum())
        keep &= ~bad
    meta, z = meta[keep].reset_index(drop=True), z[keep.to_numpy()]
    table = pd.DataFrame(
        {
            "signature": _unique(meta["source"] + "|" + meta["sig_id"]),
            "kind": "numeric",
            "row": np.arange(len(meta)),
            "cell": meta["cell"],
            "ik14": meta["ik14"],
            "compound": meta["pert_iname"].fillna(meta["pert_id"]).fillna(meta["ik14"]),
            "dose_um": meta["dose_uM"],
            "time_h": meta["time"].map(_hours),
            "n_replicates": meta["n_rep"],
            "source": meta["source"],
            "level": meta["level"],
            "unit": meta["unit"],
            "licence": meta["licence"],
            "identity": meta["identity"],
            "strength": meta["strength"],
            "active": meta["active"],
            "smiles": meta["smiles"],
        }
    )
    return table, z


def _consensus(
    raw: RawData, panel: GenePanel, structures: Structures, dropped: dict[str, int]
) -> tuple[pd.DataFrame, np.ndarray]:
    values = raw.csv("l1000/consensus_by_drug.tsv.gz", index_col=0)
    known = raw.csv("l1000/consensus_compounds.csv").set_index("perturbagen")
    smiles = known["smiles"].reindex(values.index)
    name = known["name"].reindex(values.index).fillna(pd.Series(values.index, values.index))
    ik14 = pd.Series(structures.ik14(smiles), values.index)
    keep = (ik14 != "").to_numpy()
    dropped["pooled: no readable structure"] = int((~keep).sum())
    z = panel.align(values.to_numpy(np.float32), values.columns.astype(np.int64))[keep]
    strength = np.sqrt(np.nanmean(z**2, axis=1))
    table = pd.DataFrame(
        {
            "signature": "consensus|" + values.index[keep],
            "kind": "pooled",
            "row": np.arange(len(z)),
            "cell": "",
            "ik14": ik14[keep].to_numpy(),
            "compound": name[keep].to_numpy(),
            "source": "dhimmel_consensus",
            "level": "consensus",
            "unit": "consensus z over lines (ranks only)",
            "licence": "CC0",
            "identity": "given",
            "strength": strength,
            "active": strength >= np.quantile(strength, 2 / 3),
            "smiles": smiles[keep].to_numpy(),
        }
    )
    return table, z


def _enrichr(raw: RawData) -> list[dict]:
    return [
        {
            "signature": f"Enrichr|{r['batch']}|{r['cell']}|{r['compound']}|{r['dose']}|{i}",
            "cell": r["cell"],
            "compound": r["compound"],
            "dose_um": float(r["dose"]),
            "time_h": float(r["time_h"]),
            "source": "Enrichr_LINCS_L1000_Chem_Pert",
            "level": "characteristic direction",
            "licence": "facts from a public library",
            "smiles": r["smiles"],
            "up": r["up_safe"],
            "down": r["down_safe"],
        }
        for i, r in enumerate(raw.json("l1000/genesets_lincs_chem_pert.json.gz"))
    ]


def _cmap(raw: RawData) -> list[dict]:
    return [
        {
            "signature": f"CMap02|{r['inst']}",
            "cell": r["cell"],
            "compound": r["compound"],
            "dose_um": float(r["conc_M"]) * 1e6,
            "time_h": float(r["time_h"]),
            "source": "CMap_build02",
            "level": f"instance {r['array']}",
            "licence": "facts from a public release",
            "smiles": r["smiles"],
            "up": r["up"],
            "down": r["down"],
        }
        for r in raw.json("l1000/genesets_cmap_build02.json.gz")
    ]


def _gene_sets(
    rows: list[dict],
    title: str,
    panel: GenePanel,
    names: GeneNames,
    structures: Structures,
    dropped: dict[str, int],
) -> pd.DataFrame:
    """Rows with a readable structure and at least one landmark gene, symbols as Entrez ids."""
    table = pd.DataFrame(rows)
    found = names.resolve([g for c in ("up", "down") for genes in table[c] for g in genes]).entrez
    for column in ("up", "down"):
        ids = [{found.get(g, -1) for g in genes} & panel.index.keys() for genes in table[column]]
        table[column] = [sorted(i) for i in ids]
    table["ik14"] = structures.ik14(table["smiles"])
    nameless = table["ik14"] == ""
    empty = ~nameless & (table["up"].map(len) + table["down"].map(len) == 0)
    dropped[f"{title}: no readable structure"] = int(nameless.sum())
    dropped[f"{title}: no landmark gene"] = int(empty.sum())
    table = table[~nameless & ~empty].reset_index(drop=True)
    return table.assign(
        kind="gene_set", row=-1, unit="up and down genes", identity="given", active=True
    )


def _hours(text: str) -> float:
    """'24 h' to 24.0; a mixture such as '6 h & 4 h' has no one time: NaN."""
    match = re.fullmatch(r"([\d.]+) h", text)
    return float(match[1]) if match else float("nan")


def _unique(ids: pd.Series) -> pd.Series:
    """Ids made distinct by a running number where one stands more than once."""
    count = ids.groupby(ids).cumcount()
    return ids.where(count == 0, ids + "#" + count.astype(str))


def _pack(values: np.ndarray, unit: float) -> np.ndarray:
    """(S, G) floats as int16 multiples of `unit`, MISSING for NaN."""
    return np.where(np.isnan(values), MISSING, np.round(values / unit)).astype(np.int16)
