"""Whether the machine has the disk, the memory, the right to write and the port that are needed."""

import os
import shutil
import tempfile
from pathlib import Path

from badger_core.cli.app import is_free
from badger_core.cli.doctor_finding import Finding, broken, fine, look

GB = 1 << 30
DISK_LEAST_GB, DISK_WELL_GB = 0.2, 2.0
"""A report or a screen of one line fits into the first; screens of many lines into the second."""
MEMORY_LEAST_GB, MEMORY_WELL_GB = 0.8, 2.0
"""Measured on Linux: the app holds 0.63 GB after a prediction and the page About."""


def disk_finding(folder: Path, free_bytes: int | None = None) -> Finding:
    """Free space where unfinished work is kept.

    Args:
        folder: of that work; its nearest parent that exists is asked.
        free_bytes: asked of the system where it is not given.
    """
    if free_bytes is None:
        free_bytes = shutil.disk_usage(_existing(folder)).free
    said = f"{free_bytes / GB:.1f} GB free at '{folder}'"
    remedy = "Free some space, or name a folder on another disk with BADGER_RUNS."
    if free_bytes < DISK_LEAST_GB * GB:
        return broken("disk", said, remedy)
    if free_bytes < DISK_WELL_GB * GB:
        return look("disk", f"{said}: little for long screens", remedy)
    return fine("disk", said)


def memory_finding(available_bytes: int | None = None) -> Finding:
    """Memory that a program could take now.

    Args:
        available_bytes: asked of the system where it is not given.
    """
    if available_bytes is None:
        available_bytes = _available()
    if available_bytes is None:
        return look("memory", "this system does not tell", f"Have {MEMORY_WELL_GB:.0f} GB free.")
    said = f"{available_bytes / GB:.1f} GB available"
    remedy = f"End other programs, or give the machine {MEMORY_WELL_GB:.0f} GB or more."
    if available_bytes < MEMORY_LEAST_GB * GB:
        return broken("memory", said, remedy)
    if available_bytes < MEMORY_WELL_GB * GB:
        return look("memory", f"{said}: enough for few visitors", remedy)
    return fine("memory", said)


def writing_finding(folder: Path) -> Finding:
    """Whether unfinished work can be kept; nothing stays behind.

    Args:
        folder: of that work; where it is missing, its nearest parent is tried.
    """
    place = _existing(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            return fine("writing", f"'{folder}' can be written")
    except OSError as error:
        said = f"'{place}' cannot be written ({error.strerror or error})"
        remedy = "Give yourself the right, or name another folder with BADGER_RUNS."
        return broken("writing", said, remedy)


def port_finding(port: int) -> Finding:
    """Whether the app could listen; a port that is taken may be the app itself.

    Args:
        port: 1 to 65535.
    """
    if is_free(port):
        return fine("port", f"{port} is free")
    remedy = f"If that is not the app, start it with 'badger app --port {port + 1}'."
    return look("port", f"something listens on {port}", remedy)


def _existing(folder: Path) -> Path:
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _available() -> int | None:
    """Bytes by Linux's own estimate, within the limit of a container; elsewhere by sysconf."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found = {name: rest for name, _, rest in (line.partition(":") for line in lines)}
        free = int(found["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError, IndexError):
        return _physical()
    limit = _of_container()
    return free if limit is None else min(free, limit)


def _of_container() -> int | None:
    """What the limit of a control group (version 2) leaves; None without one."""
    try:
        most = int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
        used = int(Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such group, or 'max'
        return None
    return max(most - used, 0)


def _physical() -> int | None:
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None
