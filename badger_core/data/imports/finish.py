"""The tables, splits and manifest of an imported bundle, of what was chosen and written."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from badger_core import schema
from badger_core.checksums import sha256
from badger_core.data.build.readme import bundle_page
from badger_core.data.build.splits import fold_counts, split_table
from badger_core.data.build.write import write_json, write_npz, write_parquet
from badger_core.data.bundle import Bundle
from badger_core.data.imports.basal import FILES, with_platforms, write_basal
from badger_core.data.imports.choose import Chosen
from badger_core.data.imports.compounds import with_compounds
from badger_core.data.imports.lines import with_lines
from badger_core.data.imports.options import UNITS, Options
from badger_core.data.imports.records import records, write_records
from badger_core.data.imports.values import Written
from badger_core.data.signatures import UNIT_FILE, VALUES_FILE
from badger_core.disk import told
from badger_core.files import write_whole

_OWN = {"signatures.npz", UNIT_FILE, VALUES_FILE}
_OWN |= {f"{name}.parquet" for name in ("signatures", "cells", "compounds", "splits")}
_OF_SIGNATURES = ("l1000/signatures", "l1000/genesets", "l1000/consensus")
_LEFT_OUT = "left_out"
_SPLIT_COLUMNS = ["ik14", "cell", "kind", "identity", "dose_um", "time_h", "source"]


class Import(NamedTuple):
    """Everything that stands when the values are written.

    Attributes:
        base: the bundle that is built on.
        onto: whether its signatures are kept.
        options: what entered.
        chosen: the new signatures.
        written: the matrix of all.
        first: its first new row.
        inputs: entries of the manifest.
    """

    base: Bundle
    onto: bool
    options: Options
    chosen: Chosen
    written: Written
    first: int
    inputs: list[dict]


def finish(done: Import, out: Path, step: Callable[[str], None]) -> dict:
    """Write everything but the values; the manifest comes last."""
    base, chosen = done.base, done.chosen
    step("tables of signatures, compounds and lines")
    signatures, left_out = _signatures(done)
    plain = signatures.select(_SPLIT_COLUMNS).to_pandas()
    numeric = plain.loc[plain["kind"] == "numeric", ["cell", "ik14"]]
    counts = numeric["ik14"].value_counts()
    compounds = with_compounds(base.library.table, chosen.found.new, counts)
    cells = with_lines(base.cells.table, chosen.lines.added, numeric)
    cells = with_platforms(cells, chosen.basal)
    step("splits")
    splits = split_table(plain, compounds)
    step("writing")
    write_records(out / "signatures.parquet", signatures)
    write_parquet(out / "compounds.parquet", compounds[list(schema.COMPOUND_COLUMNS)])
    write_parquet(out / "cells.parquet", cells[list(schema.CELL_COLUMNS)])
    write_parquet(out / "splits.parquet", splits)
    write_parquet(out / f"{_LEFT_OUT}.parquet", _left_out_table(chosen))
    write_npz(out / UNIT_FILE, {"unit": done.written.unit, "entrez": base.genes.entrez})
    rows = {name: n for name, n in base.manifest["rows"].items() if f"{name}.parquet" not in _OWN}
    sizes = {"signatures": signatures, "compounds": compounds, "cells": cells, "splits": splits}
    rows |= {name: len(table) for name, table in sizes.items()}
    outputs = {
        name: {"sha256": sha256(out / name)} for name in _OWN - {"signatures.npz", VALUES_FILE}
    }
    outputs[VALUES_FILE] = {"sha256": done.written.sha256}
    outputs |= _copied(base, "outputs", out)
    if len(chosen.basal.rows):
        write_basal(base, chosen.basal, out)
        outputs |= {name: {"sha256": sha256(out / name)} for name in FILES}
        rows["cell_expression_rows"] = len(base.cells.expression_rows) + len(chosen.basal.rows)
    references = _copied(base, "references", out)
    references[f"{_LEFT_OUT}.parquet"] = {"sha256": sha256(out / f"{_LEFT_OUT}.parquet")}
    older = [
        one
        for one in base.manifest["inputs"]
        if done.onto or not one["path"].startswith(_OF_SIGNATURES)
    ]
    manifest = {
        "bundle_version": schema.BUNDLE_VERSION,
        "written_by": "badger data import",
        "import": _account(done),
        "inputs": [*older, *done.inputs],
        "outputs": dict(sorted(outputs.items())),
        "references": dict(sorted(references.items())),
        "rows": rows,
        "dropped": dict(sorted((base.manifest["dropped"] if done.onto else {}).items()))
        | dict(sorted(left_out.items())),
        "folds": fold_counts(splits),
        "coverage": _coverage(plain, compounds, cells),
    }
    write_whole(out / "README.md", bundle_page(manifest))
    write_json(out / "manifest.json", manifest)
    return manifest


def _signatures(done: Import) -> tuple[pa.Table, Counter[str]]:
    """Old and new rows of the table, and what was left out, with rows of too few genes."""
    path = done.base.root / "signatures.parquet"
    kind = pq.read_schema(path).remove_metadata()
    unit = UNITS[done.options.level]
    level = "3diff" if done.options.level == 3 else str(done.options.level)
    origin = done.inputs[0]["origin"]
    common = {
        "source": origin,
        "level": level,
        "unit": unit,
        "licence": done.inputs[0]["licence"],
    }
    new, bare = records(
        done.chosen.table, done.written, done.first, common, kind, done.options.min_landmarks
    )
    left_out = done.chosen.left_out.copy()
    left_out[f"signature: fewer than {done.options.min_landmarks} landmarks measured"] = bare
    if not done.onto:
        return new, +left_out
    old = pq.read_table(path).replace_schema_metadata().cast(kind)
    return pa.concat_tables([old, new]), +left_out


def _copied(base: Bundle, key: str, out: Path) -> dict[str, dict[str, str]]:
    """Files that an import does not change."""
    entries = {}
    for name, entry in base.manifest.get(key, {}).items():
        if name not in _OWN and name != f"{_LEFT_OUT}.parquet":
            with told(out / name, (base.root / name).stat().st_size):
                shutil.copyfile(base.root / name, out / name)
            entries[name] = entry
    return entries


def _left_out_table(chosen: Chosen) -> pd.DataFrame:
    """Compounds without structure, and how many signatures went for which reason."""
    rows = [
        ("signature", "", "", reason.removeprefix("signature: "), count)
        for reason, count in sorted(chosen.left_out.items())
    ]
    table = chosen.found.unmapped
    return pd.concat([table, pd.DataFrame(rows, columns=table.columns)], ignore_index=True)


def _account(done: Import) -> dict:
    chosen = done.chosen
    return {
        "options": asdict(done.options) | {"kinds": list(done.options.kinds)},
        "onto": done.base.content_hash if done.onto else "",
        "tables_of": done.base.content_hash,
        "release": chosen.release,
        "signatures": len(chosen.table),
        "compounds by way": dict(sorted(chosen.found.ways.items())),
        "compounds without structure": len(chosen.found.unmapped),
        "compounds new to the library": len(chosen.found.new),
        "lines new to the catalogue": sorted(chosen.lines.added["cell"]),
        "lines with new expression": sorted(chosen.basal.platform),
    }


def _coverage(plain: pd.DataFrame, compounds: pd.DataFrame, cells: pd.DataFrame) -> dict[str, int]:
    """The counts that `badger data show` and the About page give."""
    numeric = plain[plain["kind"] == "numeric"]
    usable = set(cells.loc[cells["basal_platform"] != "", "cell"])
    with_basal = numeric["cell"].isin(usable)
    known = compounds[compounds["ik14"].isin(set(numeric["ik14"]))]
    return {
        "numeric signatures": len(numeric),
        "numeric signatures with basal expression": int(with_basal.sum()),
        "lines with numeric signatures": numeric["cell"].nunique(),
        "compounds with numeric signatures": len(known),
        "... in the Repurposing Hub": int((known["origin"] == "hub").sum()),
        "... with a target": int((known["target_entrez"].map(len) > 0).sum()),
        "gene-set signatures": int((plain["kind"] == "gene_set").sum()),
        "pooled signatures": int((plain["kind"] == "pooled").sum()),
    }
