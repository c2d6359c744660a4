"""Large arrays beside memory: in files of the system's temporary folder that vanish with them."""

import errno
import mmap
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

import numpy as np

from badger_core.disk import told

IN_MEMORY = 256 << 20
"""Bytes up to which an array is an ordinary one. Of larger ones the system keeps in memory what
it has room for. TMPDIR names another folder where /tmp itself lies in memory."""
_AT_ONCE = 4096


def empty(shape: tuple[int, ...]) -> np.ndarray:
    """A float32 array to be filled, in memory or in a file by its size.

    Raises:
        WriteError: the disk of the temporary folder has no room for it.
    """
    size = 4 * int(np.prod(shape))
    if size <= IN_MEMORY:
        return np.empty(shape, np.float32)
    with (
        told(Path(tempfile.gettempdir()) / "badger", size),
        tempfile.TemporaryFile(prefix="badger-") as file,
    ):
        file.truncate(size)
        allocate(file)
        return np.memmap(file, np.float32, "r+", shape=shape)


def allocate(file: BinaryIO) -> None:
    """Room on the disk for a whole file, so that no write to a mapping of it can fail.

    A process whose mapping finds the disk full is killed by the system, without a word.

    Raises:
        OSError: there is no room.
    """
    size = os.fstat(file.fileno()).st_size
    if size and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(file.fileno(), 0, size)
        except OSError as error:
            if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL):  # this file system cannot
                raise


def is_large(array: np.ndarray) -> bool:
    """Whether an array is larger than what is kept in memory."""
    return array.nbytes > IN_MEMORY


def release(array: np.ndarray) -> None:
    """Give the memory of a mapped array back; what was written stays, and is read when needed."""
    mapped = getattr(array, "_mmap", None)
    if mapped is not None and hasattr(mapped, "madvise"):
        mapped.madvise(mmap.MADV_DONTNEED)


def taken(array: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """A copy of these rows of a (N, G) array."""
    if 4 * len(rows) * array.shape[1] <= IN_MEMORY:
        return np.asarray(array)[rows]
    result = empty((len(rows), array.shape[1]))
    for start in range(0, len(rows), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        result[some] = array[rows[some]]
        release(result)
        release(array)
    return result


def joined(arrays: list[np.ndarray]) -> np.ndarray:
    """(N, G) arrays below each other; a single one is given back as it is."""
    if len(arrays) == 1:
        return arrays[0]
    result = empty((sum(len(array) for array in arrays), arrays[0].shape[1]))
    start = 0
    for array in arrays:
        for at in range(0, len(array), _AT_ONCE):
            block = array[at : at + _AT_ONCE]
            result[start + at : start + at + len(block)] = block
            release(result)
            release(array)
        start += len(array)
    return result
