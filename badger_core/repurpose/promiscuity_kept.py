"""Promiscuity kept on disk under a hash of all it depends on, as every list of a line needs it."""

import hashlib
from pathlib import Path

import pandas as pd

from badger_core import __version__
from badger_core.data.bundle import Bundle
from badger_core.files import write_whole
from badger_core.repurpose.aggregate import MEAN
from badger_core.repurpose.connectivity import WTCS
from badger_core.repurpose.line_scores import Progress
from badger_core.repurpose.predictions import Predictions
from badger_core.repurpose.promiscuity import SHARE, all_signatures, promiscuity
from badger_core.repurpose.ready_scores import ReadyScores


def kept_promiscuity(
    bundle: Bundle,
    predictions: Predictions,
    method: str = WTCS,
    summary: str = MEAN,
    folder: Path | None = None,
    progress: Progress | None = None,
    ready: ReadyScores | None = None,
) -> pd.DataFrame:
    """`promiscuity` over all diseases of the bundle, read back where it was worked out before.

    From ready scores it takes less time than to look for it on disk.

    Args:
        bundle: whose diseases.
        predictions: the part that is scored (whole or specific).
        method: of `connectivity.METHODS`.
        summary: of `aggregate.SUMMARIES`.
        folder: where results are kept; nowhere if None.
        progress: of `promiscuity`; not called where the result is there.
        ready: of `ready_scores.ready_for`.
    """
    if ready is not None:
        signatures = all_signatures(bundle)
        scores = ready.of(signatures)
        if scores is not None:
            return promiscuity(predictions, signatures, method, summary, ready=scores)
    path = None if folder is None else folder / f"{_key(bundle, predictions, method, summary)}.csv"
    keys = predictions.compounds["ik14"].tolist()
    if path is not None and path.exists():
        try:
            kept = pd.read_csv(path, keep_default_na=False)
            if kept["ik14"].tolist() == keys and {"promiscuity", "reverses"} <= set(kept):
                return kept
        except (OSError, ValueError, KeyError):  # damaged: it is worked out again
            pass
    found = promiscuity(predictions, all_signatures(bundle), method, summary, SHARE, progress)
    if path is not None:
        write_whole(path, found.to_csv(index=False))
    return found


def _key(bundle: Bundle, predictions: Predictions, method: str, summary: str) -> str:
    """First 16 digits of a hash over predictions, diseases, measure and version."""
    parts = (__version__, bundle.content_hash, method, summary, SHARE, predictions.lines)
    digest = hashlib.sha256(repr(parts).encode())
    digest.update("".join(predictions.compounds["ik14"]).encode())
    digest.update(predictions.changes.tobytes())
    return f"promiscuity-{digest.hexdigest()[:16]}"
