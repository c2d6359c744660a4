"""Files that come with the app or were learnt: read whole and compared with their checksum.

Manifests hold the checksums of tables, `checksums` the list of what was learnt.
"""

import hashlib
import io
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.checksums import listed
from badger_core.errors import BadgerError

OWN = "checksum"
"""Key of a card's checksum of itself."""


def restored(folder: str, otherwise: str) -> str:
    """What to do about a file of a folder that ships.

    Args:
        folder: from the project's folder, such as data/bundle.
        otherwise: what else mends it, such as "run 'badger calibrate'".
    """
    return (
        f"Restore {folder} ('git checkout -- {folder}' in a checkout, else install again), or "
        f"{otherwise}. 'badger doctor' names every file that differs."
    )


class Door(NamedTuple):
    """How files of one kind are refused.

    Attributes:
        error: that is raised.
        remedy: a sentence or more that end the message: what to do.
    """

    error: type[BadgerError]
    remedy: str

    def refuse(self, path: Path, what: str) -> BadgerError:
        """The error to raise: `what` follows the name of the file."""
        return self.error(f"'{path}' {what}. {self.remedy}")


def content(path: Path, door: Door, expected: str = "") -> bytes:
    """All of a file, read once: what is compared is what is used.

    Args:
        path: of the file.
        door: how it is refused.
        expected: its SHA-256; '' where none is known.

    Raises:
        BadgerError: of the door, for a file that is missing, unreadable, a folder or another one.
    """
    try:
        found = path.read_bytes()
    except FileNotFoundError as error:
        raise door.refuse(path, "is missing") from error
    except OSError as error:
        what = "is a folder, no file" if path.is_dir() else "cannot be read"
        raise door.refuse(path, what) from error
    if not found:
        raise door.refuse(path, "is empty")
    if expected and hashlib.sha256(found).hexdigest() != expected:
        raise door.refuse(path, "does not match its checksum: it is damaged or was replaced")
    return found


def table(path: Path, door: Door, expected: str = "") -> pd.DataFrame:
    """A Parquet file. Raises as `content`, and for one that is none."""
    found = content(path, door, expected)
    try:
        return pd.read_parquet(io.BytesIO(found))
    except Exception as error:  # a damaged file raises almost any kind
        raise door.refuse(path, "is damaged or no Parquet table") from error


def arrays(path: Path, door: Door, expected: str = "") -> dict[str, np.ndarray]:
    """The arrays of an npz. Raises as `content`, and for one that is none."""
    found = content(path, door, expected)
    try:
        with np.load(io.BytesIO(found), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except Exception as error:  # numpy and zipfile raise almost any kind for what is damaged
        raise door.refuse(path, "is damaged or holds no arrays") from error


def document(path: Path, door: Door, expected: str = "") -> dict:
    """A JSON object. Raises as `content`, and for another text."""
    found = content(path, door, expected)
    try:
        read = json.loads(found.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise door.refuse(path, "is damaged or no JSON") from error
    if not isinstance(read, dict):
        raise door.refuse(path, "is damaged: it holds no JSON object")
    return read


def card(path: Path, door: Door) -> dict:
    """What `card_text` wrote, without its checksum; older cards are compared with the list.

    Raises as `document`, and for one that does not match its checksum.
    """
    found = document(path, door)
    own = found.pop(OWN, None)
    if own is None:
        content(path, door, listed(path))
    elif own != _own_sum(found):
        raise door.refuse(path, "does not match its checksum: it is damaged or was changed by hand")
    return found


def card_text(found: dict) -> str:
    """JSON of what was learnt, with a checksum of all else in it."""
    return json.dumps(found | {OWN: _own_sum(found)}, indent=1, sort_keys=True) + "\n"


def _own_sum(found: dict) -> str:
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
