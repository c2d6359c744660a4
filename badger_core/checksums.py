"""Checksums of files, and the list of those of what was learnt and ships without any in itself.

`SHA256SUMS` in the folder `data` names weights, cards and what stands beside them (`sha256sum -c`
reads it). Needs only the standard library: the doctor must speak where packages are broken.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from badger_core.files import write_whole

LIST = "SHA256SUMS"
_ABOVE = 3
"""Folders above a file in which its list may lie."""


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, read in blocks.

    Raises:
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def listed(path: Path) -> str:
    """SHA-256 of a file in the next `SHA256SUMS` above it; '' where none names it."""
    found = _list_of(path)
    return "" if found is None else _sums(found).get(_name(path, found), "")


def absent(folder: Path) -> list[str]:
    """Names of files that the list says lie in this folder, and that do not."""
    found = _list_of(folder / "any")
    if found is None:
        return []
    start = _name(folder, found) + "/"
    names = [name.removeprefix(start) for name in _sums(found) if name.startswith(start)]
    return sorted(name for name in names if "/" not in name and not (folder / name).exists())


def renew(paths: Iterable[Path]) -> None:
    """Note the checksums of files that were written anew, where a list names them.

    Raises:
        WriteError: the list cannot be written.
    """
    for path in paths:
        found = _list_of(path)
        sums = {} if found is None else _sums(found)
        if found is not None and (name := _name(path, found)) in sums:
            sums[name] = sha256(path)
            write_whole(found, "".join(f"{sums[one]}  {one}\n" for one in sorted(sums)))


def _list_of(path: Path) -> Path | None:
    folders = path.parent, *path.parent.parents
    return next((f / LIST for f in folders[:_ABOVE] if (f / LIST).is_file()), None)


def _sums(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {pair[1].removeprefix("*"): pair[0] for pair in pairs if len(pair) == 2}


def _name(path: Path, found: Path) -> str:
    return path.relative_to(found.parent).as_posix()
