"""The finished chunks of a screen on disk, each with its checksum, and the file made of them."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from badger_core.errors import SettingError
from badger_core.files import being_written
from badger_core.kept import keep, kept

METADATA = b"badger"
"""Key of the manifest (JSON) in the metadata of the Parquet file."""
COMPRESSION = "zstd"


class ChunkStore:
    """One folder per screen: `chunk-0001.parquet` and beside it its SHA-256.

    Args:
        folder: named by the key of the screen, so that other questions never meet here.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, number: int) -> Path:
        """Where a chunk is, or will be."""
        return self.folder / f"chunk-{number:04d}.parquet"

    def keep(self, number: int, content: bytes) -> None:
        """Write a chunk, whole or not at all; the checksum comes last and makes it finished."""
        keep(self.path(number), content)

    def content(self, number: int) -> bytes | None:
        """The bytes of a finished chunk; None where it is missing, unfinished or damaged."""
        return kept(self.path(number))

    def finished(self, n_chunks: int) -> list[int]:
        """Numbers of the finished chunks, from 1."""
        return [n for n in range(1, n_chunks + 1) if self.content(n) is not None]

    def assemble(self, n_chunks: int, out: Path, manifest: Mapping) -> None:
        """All chunks in order as one Parquet file, a row group each; one at a time in memory.

        Equal chunks give equal bytes. The file appears when it is whole, and its pages have
        checksums that `screen_file` compares.

        Raises:
            SettingError: a chunk has gone meanwhile.
            WriteError: the file cannot be written.
        """
        metadata = {METADATA: json.dumps(manifest, sort_keys=True).encode()}
        writer = None
        with being_written(out) as part, ExitStack() as closed:
            for number in range(1, n_chunks + 1):
                content = self.content(number)
                if content is None:
                    raise SettingError(
                        f"'{self.path(number)}' was changed or removed while the screen ran. "
                        "Run the same command again: the other chunks are kept."
                    )
                table = pq.read_table(pa.BufferReader(content))
                if writer is None:
                    table_schema = table.schema.with_metadata(metadata)
                    writer = closed.enter_context(
                        pq.ParquetWriter(
                            part, table_schema, compression=COMPRESSION, write_page_checksum=True
                        )
                    )
                writer.write_table(table.replace_schema_metadata(metadata), len(table))
