"""A finished screen to the files that are shipped with the app, and how exact they are."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from badger_core.data.build.write import write_json
from badger_core.diseases.signature import catalogue_signature
from badger_core.errors import SettingError
from badger_core.repurpose.compact import RANK, STEP, Compact, common_basis, compacted, scatter
from badger_core.repurpose.fidelity import fidelity
from badger_core.repurpose.line_predictions import WORDS, LinePredictions, of_screen
from badger_core.repurpose.screen_chunk import one_thread, predict
from badger_core.repurpose.screen_file import read_screen
from badger_core.repurpose.screen_models import models_of
from badger_core.repurpose.screen_plan import Plan
from badger_core.repurpose.shipped import FILE, FORMAT, MANIFEST
from badger_core.repurpose.shipped_file import ShippedFile, write_shipped

MOST_RMS = 0.001
"""Error above which nothing is shipped; genes of one prediction differ by .2 (sd)."""


def ship(
    plan: Plan,
    screen: Path,
    folder: Path,
    check: Sequence[str] = (),
    tell: Callable[[str], object] = lambda text: None,
) -> dict:
    """Write `hub.npz` and `manifest.json`; equal screens give equal bytes.

    Args:
        plan: of the screen: the Hub in all lines that are shipped.
        screen: its finished Parquet file.
        folder: to write into.
        check: lines that are predicted again, without rounding, to measure what storing costs.
        tell: called with what is under way.

    Returns:
        The manifest.

    Raises:
        SettingError: the screen cannot be read, or storing costs more than MOST_RMS.
    """
    names = [line.name for line in plan.seen_lines]
    scatters, lines = [], {}
    for name in names:
        tell(f"reading {name}")
        scatters.append(scatter(of_screen(read_screen(screen, [name])).changes))
    basis = common_basis(scatters)
    for name in names:
        tell(f"packing {name}")
        rows = of_screen(read_screen(screen, [name]))
        nothing = np.zeros((len(rows.ik14), 0), np.float32)
        lines[name] = compacted(rows.changes, basis), rows._replace(changes=nothing)
    tell("writing")
    write_shipped(folder / FILE, basis, _words(lines), lines)
    file = ShippedFile(folder / FILE)
    content = file.path.read_bytes()
    manifest = {
        "format": FORMAT,
        "file": FILE,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "bundle": plan.predictor.bundle.content_hash,
        "model": {"weights": plan.predictor.model_hash, "files": plan.models},
        "library": plan.library.source,
        "compounds": len(plan.library.candidates),
        "lines": names,
        "rank": RANK,
        "step": STEP,
        "fidelity": {name: _measured(plan, file, name, tell) for name in check},
    }
    write_json(folder / MANIFEST, manifest)
    return manifest


def _words(lines: dict[str, tuple[Compact, LinePredictions]]) -> list[str]:
    """Every badge and domain that occurs, sorted."""
    parts = (getattr(rest, field) for _, rest in lines.values() for field in WORDS)
    return sorted({str(word) for part in parts for word in np.unique(part)})


def _measured(plan: Plan, file: ShippedFile, name: str, tell: Callable[[str], object]) -> dict:
    """What storing costs in one line, against predictions that were never rounded."""
    tell(f"predicting {name} without rounding")
    bundle = plan.predictor.bundle
    one = Plan(plan.predictor, plan.library, tuple(x for x in plan.lines if x.name == name))
    models = models_of(str(plan.predictor.folder.resolve()), plan.models)
    with one_thread():
        tasks = one.tasks(range(1, one.n_chunks + 1))
        exact = np.concatenate([predict(models, task)[0].score for task in tasks])
    tell(f"comparing {name}")
    names = bundle.diseases.names["name"]
    signatures = [catalogue_signature(bundle.diseases, disease, bundle.genes) for disease in names]
    found = fidelity(exact, file.line(name).changes, signatures)
    if found["rms_error"] > MOST_RMS:
        raise SettingError(
            f"Stored predictions in {name} are off by {found['rms_error']:.4f} (rms), and "
            f"{MOST_RMS} is allowed. Raise RANK or lower STEP in repurpose/compact.py."
        )
    return found
