"""Reversal scores that come with the app: the shipped lines against every disease of the catalogue.

They are what `line_scores` gives for the shipped predictions, to the last digit, and answer for a
whole library and its lines only. Where anything differs, the caller works the scores out.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from badger_core.data.bundle import Bundle
from badger_core.diseases.signature import DiseaseSignature
from badger_core.paths import predictions_dir
from badger_core.repurpose.connectivity import WTCS
from badger_core.repurpose.predictions import SHIPPED, Predictions
from badger_core.repurpose.shipped import MANIFEST

FORMAT = 1
FILE, SECTION = "reversal.npz", "reversal"
MEASURE = WTCS
_log = logging.getLogger(__name__)


class ReadyScores(NamedTuple):
    """Scores by MEASURE of a whole library.

    Attributes:
        keys: `signature_key` of the D diseases.
        lines: names of L lines.
        scores: (D, S, L) float64.
    """

    keys: tuple[str, ...]
    lines: tuple[str, ...]
    scores: np.ndarray

    def of(self, signatures: Sequence[DiseaseSignature]) -> np.ndarray | None:
        """(D', S, L) scores against these; None if one of them is not there, gene for gene."""
        place = {key: at for at, key in enumerate(self.keys)}
        wanted = [signature_key(signature) for signature in signatures]
        if any(key not in place for key in wanted):
            return None
        return self.scores[[place[key] for key in wanted]]


def signature_key(signature: DiseaseSignature) -> str:
    """First 16 digits of a hash over all of a signature that a score depends on."""
    digest = hashlib.sha256(repr((signature.up, signature.down, signature.listed)).encode())
    digest.update(np.ascontiguousarray(signature.values, np.float64).tobytes())
    return digest.hexdigest()[:16]


def compounds_key(ik14: Sequence[str]) -> str:
    """First 16 digits of a hash over compounds and their order."""
    return hashlib.sha256("\n".join(ik14).encode()).hexdigest()[:16]


def ready_for(
    bundle: Bundle,
    predictions: Predictions,
    method: str = MEASURE,
    specific: bool = False,
    folder: Path | None = None,
) -> ReadyScores | None:
    """The scores of predictions as `library_predictions` gave them; None where none may be used.

    Args:
        bundle: the data bundle.
        predictions: as they were read: origin, lines and compounds are looked at, not each change.
        method: that is asked for, of `connectivity.METHODS`.
        specific: whether the drug-specific part is asked for, of which no scores are kept.
        folder: of the shipped files, from which the predictions were read too.
    """
    if method != MEASURE or specific or any(each != SHIPPED for each in predictions.origin):
        return None
    keys = predictions.compounds["ik14"].tolist()
    return stored_scores(bundle, predictions.lines, keys, folder or predictions_dir())


def stored_scores(
    bundle: Bundle, lines: Sequence[str], ik14: Sequence[str], folder: Path
) -> ReadyScores | None:
    """The scores of compounds in some lines, if the file is of this bundle and these predictions.

    Args:
        bundle: the data bundle.
        lines: names of L shipped lines.
        ik14: S compounds, all of the shipped ones, in their order.
        folder: of the shipped files; that they fit the models is told by `shipped.read_shipped`.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if SECTION not in manifest or not set(lines) <= set(manifest[SECTION]["lines"]):
            return None
        if manifest[SECTION]["compounds"] != compounds_key(ik14):
            return None
        path = folder / FILE
        reason = _mismatch(manifest, path, bundle)
        if not reason:
            with np.load(path, allow_pickle=False) as file:
                keys = tuple(file["signatures"].astype(str).tolist())
                parts = [file[name] for name in lines]
            scores = np.stack(parts, axis=2).astype(np.float64)
            if scores.shape == (len(keys), len(ik14), len(lines)):
                return ReadyScores(keys, tuple(lines), scores)
            reason = "have another shape than their manifest says."
    except Exception:  # noqa: BLE001 - whatever is damaged: the scores are worked out
        reason = "are damaged."
    _log.warning(
        "The shipped reversal scores in '%s' %s They are worked out instead. To ship them again, "
        "run 'badger ship-predictions --only-scores'.",
        folder,
        reason,
    )
    return None


def _mismatch(manifest: dict, path: Path, bundle: Bundle) -> str:
    """What of the manifest differs from what is here; '' if nothing does."""
    told = manifest[SECTION]
    if told["format"] != FORMAT or told["measure"] != MEASURE:
        return f"have format {told['format']} ({told['measure']}), not {FORMAT} ({MEASURE})."
    if told["predictions"] != manifest["sha256"]:
        return "are of other predictions."
    if manifest["bundle"] != bundle.content_hash:
        return f"were made over another bundle ({manifest['bundle']}, not {bundle.content_hash})."
    if told["sha256"] != hashlib.sha256(path.read_bytes()).hexdigest():
        return "are damaged: the checksum differs."
    return ""
