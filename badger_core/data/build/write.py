"""Writes tables and arrays so that the same content always gives the same bytes."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from badger_core.files import write_whole

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def write_parquet(path: Path, table: pd.DataFrame) -> None:
    """A table as zstd Parquet without the pandas index."""
    buffer = io.BytesIO()
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata()
    pq.write_table(arrow, buffer, compression="zstd", compression_level=15)
    write_whole(path, buffer.getvalue())


def write_npz(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Arrays as a compressed npz whose members carry a fixed date (numpy writes the present)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            member = io.BytesIO()
            np.lib.format.write_array(
                member, np.ascontiguousarray(arrays[name]), allow_pickle=False
            )
            info = zipfile.ZipInfo(f"{name}.npy", _FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, member.getvalue(), compresslevel=9)
    write_whole(path, buffer.getvalue())


def write_json(path: Path, content: Any) -> None:  # noqa: ANN401
    """JSON with sorted keys and a closing newline."""
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_whole(path, text)
