"""Reads the file of a screen: its rows, its scores as numbers and what it was made from."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from badger_core.errors import SettingError
from badger_core.repurpose.chunks import METADATA
from badger_core.repurpose.screen_rows import UNIT


class ScreenRows(NamedTuple):
    """R rows of a screen."""

    table: pd.DataFrame  # every column of `screen_rows.schema` but the scores
    scores: np.ndarray  # (R, G) float32 predicted change, genes in panel order


def read_manifest(path: Path) -> dict:
    """What a screen was made from: model and bundle hash, lines, genes (entrez, symbols).

    Raises:
        SettingError: it cannot be read, or is no screen.
    """
    return json.loads(_open(path).schema_arrow.metadata[METADATA])


def read_screen(path: Path, cells: Sequence[str] | None = None) -> ScreenRows:
    """All rows, or those of some lines; 4 kB each in memory.

    Raises:
        SettingError: it cannot be read, is no screen, or has none of the lines.
    """
    parts = [part for part in iterate_screen(path, cells) if len(part.table)]
    if not parts:
        raise SettingError(
            f"'{path}' has no row of {', '.join(cells or ())}. It holds "
            f"{', '.join(read_manifest(path)['lines'])}."
        )
    table = pd.concat([part.table for part in parts], ignore_index=True)
    return ScreenRows(table, np.concatenate([part.scores for part in parts]))


def iterate_screen(path: Path, cells: Sequence[str] | None = None) -> Iterator[ScreenRows]:
    """Chunk by chunk, for what needs bounded memory.

    Raises:
        SettingError: it cannot be read, or is no screen.
    """
    file = _open(path)
    for group in range(file.num_row_groups):
        rows = file.read_row_group(group)
        scores = rows["scores"].combine_chunks()
        values = scores.flatten().to_numpy().reshape(len(rows), scores.type.list_size)
        table = rows.drop_columns("scores").to_pandas()
        for name in table.select_dtypes("category"):
            table[name] = table[name].astype(object)
        kept = np.ones(len(table), bool) if cells is None else table["cell"].isin(cells).to_numpy()
        yield ScreenRows(table[kept], values[kept] * np.float32(UNIT))


def _open(path: Path) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(path, page_checksum_verification=True)
    except (OSError, pa.ArrowInvalid) as error:
        raise SettingError(
            f"'{path}' cannot be read as a screen. Make one with 'badger screen'."
        ) from error
    if METADATA not in (file.schema_arrow.metadata or {}):
        raise SettingError(f"'{path}' is no screen. Make one with 'badger screen'.")
    return file
