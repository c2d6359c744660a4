"""Makes inputs in a child process, so that this one stays without threads and can be forked."""

import os
from pathlib import Path

from tests.faults.inputs import release, small_bundle


def inputs_in(folder: Path, raw: Path, signatures: int) -> Path:
    """A folder with `bundle`, `release` and `raw`.

    Raises:
        RuntimeError: they cannot be made; standard error says why.
    """
    folder.mkdir(parents=True)
    (folder / "raw").symlink_to(raw)
    pid = os.fork()
    if not pid:
        code = 1
        try:
            small_bundle(folder / "bundle")
            (folder / "release").mkdir()
            release(folder / "release", signatures)
            code = 0
        finally:
            os._exit(code)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
        raise RuntimeError("The inputs cannot be made.")
    return folder
