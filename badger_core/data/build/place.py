"""A folder of tables takes the place of an older one: a mixture of both is never read as either.

Tables are written to a folder inside the target and moved once all are there. The old manifest goes
first and the new one comes last, so that a kill between leaves a folder without one, which every
reader refuses by saying how to make it.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from badger_core.alone import alone
from badger_core.disk import told

MANIFEST = "manifest.json"
WORK = "build-under-way"


@contextmanager
def staged(out: Path, more: Mapping[str, Path] | None = None) -> Iterator[Path]:
    """A folder to write tables and their manifest to; at the end they move to `out`.

    Other files of `out` stay. What an earlier attempt left is removed, and so is what was written
    when this one fails: the old tables are as they were then.

    Args:
        out: folder of the tables.
        more: further files on the same disk that move with them, by the name that they get.

    Raises:
        BusyError: another process writes there.
        WriteError: it cannot be written.
    """
    work = out / WORK
    with alone(work):
        try:
            _empty(work)
            yield work
            _place(work, out, more or {})
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _place(work: Path, out: Path, more: Mapping[str, Path]) -> None:
    files = {path.name: path for path in sorted(work.iterdir())} | dict(more)
    with told(out / MANIFEST):
        (out / MANIFEST).unlink(missing_ok=True)
        for name, path in sorted(files.items(), key=lambda item: item[0] == MANIFEST):
            path.replace(out / name)


def _empty(folder: Path) -> None:
    with told(folder):
        for path in folder.iterdir():
            path.unlink()
