"""Opens raw source files, remembers which were read, and says clearly when one is missing."""

import gzip
import json
from pathlib import Path
from typing import Any

import pandas as pd

from badger_core.checksums import sha256
from badger_core.data.sources import SOURCES, Source
from badger_core.errors import BundleError, RawDataError

_BY_PATH = {source.path: source for source in SOURCES}


class RawData:
    """The folder of raw files; `used` lists the shippable sources opened so far."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self.used: dict[str, Source] = {}
        if not self.root.is_dir():
            raise RawDataError(
                f"There is no folder '{root}'. The raw data is only needed to rebuild the bundle; "
                "give its folder with --raw. The app and predictions need only data/bundle."
            )

    def path(self, name: str) -> Path:
        """Path of a registered, shippable source.

        Raises:
            RawDataError: if it is not registered, not shippable, or not there.
        """
        source = _BY_PATH.get(name)
        if source is None or not source.ship:
            raise RawDataError(f"'{name}' is not a source that may enter the bundle.")
        path = self.root / name
        if not path.exists():
            raise RawDataError(f"The raw file '{name}' is missing from '{self.root}'.")
        self.used[name] = source
        return path

    def csv(self, name: str, **options: Any) -> pd.DataFrame:  # noqa: ANN401
        """A CSV or TSV (by its ending) as a table."""
        if ".tsv" in name:
            options.setdefault("sep", "\t")
        return pd.read_csv(self.path(name), **options)

    def json(self, name: str) -> list[dict]:
        """A gzipped JSON list."""
        with gzip.open(self.path(name), "rt", encoding="utf-8") as file:
            return json.load(file)

    def lines(self, name: str) -> list[str]:
        """Lines of a gzipped text file."""
        with gzip.open(self.path(name), "rt", encoding="utf-8") as file:
            return file.read().splitlines()


def verify(root: Path, manifest: dict) -> None:
    """Compare every bundle file with the manifest's checksum.

    Raises:
        BundleError: naming the first file that is missing or differs.
    """
    for name, entry in (manifest["outputs"] | manifest.get("references", {})).items():
        path = root / name
        if not path.exists() or sha256(path) != entry["sha256"]:
            raise BundleError(
                f"'{path}' is missing or does not match its checksum. Restore it from the "
                "repository, or rebuild the bundle with 'badger data build'."
            )
