"""Writes tables that are derived from raw files beside the bundle, with a manifest of their own."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from badger_core.checksums import sha256
from badger_core.data.build.place import staged
from badger_core.data.build.write import write_json, write_npz, write_parquet
from badger_core.data.raw import RawData


def write_derived(
    out: Path,
    raw: RawData,
    tables: dict[str, pd.DataFrame],
    arrays: dict[str, dict[str, np.ndarray]],
    facts: dict[str, Any],
) -> dict:
    """Write `NAME.parquet` and `NAME.npz` under `out`, and a manifest; see `place.staged`.

    Args:
        out: the folder, made if it is missing.
        raw: the raw data; what was read from it so far is entered with its checksum and licence.
        tables: by name.
        arrays: by name.
        facts: counts that a reader of the manifest should find in it.

    Returns:
        The manifest as written: inputs, outputs (checksums), rows and the facts.
    """
    with staged(out) as work:
        for name, table in tables.items():
            write_parquet(work / f"{name}.parquet", table)
        for name, content in arrays.items():
            write_npz(work / f"{name}.npz", content)
        files = sorted(
            [*(f"{name}.parquet" for name in tables), *(f"{name}.npz" for name in arrays)]
        )
        manifest = {
            "inputs": [
                asdict(source) | {"sha256": sha256(raw.root / path)}
                for path, source in sorted(raw.used.items())
            ],
            "outputs": {name: {"sha256": sha256(work / name)} for name in files},
            "rows": {name: len(table) for name, table in tables.items()},
            **facts,
        }
        write_json(work / "manifest.json", manifest)
    return manifest
