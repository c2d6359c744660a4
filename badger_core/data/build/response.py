"""Builds the tables of drug sensitivity from the raw data and writes their manifest."""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.checksums import sha256
from badger_core.data.build.genes import human_names
from badger_core.data.build.place import staged
from badger_core.data.build.response_ctrp import NAMES_FILE, ctrp_areas
from badger_core.data.build.response_drugs import drug_rows
from badger_core.data.build.response_lines import (
    Panel,
    ccle_panel,
    landmark_panel,
    line_rows,
    origin_groups,
    rows_in,
)
from badger_core.data.build.response_nci60 import nci60_labels, nci60_panel
from badger_core.data.build.response_readme import response_page
from badger_core.data.build.structures import Structures
from badger_core.data.build.write import write_json, write_npz, write_parquet
from badger_core.data.bundle import Bundle
from badger_core.data.raw import RawData
from badger_core.data.response_files import VERSION
from badger_core.data.response_pack import packed, packed_bits
from badger_core.disk import check_folder
from badger_core.errors import RawDataError
from badger_core.files import write_whole

Progress = Callable[[str], None]
EXPECTED = {
    "NCI-60 compounds": 976,
    "NCI-60 lines": 59,
    "NCI-60 labels": 14_312,
    "NCI-60 labels: sensitive": 7_050,
    "NCI-60 genes": 2_306,
    "CTRP compounds": 479,
    "CTRP compounds without structure, left out": 2,
    "CTRP lines": 645,
    "CTRP lines with a DepMap id": 643,
    "CTRP lines with landmark expression": 104,
    "CTRP lines with a CCLE profile": 627,
    "CCLE profiles": 934,
}
"""What the published inputs hold; another number means other files."""


def build_response(raw_dir: Path, out: Path, bundle: Bundle, progress: Progress) -> dict:
    """Write every table under `out`; the same raw files and bundle give the same bytes.

    Args:
        raw_dir: folder of the raw data.
        out: folder of the tables, replaced when all are written; other files stay as they are.
        bundle: whose catalogue, library and landmark genes the screens are joined with.
        progress: called with a sentence at each step.

    Returns:
        The manifest as written.

    Raises:
        RawDataError: if a raw file is missing or holds other counts than EXPECTED.
        BusyError, WriteError: see `place.staged`.
    """
    check_folder(out)
    raw, structures = RawData(raw_dir), Structures()
    progress("names of genes")
    names, cells = human_names(raw), bundle.cells
    progress("NCI-60 (standardising structures)")
    labels, given, lines, unknown = nci60_labels(raw)
    nci_drugs, nci_bits = drug_rows(given, structures, bundle.library)
    progress("CTRP v2 (standardising structures)")
    ctrp = ctrp_areas(raw)
    ctrp_drugs, ctrp_bits = drug_rows(ctrp.drugs, structures, bundle.library)
    progress("cell lines and expression")
    panels = {
        "nci60": nci60_panel(raw, lines, cells, names),
        "landmark": landmark_panel(cells, bundle.genes),
        "ccle1000": ccle_panel(raw, cells, names),
    }
    nci_lines, nci_kin = _lines(lines, bundle, {"nci60": (panels["nci60"], "line")})
    by_cell = {panel: (panels[panel], "cell") for panel in ("landmark", "ccle1000")}
    ctrp_lines, ctrp_kin = _lines(ctrp.lines, bundle, by_cell)
    progress("writing")
    tables = {
        "screen_nci60_drugs": nci_drugs,
        "screen_nci60_lines": nci_lines,
        "screen_ctrp_drugs": ctrp_drugs,
        "screen_ctrp_lines": ctrp_lines,
    }
    arrays = {
        "screen_nci60": {"labels": labels, "bits": packed_bits(nci_bits)},
        "screen_ctrp": {"labels": packed(ctrp.areas), "bits": packed_bits(ctrp_bits)},
    }
    for name, panel in panels.items():
        tables |= {f"panel_{name}_lines": panel.table, f"panel_{name}_genes": panel.genes}
        arrays[f"panel_{name}"] = {"values": packed(panel.values)}
    counts = _counts(tables, labels, ctrp.no_structure)
    wrong = [
        f"{counts[n]} {n} (not {right})" for n, right in EXPECTED.items() if counts[n] != right
    ]
    if wrong:
        raise RawDataError(
            f"The raw data in '{raw_dir}' gives {wrong[0]}: these are not the described files. "
            "See the README of the raw data for what each file must hold."
        )
    with staged(out) as work:
        for name, table in tables.items():
            write_parquet(work / f"{name}.parquet", table)
        for name, content in arrays.items():
            write_npz(work / f"{name}.npz", content)
        files = sorted([*(f"{n}.parquet" for n in tables), *(f"{n}.npz" for n in arrays)])
        manifest = {
            "version": VERSION,
            "bundle": bundle.content_hash,
            "inputs": _inputs(raw),
            "outputs": {name: {"sha256": sha256(work / name)} for name in files},
            "rows": {name: len(table) for name, table in sorted(tables.items())},
            "counts": counts,
            "repeats of CTRP lines": ctrp.repeats,
            "left out": {
                "NCI-60 compounds without structure (NSC)": [str(nsc) for nsc in unknown],
                "CTRP compounds without structure": ctrp.no_structure,
                "structures kept as given": sorted(structures.unreadable),
                "CTRP lines unknown to the catalogue": _unknown(ctrp_lines),
                "CCLE profiles of no known line": _unknown(panels["ccle1000"].table),
            },
            "lines of one origin": {"nci60": nci_kin, "ctrp": ctrp_kin},
        }
        write_whole(work / "README.md", response_page(manifest))
        write_json(work / "manifest.json", manifest)
    return manifest


def _lines(
    names: list[str], bundle: Bundle, panels: dict[str, tuple[Panel, str]]
) -> tuple[pd.DataFrame, list[str]]:
    """Lines of a screen with their group and their row in each panel (-1: not there)."""
    table = line_rows(names, bundle.cells)
    group, reasons = origin_groups(table, bundle.cells)
    rows = {name: rows_in(panel, table, by) for name, (panel, by) in panels.items()}
    return table.drop(columns="platform").assign(group=group, **rows), reasons


def _counts(
    tables: dict[str, pd.DataFrame], labels: np.ndarray, no_structure: list[str]
) -> dict[str, int]:
    nci, ctrp = tables["screen_nci60_drugs"], tables["screen_ctrp_drugs"]
    lines = tables["screen_ctrp_lines"]
    return {
        "NCI-60 compounds": len(nci),
        "NCI-60 compounds: distinct structures": nci["group"].nunique(),
        "NCI-60 compounds with a Hub target": int((nci["targets"].map(len) > 0).sum()),
        "NCI-60 lines": labels.shape[1],
        "NCI-60 lines: origins": tables["screen_nci60_lines"]["group"].nunique(),
        "NCI-60 labels": int((labels >= 0).sum()),
        "NCI-60 labels: sensitive": int((labels == 1).sum()),
        "NCI-60 genes": len(tables["panel_nci60_genes"]),
        "CTRP compounds": len(ctrp),
        "CTRP compounds: distinct structures": ctrp["group"].nunique(),
        "CTRP compounds with a Hub target": int((ctrp["targets"].map(len) > 0).sum()),
        "CTRP compounds without structure, left out": len(no_structure),
        "CTRP lines": len(lines),
        "CTRP lines: origins": lines["group"].nunique(),
        "CTRP lines with a DepMap id": int((lines["depmap_id"] != "").sum()),
        "CTRP lines with landmark expression": int((lines["landmark"] >= 0).sum()),
        "CTRP lines with a CCLE profile": int((lines["ccle1000"] >= 0).sum()),
        "CCLE profiles": len(tables["panel_ccle1000_lines"]),
        "catalogue lines with landmark expression": len(tables["panel_landmark_lines"]),
    }


def _inputs(raw: RawData) -> list[dict]:
    """The sources that were read, with checksums."""
    used = dict(raw.used)
    used[NAMES_FILE] = replace(
        used[NAMES_FILE], title="names and structures of CTRP compounds", licence="public"
    )
    return [
        asdict(source) | {"sha256": sha256(raw.root / path)}
        for path, source in sorted(used.items())
    ]


def _unknown(table: pd.DataFrame) -> list[str]:
    return sorted(table.loc[table["cell"] == "", "line"])
