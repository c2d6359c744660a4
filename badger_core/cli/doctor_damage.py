"""Tells whether a file is whole: by the list of what was learnt, else by the file itself."""

import json
import struct
import zlib
from collections.abc import Callable
from os import SEEK_END
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from badger_core.checksums import listed, sha256

_REFUSED = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError),
    *(struct.error, BadZipFile, zlib.error),
)
"""What reading something else, or half of it, raises."""


def damage(path: Path) -> str:
    """What is wrong with a file; '' for nothing.

    One that no `SHA256SUMS` names is looked into where it is JSON, npz, Parquet or safetensors.

    Args:
        path: of a file; one that is missing is damaged.
    """
    expected = listed(path)
    look = _LOOKS.get(path.suffix, _there)
    try:
        if expected:
            return "" if sha256(path) == expected else "differs from its checksum"
        return look(path)
    except _REFUSED:
        return "is damaged or cannot be read"


def _there(path: Path) -> str:
    path.stat()
    return ""


def _json(path: Path) -> str:
    json.loads(path.read_text(encoding="utf-8"))
    return ""


def _npz(path: Path) -> str:
    """Every part of a ZIP has a checksum (CRC-32) of its content."""
    with ZipFile(path) as parts:
        wrong = parts.testzip()
    return f"is damaged in {wrong}" if wrong else ""


def _safetensors(path: Path) -> str:
    """By its header: 8 bytes with the length of a JSON text with the place of each tensor, data.

    The format is told in the README of Hugging Face's safetensors. It has no checksum, so only what
    is cut off or put in the wrong place is seen.
    """
    size = path.stat().st_size
    with path.open("rb") as opened:
        (length,) = struct.unpack("<Q", opened.read(8))
        if length > size - 8:
            return "is cut off"
        header = json.loads(opened.read(length))
    header.pop("__metadata__", None)
    end = max(entry["data_offsets"][1] for entry in header.values())
    return "" if 8 + length + end == size else "is cut off"


def _parquet(path: Path) -> str:
    """By the four bytes at either end: what is cut off lacks the last."""
    with path.open("rb") as opened:
        first = opened.read(4)
        opened.seek(-4, SEEK_END)
        return "" if first == opened.read() == b"PAR1" else "is cut off or no Parquet file"


_LOOKS: dict[str, Callable[[Path], str]] = {
    ".json": _json,
    ".npz": _npz,
    ".parquet": _parquet,
    ".safetensors": _safetensors,
}
