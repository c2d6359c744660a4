"""What the system says when a place cannot be written, as sentences that say what to do."""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from badger_core.errors import WriteError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
_KEPT = "nothing that was there before is lost"
_NUMBER = re.compile(r"errno\s*[= ]\s*(\d+)")
"""The libraries of HDF5 and Parquet tell the number in their text alone."""


@contextmanager
def told(path: Path, size: int | None = None) -> Iterator[None]:
    """Turns what the system refuses in this block into a `WriteError`.

    Args:
        path: of what is written.
        size: bytes that are needed, where that is known.

    Raises:
        WriteError: for any OSError.
    """
    try:
        yield
    except OSError as error:
        raise refusal(path, error, size) from error


def refusal(path: Path, error: OSError, size: int | None = None) -> WriteError:
    """The error of a user for one of the system; see `told`."""
    number, folder = number_of(error), _nearest(path.parent)
    if number in _FULL:
        need = "" if size is None else f" It needs {amount(size)}, and"
        return WriteError(
            f"'{path}' cannot be written: the disk is full.{need or ' At present'} {_free(folder)} "
            f"free in '{folder}'. Make room there or name another place, and do the same again: "
            f"{_KEPT}."
        )
    if number == errno.EFBIG:
        return WriteError(
            f"'{path}' cannot be written: it is larger than this disk or the limits of your "
            f"account let a file be. Name another place, and do the same again: {_KEPT}."
        )
    wrong = _wrong(path, folder)
    if wrong or number in _NO_RIGHT:
        return WriteError(wrong or _no_right(path, folder))
    reason = os.strerror(number) if number else str(error)
    return WriteError(
        f"'{path}' cannot be written ({reason}). Check the disk, or name another place, and do "
        f"the same again: {_KEPT}."
    )


def system_refusal(error: OSError) -> str:
    """A sentence for what the system refused outside the writing of a file of ours."""
    number = number_of(error)
    place = f"'{error.filename}'" if error.filename else "what the output goes to"
    if number in _FULL:
        return f"The disk of {place} is full. Make room there, and run the same command again."
    reason = os.strerror(number) if number else str(error)
    return f"The system refuses {place} ({reason}). Check the place, and run the same again."


def number_of(error: OSError) -> int:
    """Number of an error of the system (`errno`); 0 where nobody tells it."""
    found = _NUMBER.search(str(error))
    return error.errno or (int(found[1]) if found else 0)


def check_place(*files: Path | None) -> None:
    """Refuse at once what could only fail after long work: files that are to be written.

    Raises:
        WriteError: if one is a folder, or lies where nothing can be written.
    """
    for path in files:
        if path is None:
            continue
        folder = _nearest(path.parent)
        wrong = _wrong(path, folder)
        if wrong or not os.access(folder, os.W_OK | os.X_OK):
            raise WriteError(wrong or _no_right(path, folder))


def check_folder(path: Path) -> None:
    """The same for a folder into which files are to be written.

    Raises:
        WriteError: if it is a file, or lies where nothing can be written.
    """
    folder = _nearest(path)
    wrong = _below_a_file(path, folder)
    if wrong or not os.access(folder, os.W_OK | os.X_OK):
        raise WriteError(wrong or _no_right(path, folder))


def check_room(folder: Path, needed: int) -> None:
    """Refuse what will not fit into a folder, with a fifth to spare.

    Raises:
        WriteError: there is less room.
    """
    free = shutil.disk_usage(_nearest(folder)).free
    if free < needed * 1.2:
        raise WriteError(
            f"The disk of '{folder}' has {amount(free)} left, and about {amount(needed)} are "
            "needed. Make room there, or name another place."
        )


def _wrong(path: Path, folder: Path) -> str:
    if path.is_dir():
        return f"'{path}' is a folder, and a file is to be written. Name a file in it."
    return _below_a_file(path, folder)


def _below_a_file(path: Path, folder: Path) -> str:
    if folder.is_dir():
        return ""
    return f"'{path}' cannot be written: '{folder}' is a file and no folder. Name another place."


def _no_right(path: Path, folder: Path) -> str:
    return (
        f"'{path}' cannot be written: you may not write in '{folder}', or the disk is read-only. "
        "Change the rights of that folder, or name another place."
    )


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    folder = folder.absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _free(folder: Path) -> str:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return "an unknown amount is"
    return f"{amount(free)} are"


def amount(size: float) -> str:
    """Bytes in words."""
    if size >= 1e9:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.1f} kB"
