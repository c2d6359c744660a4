"""Derives the tables of genetic perturbation: the screen, its genes, STRING, over-expressions."""

from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.data.build.derived import write_derived
from badger_core.data.build.genes import human_names
from badger_core.data.h5ad_file import x_values
from badger_core.data.h5ad_frame import frame_of
from badger_core.data.hdf5 import opened, told
from badger_core.data.perturbation import CONTROL, LEAST_LANDMARKS
from badger_core.data.raw import RawData
from badger_core.errors import RawDataError
from badger_core.genes.names import GeneNames

SCREEN = "perturbation/papalexi2021_thp1_crispr.h5ad"
OVEREXPRESSION = "perturbation/lincs_overexpression_dysregulated.csv.gz"
STRING = "genes/string_edges.csv.gz"
LANDMARKS = "l1000/landmark_genes.csv"
_CELLS = {
    "target": "target",
    "guide": "grna",
    "replicate": "bio_rep",
    "guide_umi_top": "grna_umi_top",
    "guide_umi_total": "grna_umi_total",
}
EXPECTED = {"cells": 20_729, "genes": 299, "targets": 25, "perturbagens_of_10_landmarks": 399}
"""What the raw data's README counts; another file is refused."""


def build_perturbation(raw_dir: Path, out: Path) -> dict:
    """Write every table under `out`; the same raw files give the same bytes.

    Returns:
        The manifest as written.

    Raises:
        RawDataError: if a raw file is missing or not the described one.
    """
    raw = RawData(raw_dir)
    names = human_names(raw)
    counts, cells = screen_tables(raw)
    overexpression = overexpression_table(raw)
    edges = edge_table(raw)
    landmarks = overexpression.groupby("perturbagen")["landmark"].sum()
    facts = {
        "cells": len(cells),
        "genes": counts.shape[1],
        "targets": cells.loc[cells["target"] != CONTROL, "target"].nunique(),
        "perturbagens_of_10_landmarks": int((landmarks >= LEAST_LANDMARKS).sum()),
    }
    if facts != EXPECTED:
        raise RawDataError(
            f"The raw files of genetic perturbation hold {facts} instead of {EXPECTED}: not the "
            "given ones. Restore them from the raw data."
        )
    tables = {
        "screen_counts": counts,
        "screen_cells": cells,
        "screen_genes": gene_table(list(counts), set(cells["target"]) - {CONTROL}, names),
        "string_edges": edges,
        "overexpression": overexpression,
    }
    return write_derived(out, raw, tables, {}, {"counts": facts})


def screen_tables(raw: RawData) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(N, G) counts as uint16 with a column for each gene, and the N cells they are of.

    Raises:
        RawDataError: for counts that are no whole numbers from 0 to 65,535.
    """
    path = raw.path(SCREEN)
    with opened(path, str(path)) as file, told(str(path)):
        obs, var = frame_of(file["obs"], "obs"), frame_of(file["var"], "var")
        values = x_values(file["X"], (len(obs), len(var)))
    counts = values.astype(np.uint16)
    if not np.array_equal(counts, values):
        raise RawDataError(f"'{SCREEN}' does not hold raw counts: not the given file.")
    cells = pd.DataFrame({name: obs[title].to_numpy() for name, title in _CELLS.items()})
    for title in ("guide_umi_top", "guide_umi_total"):
        cells[title] = cells[title].astype(np.int32)
    return pd.DataFrame(counts, columns=[str(gene) for gene in var.index]), cells


def gene_table(measured: list[str], targets: set[str], names: GeneNames) -> pd.DataFrame:
    """Genes of the screen in the order of its counts, then the targets that were not counted."""
    symbols = [*measured, *sorted(targets - set(measured))]
    found = names.resolve(symbols).entrez
    return pd.DataFrame(
        {
            "symbol": symbols,
            "entrez": np.array([found.get(symbol) or 0 for symbol in symbols], np.int32),
            "measured": [symbol in set(measured) for symbol in symbols],
            "target": [symbol in targets for symbol in symbols],
        }
    )


def edge_table(raw: RawData) -> pd.DataFrame:
    """Interactions once each, without those of a protein with itself, sorted."""
    edges = raw.csv(STRING, keep_default_na=False).to_numpy(str)
    edges = np.unique(np.sort(edges[edges[:, 0] != edges[:, 1]], axis=1), axis=0)
    return pd.DataFrame({"a": edges[:, 0], "b": edges[:, 1]})


def overexpression_table(raw: RawData) -> pd.DataFrame:
    """Sorted by perturbagen and gene; symbols are the Entrez id where NCBI has none.

    Raises:
        RawDataError: if the source calls other genes measured than the landmarks.
    """
    table = raw.csv(OVEREXPRESSION)
    landmarks = set(raw.csv(LANDMARKS)["pr_gene_id"])
    landmark = table["entrez_gene_id"].isin(landmarks)
    if not (landmark == (table["status"] == "measured")).all():
        raise RawDataError(f"'{OVEREXPRESSION}' measures other genes than the landmarks.")
    ncbi = raw.csv("genes/ncbi_human_genes.csv.gz", keep_default_na=False)
    of = dict(zip(ncbi["entrez"], ncbi["symbol"], strict=True))
    return pd.DataFrame(
        {
            "perturbagen": table["perturbagen"].astype(np.int32),
            "symbol": [of.get(entrez, str(entrez)) for entrez in table["perturbagen"]],
            "gene": table["entrez_gene_id"].astype(np.int32),
            "z": table["z_score"].astype(np.float32),
            "landmark": landmark,
        }
    ).sort_values(["perturbagen", "gene"], ignore_index=True)
