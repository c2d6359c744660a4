"""Files that are written whole or not at all, and read up to a limit, gzip undone."""

import gzip
import io
import os
import zlib
from pathlib import Path

from badger_core.errors import BadgerError

_GZIP = b"\x1f\x8b"


def write_whole(path: Path, content: bytes | str) -> None:
    """Write beside the target, then put it in place in one step; text is UTF-8.

    A kill or a full disk leaves the old file as it was and never a half-written one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_at_most(path: Path, most: int, error: type[BadgerError]) -> bytes:
    """The first `most` + 1 bytes of a file: one more than may be there tells that it is too large.

    Raises:
        error: for a file that cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as reason:
        raise error(f"'{path}' cannot be opened. Check the name and the folder.") from reason


def unpacked(content: bytes, name: str, most: int, error: type[BadgerError]) -> bytes:
    """The first `most` + 1 bytes of what was compressed by gzip; other content as it is.

    Raises:
        error: for a damaged file, named by `name`.
    """
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as file:
            return file.read(most + 1)
    except (OSError, EOFError, ValueError, zlib.error) as reason:
        raise error(
            f"'{name}' is compressed, and the end or a part of it is damaged. Compress it again."
        ) from reason
