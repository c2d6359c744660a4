"""Opens the shipped tables of drug sensitivity, and says what to do where one is missing."""

import hashlib
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core import checked
from badger_core.checksums import sha256
from badger_core.errors import ResponseError
from badger_core.paths import response_dir

VERSION = 1
"""Raised whenever a column or array changes meaning."""
REMEDY = checked.restored(
    "data/response", "rebuild its tables with 'badger data build-response --raw FOLDER'"
)
_DOOR = checked.Door(ResponseError, REMEDY)


class ResponseFiles:
    """The folder of the tables; nothing is read before it is asked for, each against its checksum.

    Raises:
        ResponseError: by every method, if a file is missing, damaged or of another version.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = Path(root) if root is not None else response_dir()

    @cached_property
    def manifest(self) -> dict:
        """Sources with licences, checksums, counts, and what was left out and why."""
        path = self.root / "manifest.json"
        manifest = checked.document(path, _DOOR)
        version = manifest.get("version")
        if version != VERSION:
            raise ResponseError(
                f"The drug-sensitivity tables in '{self.root}' have version {version}, "
                f"this program reads version {VERSION}. {REMEDY}"
            )
        try:
            _ = [entry["sha256"] + "" for entry in manifest["outputs"].values()]
        except (KeyError, TypeError, AttributeError) as error:
            raise _DOOR.refuse(path, "is damaged: it names no checksums") from error
        return manifest

    @property
    def content_hash(self) -> str:
        """First 12 digits of a hash over all tables: it names the data a model was trained on."""
        parts = (f"{name}:{entry['sha256']}" for name, entry in self.manifest["outputs"].items())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    def table(self, name: str) -> pd.DataFrame:
        """A table by its name without ending."""
        path = self.root / f"{name}.parquet"
        return checked.table(path, _DOOR, self._checksum(path.name))

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Arrays by the name of their file without ending."""
        path = self.root / f"{name}.npz"
        return checked.arrays(path, _DOOR, self._checksum(path.name))

    def _checksum(self, name: str) -> str:
        """'' for a file that the manifest does not know."""
        entry = self.manifest["outputs"].get(name)
        return "" if entry is None else entry["sha256"]

    def verify(self) -> None:
        """Compare every file that the manifest names with its checksum."""
        for name, entry in self.manifest["outputs"].items():
            path = self.root / name
            if not path.exists() or sha256(path) != entry["sha256"]:
                raise ResponseError(f"'{path}' is missing or does not match its checksum. {REMEDY}")
