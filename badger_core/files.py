"""Files that are written whole or not at all, and read up to a limit, gzip undone."""

import errno
import gzip
import io
import itertools
import os
import re
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from badger_core.disk import refusal
from badger_core.errors import BadgerError

PART = ".part"
"""Ends the names of files that are being written, or were when a process was killed."""
_GZIP = b"\x1f\x8b"
_LEFTOVER_S = 3600
"""A part that nobody wrote to for so long was left by a process that was killed."""
_number = itertools.count()


def write_whole(path: Path, content: bytes | str) -> None:
    """Write beside the target, then put it in place in one step; text is UTF-8.

    A kill or a full disk leaves the old file as it was and never a half-written one; of two
    processes the last one wins, with its whole content.

    Raises:
        WriteError: where it cannot be written.
    """
    write_together({path: content})


def write_together(files: Mapping[Path, bytes | str]) -> None:
    """Files that belong together: none is put in place before all of them are written.

    Args:
        files: path to content, put in place in this order: what names the others comes last.

    Raises:
        WriteError: where one cannot be written; the old ones are as they were then.
    """
    parts: dict[Path, Path] = {}
    at, size = Path(), 0
    try:
        for at, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            size += len(data)
            parts[at] = part_of(at)
            with parts[at].open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for at, part in parts.items():
            part.replace(at)
    except OSError as error:
        _drop(parts.values())
        raise refusal(at, error, size) from error
    finally:
        _drop(parts.values())


@contextmanager
def being_written(path: Path) -> Iterator[Path]:
    """Where a file that grows is written to; it takes the place of `path` when all went well.

    Raises:
        WriteError: for any OSError in the block.
    """
    part = path
    try:
        part = part_of(path)
        yield part
        put_in_place(part, path)
    except OSError as error:
        _drop([part] if part != path else [])
        raise refusal(path, error) from error
    finally:
        _drop([part] if part != path else [])


def part_of(path: Path) -> Path:
    """A name beside a file under which nobody else writes; its folder is made.

    Raises:
        OSError: the folder cannot be made, or the file is one.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{_literal(path.name)}.*{PART}"):
        with suppress(OSError):  # another process may be quicker
            if time.time() - old.stat().st_mtime > _LEFTOVER_S:
                old.unlink()
    return path.with_name(f"{path.name}.{os.getpid()}-{next(_number)}{PART}")


def put_in_place(part: Path, path: Path) -> None:
    """What was written, once it is on the disk, takes the place of `path`.

    Raises:
        OSError: it cannot.
    """
    with part.open("r+b") as file:
        os.fsync(file.fileno())
    part.replace(path)


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


def _drop(parts: Iterable[Path]) -> None:
    for part in parts:
        with suppress(OSError):  # a disk that fails now is told of already
            part.unlink(missing_ok=True)


def _literal(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)
