"""How far each compound of a library is predicted to reverse a disease, over several lines.

Read the percentile first: it says how the compound stands among the whole library in the same
lines. A small p only says that the disease's genes matter, which the part of a prediction that all
compounds share can bring about alone (`nulls.permutation_test`); it is no evidence of effect.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.diseases.signature import DiseaseSignature
from badger_core.errors import SettingError
from badger_core.repurpose.aggregate import MEAN, over_lines
from badger_core.repurpose.connectivity import WTCS
from badger_core.repurpose.line_scores import Progress, line_scores, on_one_scale
from badger_core.repurpose.nulls import PERMUTATIONS, false_discovery_rate
from badger_core.repurpose.predictions import Predictions
from badger_core.repurpose.reversal_null import against, permuted

DEPTH = 50
"""Length of a list, whose strength is compared with that of lists for permuted diseases."""
WORST_LAST = ("inside", "edge", "outside")


class Reversal(NamedTuple):
    """S compounds against one disease.

    Attributes:
        table: one row per compound, in the order of the library, see `reversal_test`.
        lines: (S, L) score in each line, not put on one scale.
        depth: the list is this long.
        list_p: share of permuted diseases for which the `depth`-th best compound scores as low,
            (1 + n) / (1 + permutations); NaN without permutations.
    """

    table: pd.DataFrame
    lines: np.ndarray
    depth: int
    list_p: float


def reversal_test(
    predictions: Predictions,
    signature: DiseaseSignature,
    method: str = WTCS,
    summary: str = MEAN,
    n_permutations: int = PERMUTATIONS,
    seed: int = 0,
    progress: Progress | None = None,
    depth: int = DEPTH,
    ready: np.ndarray | None = None,
) -> Reversal:
    """A library against a disease: a row per compound, and what chance gives the list as a whole.

    The table has columns ik14, name, score (over the lines; below 0 is reversal), score_<line> for
    each, agreement, spread, n_lines (`aggregate.Aggregate`), percentile (share of the other
    compounds that reverse less, 0 to 100), p, fdr (over the library), confidence (mean over
    lines), badge, domain_structure and domain_line (the worst over lines).

    Args:
        predictions: S compounds in L lines.
        signature: of the disease, on the same genes.
        method: of `connectivity.METHODS`.
        summary: of `aggregate.SUMMARIES`.
        n_permutations: diseases with permuted genes; 0 for none, then p and fdr are NaN.
        seed: of the permutations.
        progress: called with the permutations done (over all lines), and of how many.
        depth: length of the list; the library's where that is smaller.
        ready: (S, L) `line_scores` of the same question, if at hand.

    Raises:
        SettingError: for an unknown measure or summary, or below 0 permutations.
    """
    if n_permutations < 0:
        raise SettingError(f"{n_permutations} permutations came. Give 0 or more.")
    lines = line_scores(predictions.changes, [signature], method)[0] if ready is None else ready
    found = over_lines(on_one_scale(lines, method), summary)
    depth = min(depth, len(lines))
    p, list_p = np.full(len(lines), np.nan), float("nan")
    if n_permutations:
        null = permuted(predictions.changes, signature, method, n_permutations, seed, progress)
        p, list_p = against(null, found.score, method, summary, depth)
    table = pd.DataFrame(
        {
            "ik14": predictions.compounds["ik14"].to_numpy(),
            "name": predictions.compounds["name"].to_numpy(),
            "score": found.score,
            **{f"score_{n}": lines[:, at] for at, n in enumerate(predictions.lines)},
            "agreement": found.agreement,
            "spread": found.spread,
            "n_lines": found.n_lines,
            "percentile": percentile(found.score, found.score),
            "p": p,
            "fdr": false_discovery_rate(p),
            "confidence": _mean(predictions.confidence),
            "badge": _joined(predictions.badge),
            "domain_structure": _worst(predictions.domain_structure),
            "domain_line": _worst(predictions.domain_line),
        }
    )
    return Reversal(table, lines, depth, list_p)


def percentile(scores: np.ndarray, library: np.ndarray) -> np.ndarray:
    """Share of a library, in percent, that scores higher: reverses less; ties count for neither.

    Args:
        scores: (...) of the library's own members or of others; NaN stays.
        library: (R,) scores; a member is compared with the R - 1 others.
    """
    known = np.sort(library[~np.isnan(library)])
    above = len(known) - np.searchsorted(known, scores, side="right")
    member = np.isin(scores, known)
    others = np.maximum(len(known) - member, 1)
    return np.where(np.isnan(scores), np.nan, 100.0 * above / others)


def _mean(values: np.ndarray) -> np.ndarray:
    """(S,) mean over the lines of (L, S); NaN where no line has a value."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0, dtype=float)
    return np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)


def _worst(words: np.ndarray) -> np.ndarray:
    """(S,) the word furthest from the domain over (L, S); '' where nothing is known."""
    place = np.full(words.shape, -1)
    for at, word in enumerate(WORST_LAST):
        place[words == word] = at
    return np.array([*WORST_LAST, ""], object)[place.max(axis=0)]


def _joined(words: np.ndarray) -> list[str]:
    """S times the words of (L, S), each once, in the order of the lines."""
    return [" | ".join(dict.fromkeys(each)) for each in words.T.tolist()]
