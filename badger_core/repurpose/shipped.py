"""The predictions that come with the app: whether they are of these models, and their lines."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from badger_core.cells.catalogue import CellLine
from badger_core.data.bundle import Bundle
from badger_core.repurpose.library_file import ScreenLibrary
from badger_core.repurpose.line_predictions import LinePredictions
from badger_core.repurpose.model_files import models_hash
from badger_core.repurpose.shipped_file import ShippedFile

FORMAT = 1
FILE, MANIFEST = "hub.npz", "manifest.json"
_AGAIN = "Lines are screened instead. To ship them again, run 'badger ship-predictions'."


class Shipped(NamedTuple):
    """What may be used of a folder of shipped predictions."""

    lines: tuple[str, ...]  # () where nothing may be used
    refused: str  # why what is there may not be used; '' where it may, or nothing is there
    file: ShippedFile
    bundle: Bundle

    def rows(self, library: ScreenLibrary) -> np.ndarray | None:
        """Where the compounds of a library stand in the file; None if one has another structure."""
        if not self.lines:
            return None
        hub = self.bundle.library.hub
        smiles = dict(zip(hub["ik14"], hub["smiles"], strict=True))
        place = {key: row for row, key in enumerate(self.file.compounds())}
        rows = []
        for candidate in library.candidates:
            if smiles.get(candidate.ik14) != candidate.smiles or candidate.ik14 not in place:
                return None
            rows.append(place[candidate.ik14])
        return np.array(rows, int)

    def holds(self, line: CellLine) -> bool:
        """Whether the line is there, with the expression that the catalogue has."""
        if line.name not in self.lines or line.basal is None or line.reference is not None:
            return False
        known = self.bundle.cells.line(line.name)
        return line.platform == known.platform and np.array_equal(
            line.basal, known.basal, equal_nan=True
        )

    def read(self, line: CellLine, rows: np.ndarray) -> LinePredictions:
        """Some compounds in one line.

        Raises:
            SettingError: the file is damaged.
        """
        return self.file.line(line.name).take(rows)


def read_shipped(folder: Path, bundle: Bundle, models: Path) -> Shipped:
    """Look whether a folder holds predictions of these models over this bundle.

    Every byte of the models (weights, cards, trust) and of the file is compared with what the
    manifest names, as the bundle's content hash is. The version of the program is not: a test
    compares the file with the predictor.

    Args:
        folder: of the shipped predictions.
        bundle: that is in use.
        models: folder of the models in use.
    """
    path = folder / FILE
    if not (folder / MANIFEST).exists():
        return Shipped((), "", ShippedFile(path), bundle)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        reason = _mismatch(manifest, path, bundle, models)
        lines = tuple(manifest["lines"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        reason, lines = "are damaged.", ()
    refused = f"The shipped predictions in '{folder}' {reason} {_AGAIN}" if reason else ""
    return Shipped(() if reason else lines, refused, ShippedFile(path), bundle)


def _mismatch(manifest: dict, path: Path, bundle: Bundle, models: Path) -> str:
    """What of the manifest differs from what is here; '' if nothing does."""
    if manifest["format"] != FORMAT:
        return f"have format {manifest['format']}, this program reads {FORMAT}."
    found, here = manifest["bundle"], bundle.content_hash
    if found != here:
        return f"were made over another bundle ({found}, not {here})."
    found, here = manifest["model"]["files"], models_hash(models)
    if found != here:
        return f"were made by other models ({found}, not {here})."
    if manifest["sha256"] != hashlib.sha256(path.read_bytes()).hexdigest():
        return "are damaged: the checksum differs."
    return ""
