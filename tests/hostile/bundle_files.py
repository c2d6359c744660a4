"""A copy of everything that ships, of links, in which one file at a time is harmed."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from badger_core.checksums import LIST
from badger_core.paths import ROOT

FOLDERS = {
    "BADGER_BUNDLE": "bundle",
    "BADGER_MODELS": "models",
    "BADGER_PREDICTIONS": "predictions",
    "BADGER_RESPONSE": "response",
    "BADGER_PERTURBATION": "perturbation",
}
"""Variable of the environment to folder below `data`."""


def linked_copy(root: Path) -> Path:
    """`data` below a folder, each file a link to the one that ships."""
    for folder in FOLDERS.values():
        for file in sorted((ROOT / "data" / folder).rglob("*")):
            if file.is_file():
                place = root / file.relative_to(ROOT / "data")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.symlink_to(file)
    shutil.copyfile(ROOT / "data" / LIST, root / LIST)
    return root


def _flipped(at: float) -> Callable[[bytes], bytes]:
    def flip(content: bytes) -> bytes:
        place = int(at * (len(content) - 1))
        return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    return flip


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "half": lambda content: content[: len(content) // 2],
    "without its last byte": lambda content: content[:-1],
    "with a byte more": lambda content: content + b"\n",
    "first byte changed": _flipped(0.0),
    "a byte changed": _flipped(0.31),
    "another byte changed": _flipped(0.62),
    "text instead": lambda content: b"gene,s1\nTP53,1\n",
}
WAYS = ("missing", "a folder", "unreadable", "another file", *BYTES)
"""In which a file is harmed."""


@contextmanager
def harmed(path: Path, way: str, other: Path) -> Iterator[None]:
    """The file harmed in one way, and a link again afterwards.

    Args:
        path: of a link in the copy.
        way: one of WAYS.
        other: of the same kind, for 'another file'.
    """
    shipped = path.resolve()
    content, another = shipped.read_bytes(), other.read_bytes() if other.is_file() else b"{}"
    path.unlink()
    with pytest.MonkeyPatch.context() as patch:
        if way == "a folder":
            path.mkdir()
        elif way == "unreadable":
            path.write_bytes(content)
            path.chmod(0)
            if os.access(path, os.R_OK):  # for root nothing is: as the system would say it
                _refuse(path, patch)
        elif way != "missing":
            path.write_bytes(another if way == "another file" else BYTES[way](content))
        try:
            yield
        finally:
            patch.undo()
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            path.symlink_to(shipped)


def _refuse(path: Path, patch: pytest.MonkeyPatch) -> None:
    read_bytes, read_text, opened = Path.read_bytes, Path.read_text, Path.open

    def refusing(method: Callable) -> Callable:
        def call(self: Path, *given: object, **named: object) -> object:
            if self == path:
                raise PermissionError(13, "Permission denied", str(self))
            return method(self, *given, **named)

        return call

    for name, method in (("read_bytes", read_bytes), ("read_text", read_text), ("open", opened)):
        patch.setattr(Path, name, refusing(method))
