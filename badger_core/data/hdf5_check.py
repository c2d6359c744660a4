"""Whether an HDF5 file from outside can be read at all: tried in another process, with a limit.

The HDF5 library trusts the pointers within a file. Where a damaged one leads in a circle it reads
on without end, and no thread of the same process can stop it.
"""

import math
import os
import subprocess
import sys
from pathlib import Path

from badger_core.data import hdf5_probe
from badger_core.errors import BadgerError
from badger_core.limits import limits

_BYTES_PER_S, _MOST_S = 20e6, 300.0
"""A slow disk reads at least so much; no file is waited for longer."""
_PATIENCE = 10
"""A busy machine may take so many times as long; what runs without end is out of time on the
processor before, where the system can limit it."""
_OUT_OF_TIME = (-24, -9)
"""Exit status of a process that used up its time on the processor: SIGXCPU, then SIGKILL."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def check_hdf5(
    source: Path | bytes, name: str, error: type[BadgerError], limit_s: float | None = None
) -> None:
    """Return if a reader of this file comes to an end within time and memory, be it with an error.

    Args:
        source: where the file is, or its bytes.
        name: of the file, for messages.
        error: of the caller.
        limit_s: to wait beside the time for the bytes; `limits().hdf5_s` for None.

    Raises:
        error: for a file on which the library hangs, crashes or fills memory, or that takes data
            from others.
    """
    limit_s = float(limits().hdf5_s) if limit_s is None else limit_s
    most_mb = limits().hdf5_mb
    at, content = (None, source) if isinstance(source, bytes) else (str(source.resolve()), None)
    size = len(content) if at is None else source.stat().st_size
    limit = min(limit_s + size / _BYTES_PER_S, max(limit_s, _MOST_S))
    program = str(Path(hdf5_probe.__file__).resolve())
    command = [sys.executable, "-I", program, str(most_mb), str(math.ceil(limit))]
    try:
        ended = subprocess.run(
            [*command, *([at] if at else [])],
            input=content,
            stdin=subprocess.DEVNULL if at else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limit * _PATIENCE,
            check=False,
            env=os.environ | dict.fromkeys(_ONE_THREAD, "1"),
        )
    except subprocess.TimeoutExpired as reason:
        raise error(f"'{name}' {_reason(_OUT_OF_TIME[0], most_mb, limit)}") from reason
    if ended.returncode:
        raise error(f"'{name}' {_reason(ended.returncode, most_mb, limit)}")


def _reason(code: int, most_mb: int, limit: float) -> str:
    """What is wrong and what to do, by the exit status of the probe."""
    if code in _OUT_OF_TIME:
        return (
            f"could not be read within {limit:.0f} seconds: it is damaged, so that one part of it "
            "leads back to another without end, or it lies on a very slow disk. Download or save "
            "it again."
        )
    if code == hdf5_probe.FOREIGN:
        return "takes data from other files by links. Save it as one file that holds everything."
    if code == hdf5_probe.LARGE:
        return (
            f"cannot be unpacked within {most_mb:,} MB of memory: a part of it is damaged, or far "
            "larger than the file. Save it again with less in it, or raise BADGER_MAX_HDF5_MB."
        )
    if code == hdf5_probe.DEEP:
        return (
            f"holds groups within groups more than {hdf5_probe.MOST_DEEP} deep, or more than "
            f"{hdf5_probe.MOST_ENTRIES:,} of them. Save only the matrix and its annotation."
        )
    return f"is damaged: reading it ended with code {code}. Download or save it again."
