"""The shipped predictions to their reversal scores, as the file that the app reads at once."""

import hashlib
import json
from pathlib import Path

import numpy as np

from badger_core.data.build.write import write_json, write_npz
from badger_core.data.bundle import Bundle
from badger_core.diseases.signature import SIDE
from badger_core.errors import SettingError
from badger_core.repurpose.line_scores import Progress, line_scores
from badger_core.repurpose.promiscuity import all_signatures
from badger_core.repurpose.ready_scores import (
    FILE,
    FORMAT,
    MEASURE,
    SECTION,
    compounds_key,
    signature_key,
)
from badger_core.repurpose.shipped import MANIFEST, read_shipped


def ship_scores(
    folder: Path, bundle: Bundle, models: Path, progress: Progress | None = None
) -> dict:
    """Write `reversal.npz` from `hub.npz`, and what it is into the manifest.

    Scores are of the packed predictions as the app unpacks them; equal files give equal bytes.
    About ten seconds a line.

    Args:
        folder: of the shipped predictions.
        bundle: they were made over.
        models: folder of the models they were made by.
        progress: called with how many of diseases x lines are done.

    Returns:
        The manifest.

    Raises:
        SettingError: there are no predictions of these models over this bundle.
    """
    found = read_shipped(folder, bundle, models)
    if not found.lines:
        reason = found.refused or f"There are no shipped predictions in '{folder}'."
        raise SettingError(f"{reason} Scores are of shipped predictions.")
    signatures = all_signatures(bundle)
    arrays = {"signatures": np.array([signature_key(each) for each in signatures], "S16")}
    of = len(signatures) * len(found.lines)
    for at, name in enumerate(found.lines):
        before = at * len(signatures)
        changes = found.file.line(name).changes[None]
        scores = line_scores(changes, signatures, MEASURE, _after(progress, before, of))
        arrays[name] = scores[:, :, 0].astype(np.float32)
    write_npz(folder / FILE, arrays)
    content = (folder / FILE).read_bytes()
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest[SECTION] = {
        "format": FORMAT,
        "file": FILE,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "predictions": manifest["sha256"],
        "compounds": compounds_key(found.file.compounds().tolist()),
        "lines": list(found.lines),
        "measure": MEASURE,
        "diseases": len(signatures),
        "genes_a_side": SIDE,
    }
    write_json(folder / MANIFEST, manifest)
    return manifest


def _after(progress: Progress | None, before: int, of: int) -> Progress | None:
    """Progress of one line as progress of all."""
    return None if progress is None else lambda done, _: progress(before + done, of)
