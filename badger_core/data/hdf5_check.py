"""Whether an HDF5 file from outside can be read at all: tried in another process, with a limit.

The HDF5 library trusts the pointers within a file. Where a damaged one leads in a circle it reads
on without end, and no thread of the same process can stop it.
"""

import subprocess
import sys
from pathlib import Path

from badger_core.data import hdf5_probe
from badger_core.errors import BadgerError

LIMIT_S = 20.0
"""For opening and structure; most files take a quarter of a second."""
_BYTES_PER_S, _MOST_S = 20e6, 300.0
"""A slow disk reads at least so much; no file is waited for longer."""


def check_hdf5(
    source: Path | bytes, name: str, error: type[BadgerError], limit_s: float = LIMIT_S
) -> None:
    """Return if a reader of this file comes to an end, be it with an error.

    Args:
        source: where the file is, or its bytes.
        name: of the file, for messages.
        error: of the caller.
        limit_s: to wait beside the time for the bytes.

    Raises:
        error: for a file on which the library hangs or crashes, or that takes data from others.
    """
    at, content = (None, source) if isinstance(source, bytes) else (str(source.resolve()), None)
    size = len(content) if at is None else source.stat().st_size
    limit = min(limit_s + size / _BYTES_PER_S, max(limit_s, _MOST_S))
    command = [sys.executable, "-I", str(Path(hdf5_probe.__file__).resolve())]
    try:
        ended = subprocess.run(
            [*command, *([at] if at else [])],
            input=content,
            stdin=subprocess.DEVNULL if at else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired as reason:
        raise error(
            f"'{name}' could not be read within {limit:.0f} seconds: it is damaged, so that one "
            "part of it leads back to another without end, or it lies on a very slow disk. "
            "Download or save it again."
        ) from reason
    if ended.returncode == hdf5_probe.FOREIGN:
        raise error(
            f"'{name}' takes data from other files by links. Save it as one file that holds "
            "everything."
        )
    if ended.returncode:
        raise error(
            f"'{name}' is damaged: reading it ended with code {ended.returncode}. Download or save "
            "it again."
        )
