"""The files of a matrix under way: written, hashed, brought to the disk, noted for a resumption."""

import hashlib
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.lib.format import open_memmap

from badger_core.data.imports.packing import Packed
from badger_core.data.scratch import allocate
from badger_core.disk import told
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
        self._folder, self._plan, self._shape = folder, plan, (rows, genes)
        self._width, self._told = genes * 2, 0.0
        self._hasher = ThreadPoolExecutor(1)
        with told(folder / VALUES, rows * genes * 2):
            folder.mkdir(parents=True, exist_ok=True)
            if not self._gone_on():
                # what a note tells of must not be of an older attempt
                (folder / _JOURNAL).unlink(missing_ok=True)
                self._open("w+", 0)
        self.resumed = self.done

    def write(self, packed: Packed) -> None:
        """Append a block; what is noted in the journal is on the disk for good."""
        rows = slice(self.done, self.done + len(packed.values))
        hashed = self._hasher.submit(self.digest.update, packed.values.data)
        left = memoryview(packed.values).cast("B")
        with told(self._folder / VALUES, (self._shape[0] - rows.start) * self._width):
            self._file.seek(self._offset + rows.start * self._width)
            while left:  # one call may take less than all of it
                left = left[self._file.write(left) :]
        for name, side in self.sides.items():
            side[rows] = getattr(packed, name)
        hashed.result()
        self.done = rows.stop
        end = self._offset + self.done * self._width
        if end - self._synced >= _SYNC_BYTES:
            self._to_disk(end)
            if time.monotonic() - self._told > _NOTE_EVERY_S:
                self.note()

    def note(self) -> None:
        """Have a later attempt go on from here."""
        self._to_disk(self._offset + self.done * self._width)
        for side in self.sides.values():
            side.flush()
        state = {"plan": self._plan, "rows": self.done, "values": self.digest.hexdigest()}
        write_whole(self._folder / _JOURNAL, json.dumps(state | {"sides": self._sides_digest()}))
        self._told = time.monotonic()

    def close(self) -> None:
        """Close the files; what was not noted is written again by a later attempt."""
        self._hasher.shutdown()
        self._file.close()

    def _gone_on(self) -> bool:
        """Open what an earlier attempt of the same plan left, if it is as was noted."""
        try:
            noted = json.loads((self._folder / _JOURNAL).read_text(encoding="utf-8"))
            if noted["plan"] != self._plan:
                return False
            self._open("r+", min(int(noted["rows"]), self._shape[0]))
            found = {"values": self.digest.hexdigest(), "sides": self._sides_digest()}
            return all(noted[name] == value for name, value in found.items())
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def _open(self, mode: Literal["r+", "w+"], done: int) -> None:
        """Open all files, and hash the rows that are done.

        Raises:
            OSError: a file is missing, or there is no room for it.
            ValueError: a file is damaged.
        """
        self.done = done
        matrix = open_memmap(self._folder / VALUES, mode, np.int16, self._shape)
        sides = {
            name: open_memmap(self._folder / f"{name}.npy", mode, kind, self._shape[:1])
            for name, kind in SIDES.items()
        }
        if matrix.shape != self._shape or any(s.shape != self._shape[:1] for s in sides.values()):
            raise ValueError("another shape")
        for name in SIDES:  # a mapped file that finds no room kills the process
            with (self._folder / f"{name}.npy").open("r+b") as file:
                allocate(file)
        self._offset, self.sides = matrix.offset, sides
        del matrix
        self._file = (self._folder / VALUES).open("r+b", buffering=0)
        self.digest = hashlib.sha256()
        left = self._synced = self._offset + done * self._width
        while left:
            block = self._file.read(min(left, _READ_BYTES))
            if not block:
                raise ValueError("cut off")
            self.digest.update(block)
            left -= len(block)

    def _sides_digest(self) -> str:
        """Of the sides of the rows that are done."""
        digest = hashlib.sha256()
        for side in self.sides.values():
            digest.update(side[: self.done].tobytes())
        return digest.hexdigest()

    def _to_disk(self, end: int) -> None:
        handle = self._file.fileno()
        with told(self._folder / VALUES):
            os.fsync(handle)
        if hasattr(os, "posix_fadvise"):
            start = self._synced
            os.posix_fadvise(handle, start, end - start, os.POSIX_FADV_DONTNEED)
        self._synced = end
