"""What chance gives the scores of a library over several lines, and its list as a whole.

The statistic is worked out for a permuted disease as for the real one, lines taken together last.
What `nulls.permutation_test` says of one line holds here: this null is too narrow.
"""

import numpy as np

from badger_core.diseases.signature import DiseaseSignature
from badger_core.repurpose.aggregate import over_lines
from badger_core.repurpose.changes import Changes
from badger_core.repurpose.connectivity import query_of, score_query
from badger_core.repurpose.line_scores import Progress, on_one_scale

_ROUNDING = 1e-6


def permuted(
    changes: np.ndarray,
    signature: DiseaseSignature,
    method: str,
    count: int,
    seed: int,
    progress: Progress | None,
) -> np.ndarray:
    """(N, S, L) scores of permuted signatures; the same permutations serve all lines."""
    query, universe = query_of(signature), signature.universe
    out = np.empty((count, changes.shape[1], len(changes)), np.float32)
    for line, values in enumerate(changes):
        drugs = Changes(values) if universe.all() else Changes(values[:, universe])
        random = np.random.default_rng(seed)
        for at in range(count):
            order = random.permutation(len(query.values))
            out[at, :, line] = score_query(drugs, query.relabelled(order), method)
            if progress is not None:
                progress(line * count + at + 1, count * len(changes))
    return out


def against(
    null: np.ndarray, own: np.ndarray, method: str, summary: str, depth: int
) -> tuple[np.ndarray, float]:
    """(S,) one-sided p of each compound, and that of the `depth`-th best of the list."""
    lower = np.zeros(len(own))
    own_depth, as_deep = np.sort(own)[depth - 1], 0
    near = _ROUNDING * np.maximum(np.abs(own), 1.0)
    for scores in null:
        drawn = over_lines(on_one_scale(scores.astype(float), method), summary).score
        lower += drawn <= own + near
        as_deep += bool(np.sort(drawn)[depth - 1] <= own_depth + _ROUNDING)
    p = np.where(np.isnan(own), np.nan, (1 + lower) / (1 + len(null)))
    return p, (1 + as_deep) / (1 + len(null))
