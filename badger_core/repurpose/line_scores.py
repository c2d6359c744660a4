"""Reversal scores of a library in each line, put on one scale so that lines can be taken together.

A predicted change has a large part that every compound causes in a line. It moves all scores of the
line one way, so a raw score says little by itself: where a compound stands within the library does.
"""

from collections.abc import Callable, Sequence

import numpy as np

from badger_core.diseases.signature import DiseaseSignature
from badger_core.repurpose.changes import Changes
from badger_core.repurpose.connectivity import WTCS, XSUM, connectivity

UNBOUNDED = (XSUM,)
"""Measures that keep the scale of the changes, which differs by line."""

Progress = Callable[[int, int], object]


def line_scores(
    changes: np.ndarray,
    signatures: Sequence[DiseaseSignature],
    method: str = WTCS,
    progress: Progress | None = None,
) -> np.ndarray:
    """(D, S, L) scores of S compounds in L lines against D signatures; below 0 is reversal.

    Genes are sorted once for each line and for all signatures that have the same genes. Scores are
    rounded to what 32 bits hold, so that those kept on disk (`ready_scores`) are the same numbers.

    Args:
        changes: (L, S, G) predicted changes.
        signatures: D of them, on the same G genes.
        method: of `connectivity.METHODS`.
        progress: called with how many of the D x L are done.

    Raises:
        SettingError: for an unknown measure, or another number of genes.
    """
    groups: dict[bytes, list[int]] = {}
    for at, signature in enumerate(signatures):
        groups.setdefault(signature.universe.tobytes(), []).append(at)
    out = np.full((len(signatures), changes.shape[1], len(changes)), np.nan)
    done = 0
    for line, values in enumerate(changes):
        for same in groups.values():
            universe = signatures[same[0]].universe
            drugs = Changes(values) if universe.all() else Changes(values[:, universe])
            for at in same:
                found = connectivity(drugs, cut(signatures[at], universe), method)
                out[at, :, line] = found.astype(np.float32)
                done += 1
                if progress is not None:
                    progress(done, out.shape[0] * out.shape[2])
    return out


def cut(signature: DiseaseSignature, genes: np.ndarray) -> DiseaseSignature:
    """A signature on some of its genes, by (G,) bool; all of its sets must be among them."""
    if genes.all():
        return signature
    place = np.cumsum(genes) - 1
    up, down = (
        tuple(int(at) for at in place[list(side)]) for side in (signature.up, signature.down)
    )
    return DiseaseSignature(
        signature.name,
        signature.values[genes],
        up,
        down,
        signature.source,
        signature.report,
        signature.listed,
    )


def on_one_scale(scores: np.ndarray, method: str, library: np.ndarray | None = None) -> np.ndarray:
    """(S, L) scores that may be averaged over lines.

    Scores with bounds stay as they are: they mean the same in every line. XSum's are divided by the
    mean size of the library's scores in their line. Connectivity Map divides by the mean of the
    scores of the same sign (`nulls.normalised`); where nearly all predictions of a line have one
    sign, that would blow up the few of the other, so both signs share one divisor here.

    Args:
        scores: (S, L).
        method: they were made by.
        library: (R, L) scores that set the scale; `scores` themselves if not given.
    """
    if method not in UNBOUNDED:
        return scores
    size = np.nanmean(np.abs(scores if library is None else library), axis=0)
    return np.divide(scores, size, out=np.full(scores.shape, np.nan), where=size > 0)
