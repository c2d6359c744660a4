"""Opens the shipped tables of drug sensitivity, and says what to do where one is missing."""

import hashlib
import json
import zlib
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from badger_core.data.raw import sha256
from badger_core.errors import ResponseError
from badger_core.paths import response_dir

VERSION = 1
"""Raised whenever a column or array changes meaning."""
REMEDY = (
    "Restore data/response from the repository, or rebuild its tables with "
    "'badger data build-response --raw FOLDER'."
)


class ResponseFiles:
    """The folder of the tables; nothing is read before it is asked for.

    Raises:
        ResponseError: by every method, if a file is missing, damaged or of another version.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = Path(root) if root is not None else response_dir()

    @cached_property
    def manifest(self) -> dict:
        """Sources with licences, checksums, counts, and what was left out and why."""
        path = self.root / "manifest.json"
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
            version = manifest["version"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ResponseError(f"No readable manifest at '{path}'. {REMEDY}") from error
        if version != VERSION:
            raise ResponseError(
                f"The drug-sensitivity tables in '{self.root}' have version {version}, "
                f"this program reads version {VERSION}. {REMEDY}"
            )
        return manifest

    @property
    def content_hash(self) -> str:
        """First 12 digits of a hash over all tables: it names the data a model was trained on."""
        parts = (f"{name}:{entry['sha256']}" for name, entry in self.manifest["outputs"].items())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    def table(self, name: str) -> pd.DataFrame:
        """A table by its name without ending."""
        path = self.root / f"{name}.parquet"
        try:
            return pd.read_parquet(path)
        except (OSError, ValueError) as error:
            raise ResponseError(f"The table '{path}' cannot be read. {REMEDY}") from error

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Arrays by the name of their file without ending."""
        path = self.root / f"{name}.npz"
        try:
            with np.load(path, allow_pickle=False) as file:
                return {key: file[key] for key in file.files}
        except (OSError, ValueError, EOFError, BadZipFile, zlib.error) as error:
            raise ResponseError(f"The file '{path}' cannot be read. {REMEDY}") from error

    def verify(self) -> None:
        """Compare every file that the manifest names with its checksum."""
        for name, entry in self.manifest["outputs"].items():
            path = self.root / name
            if not path.exists() or sha256(path) != entry["sha256"]:
                raise ResponseError(f"'{path}' is missing or does not match its checksum. {REMEDY}")
