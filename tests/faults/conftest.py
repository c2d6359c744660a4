"""A disk that is full after so many bytes, without a disk of its own."""

import errno
import io
import os
from pathlib import Path

import pytest


class _Full(io.FileIO):
    """A file on a disk that takes only what is left."""

    def __init__(self, path, mode, disk):
        super().__init__(path, mode)
        self._disk = disk

    def write(self, content):
        self._disk.left -= len(content)
        if self._disk.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self.name)
        return super().write(content)


class FullDisk:
    """What Python itself writes; `left` bytes fit, and room is made by raising it."""

    left = 1 << 60

    def open(self, path, mode="r", *arguments, **more):
        """In place of `Path.open`."""
        if "b" in mode and set(mode) & set("wxa"):
            return _Full(path, mode.replace("b", ""), self)
        return open(path, mode, *arguments, **more)


@pytest.fixture
def disk(monkeypatch):
    """Every `Path.open` for writing goes to this disk."""
    full = FullDisk()
    monkeypatch.setattr(Path, "open", lambda path, *args, **more: full.open(path, *args, **more))
    return full
