"""The table of signatures of an imported bundle, written in row groups with the shipped schema."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from badger_core.data.imports.values import Written
from badger_core.files import being_written

_STRONG_THIRD = 2 / 3
_ROW_GROUP = 1 << 16


def records(
    table: pd.DataFrame,
    written: Written,
    first: int,
    common: dict[str, str],
    schema: pa.Schema,
    least: int,
) -> tuple[pa.Table, int]:
    """Rows of the schema, and how many were left out because too few genes were measured.

    Args:
        table: columns of `choose.Chosen.table`, one per row of the matrix from `first` on.
        written: the matrix.
        first: its first row that is of this table.
        common: source, level, unit and licence.
        schema: of the shipped table.
        least: genes that a signature must have.
    """
    rows = np.arange(first, first + len(table))
    keep = written.measured[rows] >= least
    table, rows = table[keep], rows[keep]
    n = len(table)
    strength = written.strength[rows].astype(np.float64)
    threshold = np.quantile(strength, _STRONG_THIRD) if n else 0.0
    texts = {name: _texts(table[name]) for name in ("line", "ik14", "name", "pert_id")}
    nameless = np.where(texts["name"] == "", texts["pert_id"], texts["name"])
    empty = pa.ListArray.from_arrays(np.zeros(n + 1, np.int32), pa.array([], pa.int64()))
    columns = {
        "signature": pa.array((common["source"] + "|" + table["id"]).to_numpy(object), pa.string()),
        "kind": ["numeric"] * n,
        "row": rows,
        "cell": texts["line"],
        "ik14": texts["ik14"],
        "compound": np.where(nameless == "", texts["ik14"], nameless),
        "dose_um": table["dose_um"].to_numpy(float),
        "time_h": table["time_h"].to_numpy(float),
        "n_replicates": table["n_replicates"].to_numpy(float),
        **{name: [common[name]] * n for name in ("source", "level", "unit", "licence")},
        "identity": ["given"] * n,
        "strength": strength,
        "active": strength >= threshold,
        "up": empty,
        "down": empty,
    }
    arrays = [
        columns[field.name].cast(field.type)
        if isinstance(columns[field.name], pa.Array)
        else pa.array(columns[field.name], field.type, from_pandas=field.type != pa.bool_())
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema), int((~keep).sum())


def write_records(path: Path, table: pa.Table) -> None:
    """As zstd Parquet in row groups; put in place in one step."""
    with being_written(path) as part:
        pq.write_table(table, part, compression="zstd", row_group_size=_ROW_GROUP)


def _texts(column: pd.Series) -> np.ndarray:
    """Objects that share one text per category."""
    categories = column.cat.categories.to_numpy(object)
    return categories[column.cat.codes.to_numpy()]
