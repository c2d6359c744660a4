"""Promiscuity kept on disk under a hash of all it depends on, as every list of a line needs it."""

import hashlib
import io
import logging
from pathlib import Path

import pandas as pd

from badger_core import __version__
from badger_core.data.bundle import Bundle
from badger_core.errors import WriteError
from badger_core.kept import keep, kept
from badger_core.repurpose.aggregate import MEAN
from badger_core.repurpose.connectivity import WTCS
from badger_core.repurpose.line_scores import Progress
from badger_core.repurpose.predictions import Predictions
from badger_core.repurpose.promiscuity import SHARE, all_signatures, promiscuity
from badger_core.repurpose.ready_scores import ReadyScores

_log = logging.getLogger(__name__)


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
    content = None if path is None else kept(path)
    if content is not None:
        try:
            table = pd.read_csv(io.BytesIO(content), keep_default_na=False)
            if table["ik14"].tolist() == keys and {"promiscuity", "reverses"} <= set(table):
                return table
        except (ValueError, KeyError):  # of another version: it is worked out again
            pass
    found = promiscuity(predictions, all_signatures(bundle), method, summary, SHARE, progress)
    if path is not None:
        try:
            keep(path, found.to_csv(index=False))
        except WriteError as error:  # the list that was asked for does not need it
            _log.warning("How often compounds reverse is not kept: %s", error)
    return found


def _key(bundle: Bundle, predictions: Predictions, method: str, summary: str) -> str:
    """First 16 digits of a hash over predictions, diseases, measure and version."""
    parts = (__version__, bundle.content_hash, method, summary, SHARE, predictions.lines)
    digest = hashlib.sha256(repr(parts).encode())
    digest.update("".join(predictions.compounds["ik14"]).encode())
    digest.update(predictions.changes.tobytes())
    return f"promiscuity-{digest.hexdigest()[:16]}"
