"""The files of a matrix under way: written, hashed, brought to the disk, noted for a resumption."""

import hashlib
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from badger_core.data.imports.packing import Packed
from badger_core.files import write_whole

VALUES = "values.npy"
SIDES = {"unit": np.float32, "strength": np.float32, "measured": np.int16}
_JOURNAL = "journal.json"
_NOTE_EVERY_S = 2.0
"""A kill loses at most the work of so much time."""
_SYNC_BYTES = 32 << 20
"""Waiting for the disk so often keeps few pages of the system's cache, used again and again; to
let it fill memory instead has cost up to five times the time of writing."""
_READ_BYTES = 4 << 20


class Sink:
    """Takes blocks of packed rows one after the other.

    Attributes:
        done: rows that were taken, those of an earlier attempt with them.
        resumed: rows that an earlier attempt had written.
        sides: unit, strength and measured of every row.
        digest: of the file of values.
    """

    def __init__(self, folder: Path, rows: int, genes: int, plan: str) -> None:
        self._folder, self._plan, self._width = folder, plan, genes * 2
        folder.mkdir(parents=True, exist_ok=True)
        self.resumed = self.done = self._noted(rows)
        mode = "r+" if self.done else "w+"
        if not self.done:  # what a note tells of must not be of an older attempt
            (folder / _JOURNAL).unlink(missing_ok=True)
        matrix = np.lib.format.open_memmap(folder / VALUES, mode, np.int16, (rows, genes))
        self._offset = matrix.offset
        del matrix
        self.sides = {
            name: np.lib.format.open_memmap(folder / f"{name}.npy", mode, kind, (rows,))
            for name, kind in SIDES.items()
        }
        self._file = (folder / VALUES).open("r+b", buffering=0)
        self.digest, self._hasher = hashlib.sha256(), ThreadPoolExecutor(1)
        left = self._synced = self._offset + self.done * self._width
        while left:
            block = self._file.read(min(left, _READ_BYTES))
            self.digest.update(block)
            left -= len(block)
        self._told = 0.0

    def write(self, packed: Packed) -> None:
        """Append a block; what is noted in the journal is on the disk for good."""
        rows = slice(self.done, self.done + len(packed.values))
        self._file.seek(self._offset + rows.start * self._width)
        hashed = self._hasher.submit(self.digest.update, packed.values.data)
        left = memoryview(packed.values).cast("B")
        while left:  # one call may take less than all of it
            left = left[self._file.write(left) :]
        for name, side in self.sides.items():
            side[rows] = getattr(packed, name)
        self.done = rows.stop
        end = self._offset + self.done * self._width
        if end - self._synced >= _SYNC_BYTES:
            self._to_disk(end)
            if time.monotonic() - self._told > _NOTE_EVERY_S:
                self.note()
        hashed.result()

    def note(self) -> None:
        """Have a later attempt go on from here."""
        self._to_disk(self._offset + self.done * self._width)
        for side in self.sides.values():
            side.flush()
        state = json.dumps({"plan": self._plan, "rows": self.done})
        write_whole(self._folder / _JOURNAL, state)
        self._told = time.monotonic()

    def close(self) -> None:
        """Close the files; what was not noted is written again by a later attempt."""
        self._hasher.shutdown()
        self._file.close()

    def _to_disk(self, end: int) -> None:
        handle = self._file.fileno()
        os.fsync(handle)
        if hasattr(os, "posix_fadvise"):
            start = self._synced
            os.posix_fadvise(handle, start, end - start, os.POSIX_FADV_DONTNEED)
        self._synced = end

    def _noted(self, rows: int) -> int:
        """Rows that an earlier attempt of the same plan finished."""
        try:
            state = json.loads((self._folder / _JOURNAL).read_text(encoding="utf-8"))
            names = (VALUES, *(f"{name}.npy" for name in SIDES))
            there = all((self._folder / name).exists() for name in names)
            return min(int(state["rows"]), rows) if there and state["plan"] == self._plan else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0
