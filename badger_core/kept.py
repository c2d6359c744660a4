"""Finished work on disk with its checksum beside it: read back as it was written, or not at all."""

import hashlib
from pathlib import Path

from badger_core.files import write_whole

ENDING = ".sha256"


def keep(path: Path, content: bytes | str) -> None:
    """Write a file, whole or not at all, and then its SHA-256, which makes it finished.

    Raises:
        WriteError: where it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    write_whole(path, data)
    write_whole(checksum_of(path), sha256(data) + "\n")


def kept(path: Path) -> bytes | None:
    """The content of finished work; None where it is missing, unfinished or damaged."""
    try:
        content = path.read_bytes()
        expected = checksum_of(path).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return content if sha256(content) == expected else None


def is_kept(path: Path) -> bool:
    """Whether the work is finished and undamaged."""
    return kept(path) is not None


def checksum_of(path: Path) -> Path:
    """Where the checksum of a file lies."""
    return path.with_name(path.name + ENDING)


def sha256(content: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()
