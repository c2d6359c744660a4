"""The table of recovered targets: attention and occlusion beside the plain lists they must beat.

The model's graph holds no edge between drug and gene, so whatever it finds it learned from
sensitivity and expression. D drugs (one per structure), E genes.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from badger_core.errors import ResponseError
from badger_core.response.attention import attention_times_gradient, gene_shares
from badger_core.response.drgt_fitted import FittedDrgt
from badger_core.response.explain import against_null, freed_of_hubs
from badger_core.response.occlusion import gene_effects
from badger_core.response.recovery import Recovery, commonest, recovered, tanimoto_vote

ATTENTION, FREED, NULL = "attention", "attention, freed of hubs", "attention, above permuted"
GRADIENT, OCCLUSION = "attention x gradient", "occlusion"
VOTE, CONSTANT = "Tanimoto vote", "commonest targets"


def scores_of(
    fitted: FittedDrgt,
    null: Sequence[FittedDrgt],
    rows: Sequence[int] | None = None,
    occlude: bool = True,
) -> dict[str, np.ndarray]:
    """Every explanation as (D, E) scores of the model's known drugs.

    Args:
        fitted: the model.
        null: refits of permuted labels on the same drugs; without any, their row is left out.
        rows: places of the drugs whose gradients are worked out, one backward pass each, the others
            keeping zeros; None for all.
        occlude: whether genes are occluded, which takes one forward pass each.

    Raises:
        ResponseError: if the graph has edges of known targets, which would be found again.
    """
    if fitted.targets:
        raise ResponseError(
            "The graph of this model holds known targets, so its attention returns its own input. "
            "Fit one without (targets={})."
        )
    shares = gene_shares(fitted)
    found = {ATTENTION: shares, FREED: freed_of_hubs(shares)}
    if null:
        other = np.stack([aligned(fitted, one, gene_shares(one)) for one in null])
        found[NULL] = against_null(shares, other)
    rows = list(range(len(shares)) if rows is None else rows)
    found[GRADIENT] = np.zeros_like(shares)
    found[GRADIENT][rows] = freed_of_hubs(attention_times_gradient(fitted, rows))
    if occlude:
        found[OCCLUSION] = freed_of_hubs(gene_effects(fitted, range(shares.shape[1])))
    return found


def aligned(fitted: FittedDrgt, other: FittedDrgt, scores: np.ndarray) -> np.ndarray:
    """(D, E) scores of another model in this one's order of drugs."""
    place = {key: i for i, key in enumerate(other.drugs.keys)}
    return scores[[place[key] for key in fitted.drugs.keys]]


def recovery_table(
    fitted: FittedDrgt,
    scores: Mapping[str, np.ndarray],
    targets: Mapping[str, tuple[int, ...]],
    k: int = 5,
) -> pd.DataFrame:
    """One row per explanation and plain list: what k places hold of the known targets.

    Args:
        fitted: its known drugs are asked.
        scores: of `scores_of`.
        targets: structure key to columns of the panel.
        k: places.

    Returns:
        method and the fields of `Recovery`.
    """
    drugs, n_genes = fitted.drugs, len(fitted.symbols)
    known = [targets.get(key, ()) for key in drugs.keys]
    plain = {
        VOTE: tanimoto_vote(drugs.bits, drugs.groups, known, n_genes),
        CONSTANT: commonest(drugs.groups, known, n_genes),
    }
    rows = [(name, *recovered(s, known, k)) for name, s in {**scores, **plain}.items()]
    return pd.DataFrame(rows, columns=["method", *Recovery._fields])
