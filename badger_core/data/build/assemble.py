"""Builds the whole bundle from the raw data and writes its manifest.

What a model may train on stands in the manifest under `outputs`, and the bundle's content hash is
made of it. Tables that no model reads, only the reader of a result, stand under `references`: they
are checked like the others, but adding one must not part the shipped models and the finished
benchmark runs from the data they were trained on.
"""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core import schema
from badger_core.checksums import sha256
from badger_core.data.build.cells import basal_expression, cell_table
from badger_core.data.build.compound_names import compound_name_table
from badger_core.data.build.compounds import compound_table
from badger_core.data.build.diseases import disease_tables
from badger_core.data.build.footprints import footprint_table
from badger_core.data.build.genes import gene_panel, human_names, static_vectors
from badger_core.data.build.pathways import pathway_table
from badger_core.data.build.place import staged
from badger_core.data.build.readme import bundle_page
from badger_core.data.build.signatures import MISSING, signature_tables
from badger_core.data.build.splits import fold_counts, split_table
from badger_core.data.build.structures import Structures
from badger_core.data.build.target_genes import target_gene_table
from badger_core.data.build.write import write_json, write_npz, write_parquet
from badger_core.data.raw import RawData
from badger_core.disk import check_folder
from badger_core.errors import RawDataError
from badger_core.files import write_whole
from badger_core.pathways.sets import PathwaySets

Progress = Callable[[str], None]


def build_bundle(raw_dir: Path, out: Path, progress: Progress) -> dict:
    """Write every table under `out`; the same raw files give the same bytes.

    Args:
        raw_dir: folder of the raw data.
        out: folder of the bundle; what is in it is replaced when all is written.
        progress: called with a sentence at each step.

    Returns:
        The manifest as written.

    Raises:
        RawDataError: if a raw file is missing or not of the described shape.
        BusyError, WriteError: see `place.staged`.
    """
    check_folder(out)
    raw, structures = RawData(raw_dir), Structures()
    progress("genes")
    panel, names = gene_panel(raw), human_names(raw)
    progress("signatures (standardising structures)")
    signatures, matrix, dropped = signature_tables(raw, panel, names, structures)
    progress("compounds (standardising structures)")
    compounds = compound_table(raw, structures, names, signatures)
    progress("cell lines, pathways, diseases")
    rows, basal = basal_expression(raw, panel)
    cells = cell_table(raw, rows, signatures)
    pathways = pathway_table(raw, panel, names, compounds)
    progress("splits")
    splits = split_table(signatures, compounds)
    tables = {
        "genes": panel.table[list(schema.GENE_COLUMNS)],
        "cells": cells[list(schema.CELL_COLUMNS)],
        "cell_expression_rows": rows,
        "compounds": compounds[list(schema.COMPOUND_COLUMNS)],
        "pathways": pathways[list(schema.PATHWAY_COLUMNS)],
        "compound_pathways": _label_table(compounds, pathways),
        "signatures": signatures[list(schema.SIGNATURE_COLUMNS)],
        "splits": splits,
        **disease_tables(raw, compounds),
    }
    references = {
        "compound_names": compound_name_table(raw, tables["compounds"], tables["indications"]),
        "progeny": footprint_table(raw, panel),
        "target_genes": target_gene_table(raw, compounds, panel),
    }
    arrays = {
        "signatures": matrix,
        "cell_expression": {"values": basal.astype(np.float32), "entrez": panel.entrez},
        "gene_vectors": static_vectors(raw, panel, names, pathways),
    }
    coverage = _coverage(signatures, matrix, rows, tables["compound_pathways"], compounds)
    dropped["structures: SMILES that cannot be read"] = len(structures.unreadable)
    progress("writing")
    with staged(out) as work:
        for name, table in (tables | references).items():
            write_parquet(work / f"{name}.parquet", table)
        for name, content in arrays.items():
            write_npz(work / f"{name}.npz", content)
        files = [*(f"{n}.parquet" for n in tables), *(f"{n}.npz" for n in arrays)]
        manifest = {
            "bundle_version": schema.BUNDLE_VERSION,
            "inputs": [
                asdict(source) | {"sha256": sha256(raw.root / path)}
                for path, source in sorted(raw.used.items())
            ],
            "outputs": _checksums(work, files),
            "references": _checksums(work, [f"{name}.parquet" for name in references]),
            "rows": {name: len(table) for name, table in (tables | references).items()},
            "dropped": dropped,
            "folds": fold_counts(splits),
            "coverage": coverage,
        }
        write_whole(work / "README.md", bundle_page(manifest))
        write_json(work / "manifest.json", manifest)
    return manifest


def _checksums(out: Path, files: list[str]) -> dict[str, dict[str, str]]:
    return {name: {"sha256": sha256(out / name)} for name in sorted(files)}


def _label_table(compounds: pd.DataFrame, pathways: pd.DataFrame) -> pd.DataFrame:
    """Long table compound -> target -> pathway, for the sets of the vocabulary."""
    vocabulary = PathwaySets(pathways).vocabulary
    of_gene: dict[int, list[str]] = {}
    for name, genes in zip(vocabulary["pathway"], vocabulary["entrez"], strict=True):
        for gene in genes:
            of_gene.setdefault(int(gene), []).append(name)
    rows = [
        (key, int(gene), pathway)
        for key, targets in zip(compounds["ik14"], compounds["target_entrez"], strict=True)
        for gene in targets
        for pathway in of_gene.get(int(gene), [])
    ]
    return pd.DataFrame(rows, columns=["ik14", "target_entrez", "pathway"])


def _coverage(
    signatures: pd.DataFrame,
    matrix: dict[str, np.ndarray],
    rows: pd.DataFrame,
    labels: pd.DataFrame,
    compounds: pd.DataFrame,
) -> dict[str, int]:
    """How the tables join: the counts that the raw data's README states."""
    numeric = signatures[signatures["kind"] == "numeric"]
    if (matrix["values"][numeric["row"]] == MISSING).mean() > 0.01:
        raise RawDataError("More than 1% of the signature values are missing: not the given file.")
    keys = set(numeric["ik14"])
    with_basal = numeric["cell"].isin(set(rows["cell"]))
    annotated = compounds[compounds["ik14"].isin(keys)]
    hub = annotated[annotated["origin"] == "hub"]
    return {
        "numeric signatures": len(numeric),
        "numeric signatures with basal expression": int(with_basal.sum()),
        "lines with numeric signatures": numeric["cell"].nunique(),
        "lines with numeric signatures and basal expression": numeric["cell"][with_basal].nunique(),
        "compounds with numeric signatures": len(keys),
        "... in the Repurposing Hub": len(hub),
        "... with a mechanism of action": int((hub["moa"].map(len) > 0).sum()),
        "... with a target": int((hub["target_entrez"].map(len) > 0).sum()),
        "... with a pathway label": len(keys & set(labels["ik14"])),
        "library structures (Repurposing Hub)": int((compounds["origin"] == "hub").sum()),
        "library structures (LINCS only)": int((compounds["origin"] == "lincs").sum()),
        "gene-set signatures": int((signatures["kind"] == "gene_set").sum()),
        "pooled signatures": int((signatures["kind"] == "pooled").sum()),
    }
